import { paidTotal } from "../../functions/domain/bill.ts";
import { hopsOf, hopWaitMs } from "../../functions/domain/biller.ts";
import { planSteps } from "../../functions/domain/cadence.ts";
import { successOf } from "../../functions/domain/decision.ts";
import { localOf, type Moment, weekdayOf } from "../../functions/domain/local-time.ts";
import { hasSucceeded, notificationReference, notificationStatus } from "../../functions/domain/notification.ts";
import { receiptStep } from "../../functions/domain/payment.ts";
import { noticeStep } from "../../functions/domain/payment-notice.ts";
import { parseSpared } from "../../functions/domain/progress.ts";
import { sideNameIn } from "../../functions/domain/side-message.ts";
import { type CarrierCall, type History, hopName, type Script } from "./fault-history.ts";

/** The ways in which a promise can be broken, as the table counts them. */
export const breaches = [
  "duplicate",
  "vanished",
  "outside the window",
  "suppressed",
  "over a cap",
  "hop too soon",
  "unresolved",
  "unpayable",
  "miscounted",
] as const;
export type Breach = (typeof breaches)[number];

export type Violation = { readonly breach: Breach; readonly what: string };

/** As long as a Lambda may have gone on with what it had read. */
const lambdaMs = 30_000;

/** Everything a history did that it may not do: the invariants 1 to 4 of the design. */
export const violations = (history: History, script: Script): readonly Violation[] => [
  ...duplicates(history),
  ...vanished(history, script),
  ...history.mayBeAccepted.flatMap((call) => badCalls(call, history, script)),
  ...overCaps(history, script),
  ...unresolved(history),
  ...history.claimedUnpayable.map(({ step, hop }) => broken("unpayable", `${step} ${hop} when nothing was owed`)),
  ...miscounted(history, script),
];

const broken = (breach: Breach, what: string): Violation => ({ breach, what });

/** Invariant 2: at most one call that may have been accepted per item, step and hop. */
function duplicates({ mayBeAccepted }: History): Violation[] {
  const keys = mayBeAccepted.map(({ message }) => notificationReference(message.key).split("_").slice(1).join("_"));
  const repeated = [...new Set(keys)].filter((key) => keys.filter((other) => other === key).length > 1);
  return repeated.map((key) => broken("duplicate", `${key} may have been accepted twice`));
}

/** Invariant 3: every step of every bill ends in the story, and every send is in it. */
function vanished(history: History, script: Script): Violation[] {
  const { story, mayBeAccepted, waiting } = history;
  const { bill, payments, notices = [], notifications } = story;
  const unseen = mayBeAccepted.filter(({ message }) => {
    const known = notifications.find((it) => hopName(it) === hopName(message.key));
    return !known || notificationStatus(known) === "not-sent";
  });
  const spared = bill?.progress.spared ?? [];
  return [
    ...(bill ? [] : ["there is no bill"]),
    ...unseen.map(({ message }) => `${hopName(message.key)} was sent and is not in the story`),
    ...waiting.map((due) => `${due} waits for ever`),
    ...script.ends.flatMap((step) => missingHops(history, script, { step, spared })),
    ...payments.flatMap((payment) =>
      missingHops(history, script, { step: receiptStep(payment), spared: payment.progress.spared ?? [] }),
    ),
    ...(script.failsAt !== undefined && notices.length !== 1 ? [`${notices.length} notices are kept`] : []),
    ...notices.flatMap((notice) =>
      missingHops(history, script, { step: noticeStep(notice), spared: notice.progress.spared ?? [] }),
    ),
  ].map((what) => broken("vanished", what));
}

type Ended = { readonly step: string; readonly spared: readonly string[] };

/** The hops of a step that ought to be in the story and are not; none behind one that was spared, or with which the step gave way to the next. */
function missingHops({ story }: History, script: Script, { step, spared }: Ended): string[] {
  const side =
    story.payments.find((candidate) => receiptStep(candidate) === step) ??
    story.notices?.find((candidate) => noticeStep(candidate) === step);
  const hops = hopsFor(step, script, side?.hops);
  const own = spared.map(parseSpared).filter((hop) => hop.step === (sideNameIn(step) ?? step));
  const superseded = story.notifications.filter((known) => known.step === step && known.reason === "superseded");
  const wanted = Math.min(hops.length, ...own.map(({ hop }) => hop), ...superseded.map(({ hop }) => hop + 1));
  return hops
    .map((_, hop) => hopName({ step, hop }))
    .slice(0, wanted)
    .filter((name) => !story.notifications.some((known) => hopName(known) === name))
    .map((name) => `nothing tells what became of ${name}`);
}

const hopsFor = (step: string, { biller }: Script, own: ReturnType<typeof hopsOf> | undefined) =>
  own ??
  hopsOf(
    biller,
    biller.cadence.find((known) => known.step === step),
  );

