import { describe, expect, it } from "vitest";
import { paidTotal } from "../../../functions/domain/bill.ts";
import { hopsOf } from "../../../functions/domain/biller.ts";
import {
  type NotificationKey,
  notificationReference,
  notificationStatus,
} from "../../../functions/domain/notification.ts";
import { receiptStep } from "../../../functions/domain/payment.ts";
import { parseSpared } from "../../../functions/domain/progress.ts";
import { kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import { type History, playHistory, type Script, type Whims } from "../../support/fault-history.ts";
import { canFail, type Fault, faultModes } from "../../support/fault-injector.ts";

const twoSteps = aBiller({
  cadence: [
    { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
    { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00" },
  ],
});

/** What happens to a bill, and which steps end by themselves: those left are closed by its being paid. */
const scripts: Readonly<Record<string, Script & { readonly ends: readonly string[] }>> = {
  /** WhatsApp stays unconfirmed, the SMS fails, the e-mail arrives; then the bill is paid. */
  "a bill that falls back twice and is paid": {
    ends: ["issued"],
    biller: twoSteps,
    paidAt: kolkata("2026-11-16 12:00"),
    reports: ({ wording }) => (({ whatsapp: undefined, sms: "failed", email: "delivered" }) as const)[wording.channel],
  },
  /** WhatsApp refuses for now and then does not answer, the number cannot get SMS, the mailbox takes it at the second try. */
  "a bill that carriers refuse, and is paid": {
    ends: ["issued"],
    biller: twoSteps,
    paidAt: kolkata("2026-11-16 12:00"),
    answers: {
      whatsapp: [
        { outcome: "refused-for-now", reason: "throttled" },
        { outcome: "unknown", reason: "http-500" },
      ],
      sms: [{ outcome: "refused", kind: "permanent-failure", reason: "no-such-number" }],
      email: [{ outcome: "refused-for-now", reason: "throttled" }],
    },
    reports: ({ wording }) => (wording.channel === "email" ? "delivered" : undefined),
  },
  /** WhatsApp stays unconfirmed, and the money comes in the minute in which the SMS goes out. */
  "a bill that is paid while it falls back": {
    ends: [],
    biller: twoSteps,
    paidAt: kolkata("2026-11-15 10:32"),
    reports: ({ key }) => (key.step.startsWith("receipt") ? "delivered" : undefined),
  },
  /** WhatsApp arrives each time, and nobody pays. */
  "a bill that is delivered and never paid": {
    ends: ["issued", "due-soon"],
    biller: twoSteps,
    reports: () => "delivered",
  },
};

/** The hops of a step that ought to be in the story and are not; none behind one that was spared. */
function missingHops(history: History, script: Script, step: string, spared: readonly string[]): string[] {
  const { bill, payments, notifications } = history.story;
  const payment = payments.find((candidate) => receiptStep(candidate) === step);
  const hops =
    payment?.hops ??
    hopsOf(
      script.biller,
      script.biller.cadence.find((known) => known.step === step),
    );
  const own = spared.map(parseSpared).filter((hop) => hop.step === (payment ? "receipt" : step));
  const wanted = own.length > 0 ? Math.min(...own.map(({ hop }) => hop)) : hops.length;
  const missing = hops
    .map((_, hop) => hop)
    .slice(0, wanted)
    .filter((hop) => !notifications.some((known) => known.step === step && known.hop === hop));
  return bill ? missing.map((hop) => `nothing tells what became of ${step} ${hop}`) : [`there is no bill`];
}

/** Everything a history may not do, in words. */
function violations(history: History, script: (typeof scripts)[string]): string[] {
  const { story, mayBeAccepted, claimedUnpayable, eventIds, waiting } = history;
  const { bill, payments, notifications } = story;
  const found: string[] = [];
  const keys = mayBeAccepted.map(({ key }) => notificationReference(key).split("_").slice(1).join("_"));
  for (const key of new Set(keys)) {
    if (keys.filter((other) => other === key).length > 1) found.push(`${key} may have been accepted twice`);
  }
  const statusOf = ({ step, hop }: Pick<NotificationKey, "step" | "hop">) => {
    const known = notifications.find((candidate) => candidate.step === step && candidate.hop === hop);
    return known && notificationStatus(known);
  };
  for (const { key } of mayBeAccepted) {
    if ((statusOf(key) ?? "not-sent") === "not-sent")
      found.push(`${key.step} ${key.hop} was sent and is not in the story`);
  }
  for (const { step, hop } of claimedUnpayable) found.push(`${step} ${hop} was claimed when nothing was owed`);
  if (waiting.length > 0) found.push(`${waiting} waits for ever`);
  for (const step of script.ends) found.push(...missingHops(history, script, step, bill?.progress.spared ?? []));
  for (const payment of payments)
    found.push(...missingHops(history, script, receiptStep(payment), payment.progress.spared ?? []));
  if (script.paidAt !== undefined) {
    if (bill && paidTotal(bill) !== 124_900) found.push(`${paidTotal(bill)} is counted`);
    if (new Set(eventIds).size !== 1) found.push(`the bus was told ${[...new Set(eventIds)]}`);
    if (history.unmatched > 0) found.push("a payment is kept aside that was counted");
    if (payments.length !== 1) found.push(`${payments.length} payments are stored`);
  }
  return found;
}

/** Plays a history with these faults and says what went wrong, with where the faults were. */
async function judged(script: (typeof scripts)[string], faults: readonly Fault[], whims?: Whims) {
  const history = await playHistory(script, faults, whims);
  const where = faults
    .map(({ at, mode }) => `${mode} at ${at} ${history.trace[at] ?? "(not reached)"}`)
    .join(", then ");
  return violations(history, script).map((what) => `${where}: ${what}`);
}

/** A generator of whole numbers below a limit, the same for the same seed (mulberry32). */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

const pairs = 200;
const mostMs = 1_000;

describe.each(Object.entries(scripts))("%s", (_name, script) => {
  it("keeps every promise when nothing goes wrong", async () => {
    const history = await playHistory(script);
    expect(violations(history, script)).toEqual([]);
    expect(history.mayBeAccepted.length).toBeGreaterThanOrEqual(2);
  });

  it("keeps every promise whatever goes wrong at any one call", async () => {
    const { trace } = await playHistory(script);
    const broken: string[] = [];
    for (const at of trace.keys()) {
      for (const mode of faultModes) {
        if (canFail(trace[at] ?? "", mode)) broken.push(...(await judged(script, [{ at, mode }])));
      }
    }
    expect(broken).toEqual([]);
    expect(trace.length).toBeGreaterThan(50);
  });

  it("keeps every promise when two things go wrong, messages come twice, reads are stale and the index lags", async () => {
    const { trace } = await playHistory(script);
    const below = seeded(trace.length);
    const aFault = (): Fault => ({
      at: below(trace.length + 30),
      mode: faultModes[below(faultModes.length)] ?? "error",
    });
    const whims = {
      twice: () => below(4) === 0,
      staleReads: () => below(4) === 0,
      lagMs: () => below(50_000),
    };
    const started = Date.now();
    const broken: string[] = [];
    let played = 0;
    for (; played < pairs && Date.now() - started < mostMs; played++) {
      broken.push(...(await judged(script, [aFault(), aFault()], whims)));
    }
    expect(broken).toEqual([]);
    expect(played).toBeGreaterThan(10);
  });
});
