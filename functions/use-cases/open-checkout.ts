import type { Moment } from "../domain/local-time.ts";
import type { Money } from "../domain/money.ts";
import {
  type Checkout,
  type FormerCheckout,
  isOnItsWay,
  nextAttempt,
  type PaymentAttempt,
  stands,
} from "../domain/payment-attempt.ts";
import type { RailAttempt, StartedRail } from "../domain/rail.ts";
import type { EndedCheckout, Ports, Rail } from "../ports.ts";

/** A rail whose gateway is asked. */
export type GatewayRail = Extract<Rail, { kind: "gateway" }>;

/** Where the payer goes on, or why nowhere; `former` tells what became of another checkout that was open for the bill. */
export type OpenedCheckout =
  | { readonly outcome: "started"; readonly started: StartedRail; readonly former?: "ended" | "not-ended" }
  /** A former checkout of the bill, begun at `since`, is paid, and the payment is not counted yet: another one could be paid as well. */
  | { readonly outcome: "on-its-way"; readonly amount: Money; readonly since: Moment }
  | { readonly outcome: "unavailable"; readonly reason: string };

type CheckoutPorts = Pick<Ports, "attempts" | "clock">;

/** No further attempt is begun once so many milliseconds of the payer's patience are used up. */
export const patienceMs = 2_500;
/** Others may be clicking too: each round, one of them gets on. */
const mostRounds = 5;

type Round = { readonly ports: CheckoutPorts; readonly rail: GatewayRail; readonly asked: RailAttempt };

/** Ends a checkout where the gateway lets us; `left` where it does not, and the checkout is left to expire. */
const end = async ({ rail, asked }: Round, reference: string): Promise<EndedCheckout | "left"> =>
  rail.capabilities.canBeCanceled ? await rail.cancel(reference, asked.biller) : "left";

/** Keeps the checkout of an attempt; of two who made the same one, whoever comes second finds it kept. */
async function keep(round: Round, attempt: PaymentAttempt, checkout: Checkout): Promise<Checkout | undefined> {
  const { attempts } = round.ports;
  const { replaces: _ended, ...rest } = attempt;
  const kept = { ...rest, checkout, version: attempt.version + 1 };
  if (await attempts.save(kept, attempt.version)) return checkout;
  const stored = await attempts.get(attempt.code, attempt.rail);
  if (stored?.n === attempt.n) return stored.checkout ?? checkout;
  // Overtaken by an attempt for another amount, which could not know of this checkout.
  await end(round, checkout.providerReference);
  return undefined;
}

/** What is told of a former checkout; nothing of one that had expired, or was not to be ended. */
const toldOf = (former: FormerCheckout, became: EndedCheckout | "left", now: Moment) =>
  now < former.expiresAt && (became === "ended" || became === "unknown")
    ? { former: became === "ended" ? ("ended" as const) : ("not-ended" as const) }
    : {};

/** Makes the checkout of an attempt that was claimed, after the former one was ended; none where that one was paid. */
async function make(round: Round, attempt: PaymentAttempt): Promise<OpenedCheckout | { readonly outcome: "spent" }> {
  const { ports, rail, asked } = round;
  const { n, startedAt, replaces } = attempt;
  const now = ports.clock.now();
  const became = replaces ? await end(round, replaces.providerReference) : "left";
  if (replaces && became === "paid" && isOnItsWay(replaces, asked.bill, now)) {
    return { outcome: "on-its-way", amount: replaces.amount, since: replaces.startedAt };
  }
  const made = await rail.create({ ...asked, now: ports.clock.now(), n, startedAt });
  if (made.outcome === "unavailable") {
    const stored = await ports.attempts.get(attempt.code, attempt.rail);
    const isMadeByOther = stored?.n === n && stored.checkout !== undefined;
    if (isMadeByOther) return { outcome: "started", started: stored.checkout.started };
    return made.spent ? { outcome: "spent" } : made;
  }
  const { providerReference, started, expiresAt } = made;
  const kept = await keep(round, attempt, { providerReference, started, expiresAt });
  if (!kept) return { outcome: "unavailable", reason: "overtaken" };
  return { outcome: "started", started: kept.started, ...(replaces && toldOf(replaces, became, now)) };
}

/**
 * Opens a checkout at a gateway: the one that is there for this bill and amount, however often the payer clicks, else a new one. The
 * attempt is written down before the gateway is asked, so that what a crash left is made again under the same name and nothing twice;
 * an open checkout for another amount is ended first, and none is opened while the payment of a former one is on its way. Throws a
 * provider-error where the table does not answer.
 */
export async function openCheckout(
  ports: CheckoutPorts,
  rail: GatewayRail,
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
    const attempt = goesOn ? known : nextAttempt(known, { ...asked, rail: rail.name }, now);
    // Whoever was quicker may have begun just this attempt.
    if (!goesOn && !(await ports.attempts.save(attempt, known?.version ?? 0))) continue;
    const made = await make(round, attempt);
    if (made.outcome !== "spent") return made;
    if (ports.clock.now() - began > patienceMs) return { outcome: "unavailable", reason: "reference-used" };
    spentName = attempt.n;
  }
  return { outcome: "unavailable", reason: "busy" };
}