/** Invariant 4, and the second half of invariant 2: what a call may not be. */
function badCalls(call: CarrierCall, history: History, script: Script): Violation[] {
  const { message, at } = call;
  const name = hopName(message.key);
  const isReminder = !message.key.step.includes(".");
  const found: Violation[] = [];
  const tolerance = history.clocksOffMs;
  // A receipt alone may go out at any hour.
  if (
    sideNameIn(message.key.step) !== "receipt" &&
    ![at - tolerance, at, at + tolerance].some((moment) => isOpen(moment, history, script))
  )
    found.push(broken("outside the window", `${name} went out at ${new Date(at).toISOString()}`));
  const { suppressedSince = Number.POSITIVE_INFINITY, readsAreStale } = history;
  const isSuppressed = message.wording.channel === script.optOut?.channel && at > suppressedSince + lambdaMs;
  if (isSuppressed && !readsAreStale) found.push(broken("suppressed", `${name} went to an address that opted out`));
  const tooSoon = isReminder ? comesTooSoon(call, history, script) : undefined;
  if (tooSoon !== undefined) found.push(broken("hop too soon", `${name} went out ${tooSoon}`));
  return found;
}

function isOpen(at: Moment, { story }: History, { biller }: Script): boolean {
  const { date, time } = localOf(at, story.bill?.customer.timeZone ?? biller.timeZone);
  const { window } = biller;
  if (!window) return true;
  const isDay = (window.days?.includes(weekdayOf(date)) ?? true) && !window.holidays?.includes(date);
  return isDay && window.start <= time && time < window.end;
}

/** No more steps on one day than the biller allows. */
function overCaps({ mayBeAccepted }: History, { biller }: Script): Violation[] {
  const perDay = biller.caps?.perDay ?? Number.POSITIVE_INFINITY;
  const steps = new Map<string, Set<string>>();
  for (const { message, at } of mayBeAccepted.filter((call) => !call.message.key.step.includes("."))) {
    const { date } = localOf(at, biller.timeZone);
    steps.set(date, (steps.get(date) ?? new Set()).add(message.key.step));
  }
  const full = [...steps].filter(([, of]) => of.size > perDay);
  return full.map(([date, of]) => broken("over a cap", `${[...of]} went out on ${date}`));
}

/** Why a hop should not have gone out yet, or not at all; undefined when it should. */
function comesTooSoon(call: CarrierCall, history: History, script: Script): string | undefined {
  const { message, at, known } = call;
  const { step, hop } = message.key;
  const { bill } = history.story;
  const planned = bill && planSteps(bill, script.biller).find((it) => it.step.step === step);
  if (planned && at < planned.moment - history.clocksOffMs) return "before its moment";
  const hops = hopsFor(step, script, undefined);
  const earlier = history.mayBeAccepted.filter((it) => it.message.key.step === step && it.message.key.hop < hop);
  for (const before of earlier.filter((it) => it.at < at)) {
    const { key } = before.message;
    const facts = known.find((it) => hopName(it) === hopName(key));
    const settings = hops[key.hop];
    if (!facts) return `while nobody knew what became of ${hopName(key)}`;
    const isKnownLong = at > (history.deliveredSince.get(hopName(key)) ?? at) + lambdaMs + history.clocksOffMs;
    if (hasSucceeded(facts, successOf(settings)) && isKnownLong && !history.readsAreStale)
      return `though ${hopName(key)} got through`;
    const isUnconfirmed = ["accepted", "delivered"].includes(notificationStatus(facts));
    const waited = before.at + (settings ? hopWaitMs(settings) : 0) - lambdaMs - history.clocksOffMs;
    if (isUnconfirmed && at < waited) return `before ${hopName(key)} had its time`;
  }
  return undefined;
}

/** What a carrier reported is known, whatever was lost before. */
function unresolved({ reported, story }: History): Violation[] {
  const open = story.notifications.filter(
    (known) => reported.has(hopName(known)) && ["unknown", "not-sent"].includes(notificationStatus(known)),
  );
  return open.map((known) => broken("unresolved", `${hopName(known)} was reported and is unknown`));
}

/** A payment counts exactly once, and the bus is told of it as one fact. */
function miscounted({ story, eventIds, unmatched }: History, { paidAt }: Script): Violation[] {
  if (paidAt === undefined || !story.bill) return [];
  const paid = new Set(eventIds.filter((id) => !id.includes("notification")));
  const found = [
    ...(paidTotal(story.bill) === 124_900 ? [] : [`${paidTotal(story.bill)} is counted`]),
    ...(paid.size === 1 ? [] : [`the bus was told ${[...paid]}`]),
    ...(unmatched === 0 ? [] : ["a payment is kept aside that was counted"]),
    ...(story.payments.length === 1 ? [] : [`${story.payments.length} payments are stored`]),
  ];
  return found.map((what) => broken("miscounted", what));
}
