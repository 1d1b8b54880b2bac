import type { Bill } from "../domain/bill.ts";
import type { Moment } from "../domain/local-time.ts";
import type { Money } from "../domain/money.ts";
import type { Checkout, PaymentAttempt } from "../domain/payment-attempt.ts";
import type { RailAttempt, StartedRail } from "../domain/rail.ts";
import type { CreatedCheckout, Ports, Rail } from "../ports.ts";

/** A rail whose gateway is asked. */
export type CreatedRail = Extract<Rail, { kind: "created" }>;

/** Where the payer goes on, or why nowhere; `former` tells what became of another checkout that was open for the bill. */
export type OpenedCheckout =
  | { readonly outcome: "started"; readonly started: StartedRail; readonly former?: "ended" | "not-ended" }
  | { readonly outcome: "unavailable"; readonly reason: string };

type CheckoutPorts = Pick<Ports, "attempts" | "clock">;

/** A checkout with less time left is of no use to who has yet to find a card. */
const leastOpenMs = 2 * 60_000;
/** So long an attempt without an answer is made again under its name: gateways bound how old one may be. */
const repeatMs = 5 * 60_000;
/** No further attempt is begun once so much of the payer's patience is used up. */
const patienceMs = 2_500;
/** Others may be clicking too: each round, one of them gets on. */
const mostRounds = 5;

const isSame = (one: Money, other: Money): boolean => one.value === other.value && one.currency === other.currency;

const isPaidSince = (bill: Bill, since: Moment): boolean =>
  Object.values(bill.payments).some(({ paidAt }) => paidAt >= since);

/** Whether a payer is to go on with an attempt that is there: for the same amount, of which nothing was paid since, and still open. */
function stands({ amount, startedAt, checkout }: PaymentAttempt, asked: RailAttempt, now: Moment): boolean {
  if (!isSame(amount, asked.amount) || isPaidSince(asked.bill, startedAt)) return false;
  return checkout ? now < checkout.expiresAt - leastOpenMs : now - startedAt < repeatMs;
}

/** The next attempt after `known`, which takes over what is to be ended. */
function nextAttempt(known: PaymentAttempt | undefined, rail: CreatedRail, asked: RailAttempt, now: Moment) {
  const { checkout } = known ?? {};
  const isOpen = checkout !== undefined && now < checkout.expiresAt;
  const replaces = isOpen ? checkout.providerReference : known?.replaces;
  return {
    code: asked.bill.code,
    rail: rail.name,
    n: (known?.n ?? 0) + 1,
    amount: asked.amount,
    startedAt: now,
    version: (known?.version ?? 0) + 1,
    ...(replaces !== undefined && { replaces }),
  } satisfies PaymentAttempt;
}

type Round = { readonly ports: CheckoutPorts; readonly rail: CreatedRail; readonly asked: RailAttempt };

/** Keeps the checkout of an attempt; of two who made the same one, whoever comes second finds it kept. */
async function keep(
  { ports, rail, asked }: Round,
  attempt: PaymentAttempt,
  checkout: Checkout,
): Promise<Checkout | undefined> {
  const { replaces: _ended, ...rest } = attempt;
  const kept = { ...rest, checkout, version: attempt.version + 1 };
  if (await ports.attempts.save(kept, attempt.version)) return checkout;
  const stored = await ports.attempts.get(attempt.code, attempt.rail);
  if (stored?.n === attempt.n) return stored.checkout ?? checkout;
  // Overtaken by an attempt for another amount, which could not know of this checkout.
  await rail.cancel(checkout.providerReference, asked.biller);
  return undefined;
}

/** Makes the checkout of an attempt that was claimed, after the former one was ended. */
async function make(round: Round, attempt: PaymentAttempt): Promise<OpenedCheckout | { readonly outcome: "spent" }> {
  const { ports, rail, asked } = round;
  const { n, startedAt, replaces } = attempt;
  const isEnded = replaces === undefined || (await rail.cancel(replaces, asked.biller));
  const made: CreatedCheckout = await rail.create({ ...asked, now: ports.clock.now(), n, startedAt });
  if (made.outcome === "unavailable") {
    const stored = await ports.attempts.get(attempt.code, attempt.rail);
    const isMadeByOther = stored?.n === n && stored.checkout !== undefined;
    if (isMadeByOther) return { outcome: "started", started: stored.checkout.started };
    return made.spent ? { outcome: "spent" } : made;
  }
  const { providerReference, started, expiresAt } = made;
  const kept = await keep(round, attempt, { providerReference, started, expiresAt });
  if (!kept) return { outcome: "unavailable", reason: "overtaken" };
  const former = replaces !== undefined && { former: isEnded ? ("ended" as const) : ("not-ended" as const) };
  return { outcome: "started", started: kept.started, ...former };
}

/**
 * Opens a checkout at a gateway: the one that is there for this bill and amount, however often the payer clicks, else a new one. The
 * attempt is written down before the gateway is asked, so that what a crash left is made again under the same name and nothing twice;
 * an open checkout for another amount is ended first. Throws a provider-error where the table does not answer.
 */
export async function openCheckout(
  ports: CheckoutPorts,
  rail: CreatedRail,
  asked: RailAttempt,
): Promise<OpenedCheckout> {
  const began = ports.clock.now();
  const round: Round = { ports, rail, asked };
  let spentName: number | undefined;
  for (let rounds = 0; rounds < mostRounds; rounds++) {
    const now = ports.clock.now();
    const known = await ports.attempts.get(asked.bill.code, rail.name);
    const goesOn = known && known.n !== spentName && stands(known, asked, now);
    if (goesOn && known.checkout) return { outcome: "started", started: known.checkout.started };
    const attempt = goesOn ? known : nextAttempt(known, rail, asked, now);
    // Whoever was quicker may have begun just this attempt.
    if (!goesOn && !(await ports.attempts.save(attempt, known?.version ?? 0))) continue;
    const made = await make(round, attempt);
    if (made.outcome !== "spent") return made;
    if (ports.clock.now() - began > patienceMs) return { outcome: "unavailable", reason: "reference-used" };
    spentName = attempt.n;
  }
  return { outcome: "unavailable", reason: "busy" };
}
