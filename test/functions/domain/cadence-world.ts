import { type Bill, isPayable, statusOf } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import { claimed, type Decision, goOn, type NonSend, putOff } from "../../../functions/domain/decision.ts";
import { capWait, spendWait } from "../../../functions/domain/held-reminder.ts";
import { type Moment, minuteMs } from "../../../functions/domain/local-time.ts";
import type { Notification, NotificationFacts } from "../../../functions/domain/notification.ts";
import { type Cursor, cursorAt, parseDue } from "../../../functions/domain/progress.ts";
import { planned } from "../../../functions/domain/registration.ts";
import { decideReminder, decline, passOn } from "../../../functions/domain/reminder.ts";
import { type Fate, type Full, fullOf, type Send } from "./cadence-fates.ts";

/** Something that happens to the bill from outside. */
export type Change = { readonly at: Moment; readonly apply: (world: CadenceWorld) => void };

/** Something that happens some minutes after the nth send. */
export type Reaction = Pick<Change, "apply"> & { readonly send: number; readonly afterMinutes: number };

/** A time in which nothing is swept. */
export type Outage = { readonly from: Moment; readonly to: Moment };

type Settings = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly now: Moment;
  readonly fates: readonly Fate[];
  readonly outages: readonly Outage[];
  readonly reactions: readonly Reaction[];
};

const mostRefusals = 6;
/** How often the caps of one life are reached: for ever would be a life without an end. */
const mostHolds = 6;

/** One bill and all that is done with it, as the sweep and `send-notification` do it, in virtual time. */
export class CadenceWorld {
  bill: Bill;
  biller: Biller;
  /** The settings at the last move of the cursor. */
  seen: Biller;
  now: Moment;
  events = 0;
  readonly sends: Send[] = [];
  readonly nonSends: NonSend[] = [];
  readonly holds: { readonly at: Moment; readonly until: Moment }[] = [];
  readonly notifications = new Map<string, Notification>();
  readonly #reports: Change[] = [];
  readonly #fates: readonly Fate[];
  readonly #outages: readonly Outage[];
  readonly #reactions: readonly Reaction[];

  constructor({ bill, biller, now, fates, outages, reactions }: Settings) {
    this.bill = bill;
    this.biller = biller;
    this.seen = biller;
    this.now = now;
    this.#fates = fates;
    this.#outages = outages;
    this.#reactions = reactions;
  }

