import type { Bill } from "./bill.ts";
import type { LinkCode } from "./link-code.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import type { Money } from "./money.ts";
import type { RailName, StartedRail } from "./rail.ts";

/** What a gateway made for an attempt. */
export type Checkout = {
  /** The gateway's own id of it: `plink_…`, `cs_…`, a txid. */
  readonly providerReference: string;
  readonly started: StartedRail;
  /** From then on it cannot be paid any more. */
  readonly expiresAt: Moment;
};

/** The newest attempt to pay a bill at a gateway: one item for each bill and rail. */
export type PaymentAttempt = {
  readonly code: LinkCode;
  readonly rail: RailName;
  /** Counts the attempts on this rail from 1: code, rail and `n` are what the gateway knows the attempt by. */
  readonly n: number;
  readonly amount: Money;
  readonly startedAt: Moment;
  /** Absent while the gateway has not answered: the same attempt is made again, under the same name. */
  readonly checkout?: Checkout;
  /** A former attempt's checkout, which is to be ended before this one can be paid. */
  readonly replaces?: FormerCheckout;
  readonly version: number;
};

/** A checkout that was made before, and what its attempt was begun with. */
export type FormerCheckout = Omit<Checkout, "started"> & Pick<PaymentAttempt, "amount" | "startedAt">;

/** What a payer wants to pay, and of which bill. */
type Wanted = { readonly bill: Bill; readonly amount: Money };

/** A checkout with less time left is of no use to who has yet to find a card. */
const leastOpenMs = 2 * minuteMs;
/** So long an attempt without an answer is made again under its name: gateways bound how old one may be. */
const repeatMs = 5 * minuteMs;
/** So long the payment of a checkout may be on its way to us: the biller's systems may tell of it once a day, or after a weekend. */
const awaitedMs = 3 * 24 * 60 * minuteMs;

const isSame = (one: Money, other: Money): boolean => one.value === other.value && one.currency === other.currency;

const isPaidSince = (bill: Bill, since: Moment): boolean =>
  Object.values(bill.payments).some(({ paidAt }) => paidAt >= since);

/** Whether a payer is to go on with an attempt that is there: for the same amount, of which nothing was paid since, and still open. */
export function stands({ amount, startedAt, checkout }: PaymentAttempt, wanted: Wanted, now: Moment): boolean {
  if (!isSame(amount, wanted.amount) || isPaidSince(wanted.bill, startedAt)) return false;
  return checkout ? now < checkout.expiresAt - leastOpenMs : now - startedAt < repeatMs;
}

/** Whether a checkout that its gateway calls paid is paid by money that is not counted yet: nothing was since it was begun, three days at most. */
export const isOnItsWay = ({ startedAt }: Pick<FormerCheckout, "startedAt">, bill: Bill, now: Moment): boolean =>
  now - startedAt < awaitedMs && !isPaidSince(bill, startedAt);

/** The next attempt on a rail after `known`, with the former checkout that may still be paid, or whose payment may be on its way. */
export function nextAttempt(
  known: PaymentAttempt | undefined,
  { rail, bill, amount }: Wanted & Pick<PaymentAttempt, "rail">,
  now: Moment,
): PaymentAttempt {
  const former = known && formerOf(known);
  const matters = former && (now < former.expiresAt || isOnItsWay(former, bill, now));
  return {
    code: bill.code,
    rail,
    n: (known?.n ?? 0) + 1,
    amount,
    startedAt: now,
    version: (known?.version ?? 0) + 1,
    ...(matters && { replaces: former }),
  };
}

function formerOf({ amount, startedAt, checkout, replaces }: PaymentAttempt): FormerCheckout | undefined {
  if (!checkout) return replaces;
  return { providerReference: checkout.providerReference, expiresAt: checkout.expiresAt, amount, startedAt };
}
