import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPayable, statusOf } from "../../../functions/domain/bill.ts";
import { type Hop, hopWaitMs } from "../../../functions/domain/biller.ts";
import { pendingSteps, planSteps, remindStep } from "../../../functions/domain/cadence.ts";
import { complianceRules } from "../../../functions/domain/compliance-rules.ts";
import { sendTermsOf } from "../../../functions/domain/compliance-terms.ts";
import { successOf } from "../../../functions/domain/decision.ts";
import { addDays, type LocalTime, momentOf, weekdayOf } from "../../../functions/domain/local-time.ts";
import { hasSucceeded, notificationStatus } from "../../../functions/domain/notification.ts";
import { parseSpared } from "../../../functions/domain/progress.ts";
import type { SendWindow } from "../../../functions/domain/send-window.ts";
import type { Send } from "./cadence-fates.ts";
import { type Scenario, scenario } from "./cadence-scenarios.ts";
import { CadenceWorld } from "./cadence-world.ts";
import { type Clocks, clocksOf, shownAt } from "./clock-changes.ts";

const isFull = process.env["FULL_TIME"] === "1";
const numRuns = isFull ? 10_000 : 100;
const most = 1_500;

function lived({ changes, ...settings }: Scenario): CadenceWorld {
  const world = new CadenceWorld(settings);
  world.run(changes, most);
  return world;
}

/** A property of every life a bill can have. */
function always(check: (world: CadenceWorld) => void): void {
  fc.assert(
    fc.property(scenario, (it) => check(lived(it))),
    { numRuns },
  );
}

const clocks = new Map<string, Clocks>();
function clocksIn(zone: string): Clocks {
  const known = clocks.get(zone) ?? clocksOf(zone);
  clocks.set(zone, known);
  return known;
}

/** Whether a hop of the step was told or claimed before: what is planned since does not take that back. */
const isBegun = ({ bill, step, hop, notifications }: Send): boolean =>
  bill.progress.claim?.step === step || notifications.some((known) => known.step === step && known.hop < hop);

/** The hops of the step that was sent. */
const hopsOf = ({ bill, biller, step }: Send): readonly Hop[] =>
  planSteps(bill, biller).find((planned) => planned.step.step === step)?.hops ?? biller.hops;

/** Every window that must be open: the biller's, its rules' for the category, and the law's. */
const windowsFor = ({ bill, biller }: Send): readonly SendWindow[] =>
  [
    biller.window,
    ...[...(biller.rules ?? []), ...complianceRules.filter(({ country }) => country === biller.country)]
      .filter(({ categories }) => categories.includes(bill.category ?? ""))
      .map(({ window }) => window),
  ].filter((window) => window !== undefined);

const mayHaveBeenAccepted = ({ answer }: Send): boolean => ["accepted", "unknown", "crash"].includes(answer);

