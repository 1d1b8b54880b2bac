import type { Channel } from "../../functions/domain/ids.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";

/** What a carrier may answer in the model-based test; `silence`: it accepted the message and its answer was lost. */
export type Answer = "accepted" | "refused" | "refused-for-now" | "silence";

/** A call that the carriers of the test received. */
export type ModelCall = {
  readonly name: string;
  readonly step: string;
  readonly hop: number;
  readonly channel: Channel;
  readonly at: Moment;
  readonly answer: Answer;
  readonly text: string;
};

type Facts = {
  read?: boolean;
  delivered?: boolean;
  failed?: "permanent" | "other";
  accepted?: boolean;
  unknown?: boolean;
  /** The newest call that may have been accepted. */
  calledAt?: Moment;
  refusals: number;
};

const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Half past five hours: the zone of the test has no other. */
const zoneMs = 5.5 * hourMs;

/** The cadence of the test's biller, in days from issue or due date, and the hops of every step. */
export const modelCadence = [
  { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
  { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00" },
  { step: "overdue", relativeTo: "dueDate", days: 3, at: "11:00" },
] as const;
export const modelHops = [
  { channel: "whatsapp", wait: "PT30M", success: "delivered" },
  { channel: "sms", wait: "PT4H", success: "delivered" },
  { channel: "email" },
] as const;
const waitsMs = [30 * minuteMs, 4 * hourMs, 0];
const opens = 9 * hourMs;
const closes = 20 * hourMs;

const local = (date: string, time: string): Moment => Date.parse(`${date}T${time}:00Z`) - zoneMs;

/** A bill and its notifications, as few lines as say what must be true of them. */
export class BillModel {
  readonly issuedOn = "2026-11-15";
  dueDate = "2026-11-30";
  amount = 124_900;
  isCanceled = false;
  pausedUntil = 0;
  /** A bill that was paid is not reminded of when the money goes back, until somebody plans it again. */
  isAtRest = false;
  readonly payments = new Map<string, { amount: number; refunded: number }>();
  readonly notifications = new Map<string, Facts>();

  get paid(): number {
    return [...this.payments.values()].reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);
  }

  get status(): string {
    if (this.isCanceled) return "canceled";
    if (this.paid > this.amount) return "overpaid";
    if (this.paid === this.amount) return "paid";
    return this.paid > 0 ? "part-paid" : "open";
  }

  get isPayable(): boolean {
    return this.status === "open" || this.status === "part-paid";
  }

  /** The steps are planned anew: by an amendment, a pause, its end. */
  plan(): void {
    this.isAtRest = !this.isPayable;
  }

  /** The days of the steps may be moved while the model runs: a step is never sent before its own. */
  momentOf(step: string): Moment {
    const known = modelCadence.find((it) => it.step === step);
    return known ? local(this[known.relativeTo], known.at) + known.days * dayMs : Number.NaN;
  }

  factsOf(name: string): Facts {
    const facts = this.notifications.get(name) ?? { refusals: 0 };
    this.notifications.set(name, facts);
    return facts;
  }

  /** The status of a notification; undefined where nothing was ever given to a carrier. */
  statusOf(name: string): string | undefined {
    const facts = this.notifications.get(name);
    if (facts?.read) return "read";
    if (facts?.failed === "permanent") return "permanent-failure";
    if (facts?.delivered) return "delivered";
    if (facts?.failed) return "failure";
    if (facts?.accepted) return "accepted";
    return facts?.unknown ? "unknown" : undefined;
  }

  /** Why this call should not have been made; undefined when it may. The model then knows of it. */
  take(call: ModelCall): string | undefined {
    const facts = this.factsOf(call.name);
    const objection = this.#objectionTo(call, facts);
    if (call.answer === "refused-for-now") facts.refusals += 1;
    else facts.calledAt = call.at;
    if (call.answer === "accepted") facts.accepted = true;
    if (call.answer === "silence") facts.unknown = true;
    if (call.answer === "refused") facts.failed = "permanent";
    if (facts.refusals > 6) facts.failed = "other";
    return objection;
  }

  #objectionTo(call: ModelCall, facts: Facts): string | undefined {
    if (facts.calledAt !== undefined) return "it was called before";
    if (call.step.startsWith("receipt")) return this.payments.size > 0 ? undefined : "nobody paid";
    if (!this.isPayable) return `the bill is ${this.status}`;
    if (call.at < this.pausedUntil) return "the bill is paused";
    const timeOfDay = (call.at + zoneMs) % dayMs;
    if (timeOfDay < opens || timeOfDay >= closes) return "the window is closed";
    if (call.at < this.momentOf(call.step) && call.hop === 0) return "its moment has not come";
    const owed = ((this.amount - this.paid) / 100).toLocaleString("en-IN", { minimumFractionDigits: 2 });
    if (!call.text.includes(owed)) return `it does not say ${owed}`;
    return this.#objectionToHop(call);
  }

  /** Of the hops before this one of the step, none may be on its way or have got through. */
  #objectionToHop({ step, hop, at }: ModelCall): string | undefined {
    for (let before = 0; before < hop; before++) {
      const name = `${step}#${before}`;
      const status = this.statusOf(name);
      const waited = (this.notifications.get(name)?.calledAt ?? 0) + (waitsMs[before] ?? 0);
      if (status === "delivered" || status === "read") return `${name} was ${status}`;
      if (status === "accepted" && at < waited) return `${name} had time until ${new Date(waited).toISOString()}`;
    }
    return undefined;
  }
}
