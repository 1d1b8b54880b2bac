import type { LinkCode } from "./link-code.ts";
import type { Moment } from "./local-time.ts";
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
  /** A former attempt's checkout, by its reference at the gateway, which is to be ended before this one can be paid. */
  readonly replaces?: string;
  readonly version: number;
};
