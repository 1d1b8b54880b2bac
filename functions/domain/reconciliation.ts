import type { GatewayName } from "./gateway.ts";
import type { BillerId } from "./ids.ts";
import type { LocalDate, Moment } from "./local-time.ts";

/** One payment that a gateway and we do not agree on. */
export type Difference = { readonly source: string; readonly paymentId: string };

/** What a day at a gateway came to, in the biller's zone: the newest run of the pass over it. */
export type Reconciliation = {
  readonly biller: BillerId;
  readonly gateway: GatewayName;
  readonly date: LocalDate;
  readonly at: Moment;
  /** Both hold these, alike. */
  readonly matched: number;
  /** The gateway held these and we did not: they were handed in now. */
  readonly missing: number;
  /** We hold these and the gateway does not. */
  readonly extra: number;
  /** The first hundred of each. */
  readonly missed: readonly Difference[];
  readonly extras: readonly Difference[];
};