describe("a bill's reminders, through amendments, pauses, payments, changed settings, faults and outages", () => {
  it("come to an end", () => {
    always((world) => {
      expect(world.events).toBeLessThan(most);
      expect(world.bill.progress.cursor).toBeUndefined();
    });
  });

  it("end every step exactly once, with a record of how", () => {
    always(({ bill, seen, now, notifications }) => {
      const { done, spared = [] } = bill.progress;
      expect(new Set(done).size).toBe(done.length);
      const recorded = new Set([
        ...[...notifications.values()].map(({ step }) => step),
        ...spared.map((text) => parseSpared(text).step),
      ]);
      for (const step of done) expect(recorded).toContain(step);
      const left = isPayable(statusOf(bill, now)) ? seen.cadence.filter(({ step }) => !done.includes(step)) : [];
      expect(left).toEqual([]);
    });
  });

  it("leave no claim without its notification", () => {
    always(({ sends, notifications }) => {
      for (const { step, hop } of sends.filter(mayHaveBeenAccepted))
        expect(notifications.has(`${step}#${hop}`)).toBe(true);
    });
  });

  it("are only sent for a bill that is payable and not paused, in its window", () => {
    always(({ sends }) => {
      for (const send of sends) {
        const { at, bill, biller } = send;
        expect([isPayable(statusOf(bill, at)), (bill.pausedUntil ?? 0) <= at]).toEqual([true, true]);
        // Settings that clash with the law keep to the law: its windows are last.
        const clashes = sendTermsOf(biller, bill.category).clash !== undefined;
        const windows = clashes ? windowsFor(send).slice(-1) : windowsFor(send);
        const { date, time } = shownAt(at, clocksIn(bill.customer.timeZone).offsetAt(at));
        for (const { start, end, days, holidays } of windows) {
          const seen = [date, time, bill.customer.timeZone, bill.category, biller.window, biller.rules];
          const isDay = (days?.includes(weekdayOf(date)) ?? true) && !holidays?.includes(date);
          expect([...seen, isDay, start <= time, time < end]).toEqual([...seen, true, true, true]);
        }
      }
    });
  });

  it("are only sent by a channel that was consented to, where that is asked for", () => {
    always(({ sends }) => {
      for (const send of sends) {
        const { bill, biller, hop } = send;
        const channel = hopsOf(send)[hop]?.channel;
        const isFree = sendTermsOf(biller, bill.category).consent === undefined;
        expect(isFree || (channel !== undefined && bill.customer.consents?.includes(channel))).toBe(true);
      }
    });
  });

  it("are put off by a cap to later, and never lost by it", () => {
    always(({ holds, nonSends }) => {
      for (const { at, until } of holds) expect(until).toBeGreaterThanOrEqual(at);
      const held = nonSends.filter(({ reason }) => reason === "frequency-cap" || reason === "spend-cap");
      expect(held.length).toBeLessThanOrEqual(holds.length);
    });
  });

  it("are never sent before their moment, nor before the bill is issued", () => {
    always(({ sends }) => {
      for (const send of sends.filter((it) => !isBegun(it))) {
        const { step, at, bill, biller } = send;
        const planned = biller.cadence.find((it) => it.step === step);
        const zone = bill.customer.timeZone;
        const isByHand = bill.remind !== undefined && remindStep(bill.remind) === step;
        if (!planned && !isByHand) throw new Error(`${step} was sent and is no step`);
        const own = planned && momentOf(addDays(bill[planned.relativeTo], planned.days), planned.at, zone);
        expect(at).toBeGreaterThanOrEqual(own ?? bill.remind?.at ?? Number.POSITIVE_INFINITY);
        expect(at).toBeGreaterThanOrEqual(momentOf(bill.issuedOn, "00:00" as LocalTime, zone));
      }
    });
  });

  it("are sent at most once for each step and hop, and never again after a refusal for good", () => {
    always(({ sends }) => {
      const calls = new Map<string, Send["answer"][]>();
      for (const { step, hop, answer } of sends)
        calls.set(`${step}#${hop}`, [...(calls.get(`${step}#${hop}`) ?? []), answer]);
      for (const answers of calls.values()) {
        expect(answers.slice(0, -1).every((answer) => answer === "refused-for-now")).toBe(true);
      }
    });
  });

  it("are sent in the order of their moments, none whose successor is due", () => {
    always(({ sends }) => {
      for (const send of sends) {
        const pending = pendingSteps(planSteps(send.bill, send.biller), send.bill.progress.done);
        const index = pending.findIndex(({ step }) => step.step === send.step);
        expect(pending.slice(index + 1).filter(({ moment }) => moment <= send.at)).toEqual([]);
        if (!isBegun(send)) expect(index).toBe(0);
      }
    });
  });

  it("fall back only when the hop before failed, is unknown, or waited in vain as long as it says", () => {
    always(({ sends }) => {
      for (const send of sends) {
        const hops = hopsOf(send);
        const earlier = sends.filter((it) => it.step === send.step && it.at < send.at && mayHaveBeenAccepted(it));
        for (const { hop } of earlier) {
          expect(hop).toBeLessThan(send.hop);
          const known = send.notifications.find((it) => it.step === send.step && it.hop === hop) ?? {};
          expect(hasSucceeded(known, successOf(hops[hop]))).toBe(false);
        }
        const last = earlier.at(-1);
        const hop = last && hops[last.hop];
        const known = last && send.notifications.find((it) => it.step === last.step && it.hop === last.hop);
        const isUnconfirmed = known && ["accepted", "delivered"].includes(notificationStatus(known));
        if (last && hop && isUnconfirmed) expect(send.at).toBeGreaterThanOrEqual(last.at + hopWaitMs(hop));
      }
    });
  });
});

describe("the simulation itself", () => {
  it("sees sends, non-sends, fallbacks, superseded steps and spared hops: none of the above holds for want of them", () => {
    const seen = { sends: 0, fallbacks: 0, spared: 0, byHand: 0, holds: 0 };
    const reasons = new Set<string>();
    for (const it of fc.sample(scenario, { numRuns: 500, seed: 1 })) {
      const world = lived(it);
      seen.sends += world.sends.length;
      seen.fallbacks += world.sends.filter(isBegun).length;
      seen.byHand += world.sends.filter(({ step }) => step.startsWith("remind.")).length;
      seen.holds += world.holds.length;
      seen.spared += world.bill.progress.spared?.length ?? 0;
      for (const { reason } of world.nonSends) reasons.add(reason);
    }
    expect(seen.sends).toBeGreaterThan(300);
    expect(seen.fallbacks).toBeGreaterThan(50);
    expect(seen.spared).toBeGreaterThan(20);
    expect(seen.byHand).toBeGreaterThan(10);
    expect(seen.holds).toBeGreaterThan(50);
    const expected = ["expired", "no-address", "superseded", "suppressed", "frequency-cap", "spend-cap"];
    for (const reason of [...expected, "consent-missing"]) expect(reasons).toContain(reason);
  });
});
