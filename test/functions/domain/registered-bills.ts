import type { Bill, BillTerms } from "../../../functions/domain/bill.ts";
import { BillInput } from "../../../functions/domain/bill-input.ts";
import type { Moment } from "../../../functions/domain/local-time.ts";
import { newBill, termsOf } from "../../../functions/domain/registration.ts";
import { aBill, aBiller } from "../../support/builders.ts";

export const kolkata = (text: string): Moment => Date.parse(`${text.replace(" ", "T")}:00+05:30`);
export const rupees = (value: number) => ({ value, currency: "INR" });
/** The morning of its issue. */
export const now = kolkata("2026-11-15 08:00");
export const biller = aBiller();

/** A bill with no more than it needs. */
export const least = {
  customer: { id: "10023", addresses: { sms: "+919830012345" } },
  title: "Electricity, November 2026",
  amountDue: rupees(124_900),
  dueDate: "2026-11-30",
};
/** A bill with everything it may have. */
export const most = {
  ...least,
  customer: { ...least.customer, name: "Asha Sen", language: "bn", timeZone: "America/New_York" },
  category: "electricity",
  exactness: "EXACT_DOWN",
  minimum: rupees(10_000),
  early: { until: "2026-11-25", amount: rupees(122_400) },
  late: { from: "2026-12-01", amount: rupees(127_400) },
  issuedOn: "2026-11-14",
  expiresOn: "2027-05-30",
  asOf: "2026-11-15T04:00:00Z",
  items: [{ name: "Energy 182 kWh", amount: rupees(120_000) }],
  clickPayUrl: "https://bbps.io/pay/Ab12Cd34",
  metadata: { meter: "77812", tariff: "A1" },
};

/** What a registration says of it. */
export const terms = (input: object, known: { stored?: Bill; now?: Moment } = {}): BillTerms =>
  termsOf(BillInput.parse(input), biller, { now, ...known });
/** What names it. */
export const identity = { code: aBill().code, billId: aBill().billId };
/** The bill as it is first stored. */
export const registered = (input: object): Bill => newBill(identity, terms(input), { biller, now });
