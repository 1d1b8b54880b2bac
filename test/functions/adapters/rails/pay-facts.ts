import type { BillDetail } from "../../../../functions/domain/bill.ts";
import type { Money } from "../../../../functions/domain/money.ts";
import type { PayFacts, RailAttempt } from "../../../../functions/domain/rail.ts";
import { aBill, aBiller, type Plain } from "../../../support/builders.ts";

/** What differs from the electricity bill of `aBill()` on 21 November 2026. */
export type Differing = {
  readonly bill?: Parameters<typeof aBill>[0];
  readonly rails?: NonNullable<Parameters<typeof aBiller>[0]>["rails"];
  readonly detail?: BillDetail;
  readonly now?: number;
};

/** A bill that could be paid. */
export const facts = ({ bill, rails, detail, now = Date.parse("2026-11-21T05:30:00Z") }: Differing = {}): PayFacts => ({
  bill: aBill(bill),
  biller: aBiller(rails && { rails }),
  detail,
  now,
});

/** An attempt to pay it. */
export const attempt = (
  differing: Differing,
  amount: Plain<Money>,
  mode: RailAttempt["mode"] = "open",
): RailAttempt => ({
  ...facts(differing),
  amount: amount as Money,
  mode,
  returnUrl: "https://pay.example.com/EXPOWR/code",
});

/** A part of it that was paid the day before. */
export const paid = (amount: number) => ({
  payments: { "standard:pay_0001": { amount, refunded: 0, paidAt: Date.parse("2026-11-20T13:00:00Z"), n: 0 } },
});
