import type { Bill } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import type { Moment } from "../../../functions/domain/local-time.ts";
import type { FailureKind, Notification } from "../../../functions/domain/notification.ts";

/** What a carrier does with one message, and what it reports after some minutes. */
export type Fate = {
  readonly answer:
    | "accepted"
    | "unknown"
    | "crash"
    | "refused"
    | "refused-for-now"
    | "suppressed"
    | "given-up"
    | "day-full"
    | "week-full"
    | "spent";
  readonly report?: { readonly is: "delivered" | "read" | FailureKind; readonly afterMinutes: number };
};

/** One provider call that may have been made, with the world as it was at its claim. */
export type Send = {
  readonly step: string;
  readonly hop: number;
  readonly at: Moment;
  readonly answer: Fate["answer"];
  readonly bill: Bill;
  readonly biller: Biller;
  readonly notifications: readonly Notification[];
};

/** A cap that is reached. */
export type Full = "day-full" | "week-full" | "spent";

/** The cap that is reached, where one is. */
export const fullOf = ({ answer }: Fate): Full | undefined =>
  answer === "day-full" || answer === "week-full" || answer === "spent" ? answer : undefined;