  /** Lives through all changes and whatever is due, until nothing is left or `most` things have happened. */
  run(changes: readonly Change[], most: number): void {
    const ahead = changes.toSorted((a, b) => a.at - b.at);
    while (this.events < most) {
      const due = this.#sweptAt();
      const report = this.#reports.toSorted((a, b) => a.at - b.at)[0];
      const change = ahead[0];
      const next = [change, report].filter((it) => it !== undefined).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined && next === undefined) return;
      this.events++;
      if (due !== undefined && (next === undefined || due < next.at)) this.#attend(due);
      else if (next) {
        if (next === change) ahead.shift();
        else this.#reports.splice(this.#reports.indexOf(next), 1);
        this.now = Math.max(this.now, next.at);
        next.apply(this);
      }
    }
  }

  /** Changes the bill and plans its reminders again, as every use case that changes a bill does. */
  change(bill: Bill): void {
    this.seen = this.biller;
    this.bill = { ...bill, version: this.bill.version + 1, progress: planned(bill, this.biller, this.now) };
  }

  /** Changes what is counted; the reminders are planned again where the bill became payable or ceased to be. */
  count(bill: Bill): void {
    const wasPayable = isPayable(statusOf(this.bill, this.now));
    if (isPayable(statusOf(bill, this.now)) === wasPayable) this.bill = { ...bill, version: this.bill.version + 1 };
    else this.change(bill);
  }

  /** When the sweep finds the bill: in the minute after it is due, or once an outage is over. */
  #sweptAt(): Moment | undefined {
    const { cursor } = this.bill.progress;
    if (!cursor) return undefined;
    const minute = Date.parse(`${parseDue(cursor.due).minute}:00Z`);
    const late = (this.events * 7_919) % 50_000;
    const at = Math.max(minute + minuteMs + late, this.now);
    return this.#outages.reduce((moment, { from, to }) => (from <= moment && moment < to ? to + late : moment), at);
  }

  #attend(at: Moment): void {
    this.now = at;
    const { cursor, claim } = this.bill.progress;
    if (!cursor) return;
    if (claim && !this.notifications.has(`${claim.step}#${claim.hop}`)) this.#record(claim, { unknownAt: this.now });
    const decision = decideReminder(this.#situation(cursor));
    if (decision.do === "send") this.#send(cursor, decision);
    else this.#follow(decision);
  }

  #situation(cursor: Cursor) {
    const { bill, biller, now } = this;
    return { bill, biller, cursor, notifications: [...this.notifications.values()], now };
  }

  #follow(decision: Exclude<Decision, { do: "send" }>): void {
    const place = { biller: this.bill.biller, now: this.now };
    const { progress } = this.bill;
    if (decision.do === "wait") {
      this.#save(putOff(progress, decision.stop, place));
      return;
    }
    for (const nonSend of decision.nonSends) {
      this.nonSends.push(nonSend);
      this.#record(nonSend, { notSentAt: this.now, reason: nonSend.reason });
    }
    this.#save(goOn(progress, decision.onward, place));
  }

  #send(cursor: Cursor, decision: Extract<Decision, { do: "send" }>): void {
    const fate = this.#fates[this.events % this.#fates.length] ?? { answer: "accepted" };
    const place = { biller: this.bill.biller, now: this.now };
    const before = this.bill;
    const { stop } = decision;
    if (fate.answer === "suppressed") {
      this.#follow(decline(this.#situation(cursor), "suppressed") as Exclude<Decision, { do: "send" }>);
      return;
    }
    const full = fullOf(fate);
    if (full && this.holds.length < mostHolds) {
      this.#hold(cursor, full);
      return;
    }
    if (fate.answer === "given-up") {
      this.#record(stop, {
        failedAt: this.now,
        failure: { kind: "technical-failure", reason: "could-not-be-prepared" },
      });
      this.#save(goOn(before.progress, passOn(this.#situation(cursor)), place));
      return;
    }
    const claim = { step: stop.step, hop: stop.hop, channel: stop.channel, at: this.now, nonce: `n-${this.events}` };
    this.#save(claimed(before.progress, claim, { ...place, onward: decision.onward }));
    const notifications = [...this.notifications.values()];
    this.sends.push({
      step: stop.step,
      hop: stop.hop,
      at: this.now,
      answer: fate.answer,
      bill: before,
      biller: this.biller,
      notifications,
    });
    this.now += 2_000;
    this.#answered(cursor, decision, fate);
    if (fate.report) this.#expect(stop, fate.report);
    for (const { send, afterMinutes, apply } of this.#reactions) {
      if (send === this.sends.length) this.#reports.push({ at: this.now + afterMinutes * minuteMs, apply });
    }
  }

  #hold(cursor: Cursor, full: Full): void {
    const decision = full === "spent" ? spendWait(this.#situation(cursor)) : capWait(this.#situation(cursor), full);
    this.holds.push({ at: this.now, until: decision.do === "wait" ? decision.stop.at : this.now });
    this.#follow(decision);
  }

  #answered(cursor: Cursor, { stop, atOnce }: Extract<Decision, { do: "send" }>, { answer }: Fate): void {
    const { now, bill } = this;
    const refused = (cursor.refused ?? 0) + 1;
    if (answer === "refused-for-now" && refused <= mostRefusals) {
      const again = cursorAt({ ...stop, at: now + 2 ** (refused - 1) * minuteMs }, bill.biller, now);
      const before = this.sends.at(-1)?.bill.progress ?? bill.progress;
      this.#save({ ...before, cursor: { ...again, refused } });
    } else if (answer === "refused" || answer === "refused-for-now") {
      const kind = answer === "refused" ? "permanent-failure" : "temporary-failure";
      this.#record(stop, { failedAt: now, failure: { kind, reason: answer } });
      if (atOnce.next?.step === stop.step) this.#save(goOn(bill.progress, atOnce, { biller: bill.biller, now }));
    } else if (answer !== "crash") {
      this.#record(stop, answer === "unknown" ? { unknownAt: now } : { acceptedAt: now });
    }
  }

  #expect(stop: { readonly step: string; readonly hop: number }, report: NonNullable<Fate["report"]>): void {
    const at = this.now + report.afterMinutes * minuteMs;
    const facts: NotificationFacts =
      report.is === "delivered"
        ? { deliveredAt: at }
        : report.is === "read"
          ? { readAt: at }
          : { failedAt: at, failure: { kind: report.is, reason: "told" } };
    const isFailure = facts.failedAt !== undefined;
    this.#reports.push({
      at,
      apply: () => {
        this.#record(stop, facts);
        if (isFailure) this.#pull(stop);
      },
    });
  }

  /** As `record-delivery` brings the next hop forward. */
  #pull({ step, hop }: { readonly step: string; readonly hop: number }): void {
    const { cursor, claim } = this.bill.progress;
    const isNext = cursor && claim?.step === step && claim.hop === hop && cursor.step === step && cursor.hop > hop;
    if (!isNext || cursor.at <= this.now) return;
    this.#save({ ...this.bill.progress, cursor: cursorAt({ ...cursor, at: this.now }, this.bill.biller, this.now) });
  }

  /** Facts that are known already stay. */
  #record({ step, hop }: { readonly step: string; readonly hop: number }, facts: NotificationFacts): void {
    const key = `${step}#${hop}`;
    this.notifications.set(key, { ...facts, ...this.notifications.get(key), code: this.bill.code, step, hop });
  }

  #save(progress: Bill["progress"]): void {
    this.seen = this.biller;
    this.bill = { ...this.bill, progress, version: this.bill.version + 1 };
  }
}
