import type { Bill, BillDetail } from "./bill.ts";
import type { Biller } from "./biller.ts";
import type { Moment } from "./local-time.ts";
import type { Money } from "./money.ts";
import type { PayBounds } from "./pay-amount.ts";

/** The ways a bill can be paid, in the order in which a page offers them. `pix` is a static code, `pix-psp` one made at the biller's bank. */
export type RailName = "upi" | "pix" | "pix-psp" | "pay-now" | "click-pay" | "razorpay" | "stripe" | "external";

/** What a rail can do, whoever uses it. */
export type RailCapabilities = {
  /** The currencies it takes (ISO 4217); absent: any. */
  readonly currencies?: readonly string[];
  /** `exact`: the payer pays what the attempt was started with; `flexible`: the rail itself can leave the amount to the payer. */
  readonly amount: "exact" | "flexible";
  /**
   * Whether we hear of money from the gateway itself, by a webhook of its own that we read. Of other rails the biller's systems tell us, the
   * bank's statement, and of `pix-psp` the daily reconciliation with the bank.
   */
  readonly reportsStatus: boolean;
  /** Whether a checkout can be ended, so that it is not paid any more; one that cannot is left to expire. */
  readonly canBeCanceled: boolean;
};

/** What decides whether and how a bill can be paid now. */
export type PayFacts = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly detail?: BillDetail | undefined;
  readonly now: Moment;
};

/** One way to pay as a page offers it, made without asking anybody. */
export type WayToPay = {
  readonly rail: RailName;
  readonly bounds: PayBounds;
  /** There is nothing to choose. */
  readonly fixed: boolean;
  /** Who gets the money, as the payer's app shows it. */
  readonly payee?: { readonly name: string; readonly address: string };
  /** What a tap opens without the form: `upi://…`, `https://…`. */
  readonly link?: string;
  /** What its QR code says; absent where the form has to make one first. */
  readonly code?: string;
  /** Whether the code is also pasted into an app as text. */
  readonly canCopy?: boolean;
  /** Where its form may lead, as sources of a content security policy: `upi:`, `https://rzp.io`. */
  readonly formTargets: readonly string[];
  /** What the biller calls it. */
  readonly label?: string;
};

/** One attempt of a payer to pay an amount that was checked. */
export type RailAttempt = PayFacts & {
  readonly amount: Money;
  /** `code`: to be scanned or copied, rather than opened on this device. */
  readonly mode: "open" | "code";
  /** The https URL of the bill's page, to come back to. */
  readonly returnUrl: string;
};

/** The `n`th attempt on its rail, begun at `startedAt`: made again, it is the same one. */
export type NumberedAttempt = RailAttempt & { readonly n: number; readonly startedAt: Moment };

/** Where a payer goes on: a link to be opened, or a code to be scanned or copied. */
export type StartedRail =
  | { readonly outcome: "open"; readonly link: string }
  | { readonly outcome: "show-code"; readonly code: string; readonly canCopy?: boolean };
