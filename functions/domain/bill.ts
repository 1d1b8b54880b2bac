import * as z from "zod/mini";
import { type Addresses, EmailAddressText, PhoneNumberText } from "./addresses.ts";
import { Language } from "./biller.ts";
import { type BillerId, type BillId, Channel, CustomerId, type StepName } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import { Instant, LocalDate, localOf, type Moment, TimeZone } from "./local-time.ts";
import { Money } from "./money.ts";
import type { Progress } from "./progress.ts";
import { boundedRecord, textField } from "./text-field.ts";

const InputAddresses = z
  .strictObject({
    whatsapp: z.exactOptional(PhoneNumberText),
    sms: z.exactOptional(PhoneNumberText),
    email: z.exactOptional(EmailAddressText),
  })
  .check(z.refine((addresses) => Object.keys(addresses).length > 0, "must hold at least one address"));

const InputCustomer = z.strictObject({
  id: CustomerId,
  name: z.exactOptional(textField(80)),
  language: z.exactOptional(Language),
  timeZone: z.exactOptional(TimeZone),
  addresses: InputAddresses,
  /** The channels for which the biller has recorded an explicit consent. */
  consents: z.exactOptional(z.array(Channel).check(z.maxLength(3))),
});

/** Whether the payer may change the amount, in BBPS terms: at most, at least, or any. */
export const Exactness = z.enum(["EXACT", "EXACT_DOWN", "EXACT_UP", "ANY"]);
export type Exactness = z.output<typeof Exactness>;

const Item = z.strictObject({ name: textField(60), amount: Money });

const payable = Money.check(z.refine(({ value }) => value > 0, { path: ["value"], message: "must be more than zero" }));

/** A bill as a biller hands it over; what is left out is filled from the biller's settings. */
export const BillInput = z
  .strictObject({
    customer: InputCustomer,
    title: textField(80),
    category: z.exactOptional(
      z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 characters of a-z 0-9 -")),
    ),
    amountDue: payable,
    exactness: z._default(Exactness, "EXACT"),
    minimum: z.exactOptional(payable),
    early: z.exactOptional(z.strictObject({ until: LocalDate, amount: payable })),
    late: z.exactOptional(z.strictObject({ from: LocalDate, amount: payable })),
    issuedOn: z.exactOptional(LocalDate),
    dueDate: LocalDate,
    expiresOn: z.exactOptional(LocalDate),
    asOf: z.exactOptional(Instant),
    items: z.exactOptional(z.array(Item).check(z.maxLength(50))),
    metadata: z.exactOptional(
      z
        .record(
          z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/, "must be 1 to 40 characters of A-Z a-z 0-9 . _ -")),
          z.string().check(z.maxLength(200)),
        )
        .check(...boundedRecord(50)),
    ),
  })
  .check((context) => {
    // A field that is wrong by itself says enough; what it would mean for others is not known.
    if (context.issues.length > 0) return;
    const bill = context.value;
    const refuse = (path: string[], message: string): void => {
      context.issues.push({ code: "custom", path, message, input: bill });
    };
    for (const field of ["minimum", "early", "late"] as const) {
      const amount = field === "minimum" ? bill.minimum : bill[field]?.amount;
      const path = field === "minimum" ? ["minimum", "currency"] : [field, "amount", "currency"];
      if (amount && amount.currency !== bill.amountDue.currency) refuse(path, "must be the currency of amountDue");
    }
    bill.items?.forEach(({ amount }, n) => {
      if (amount.currency !== bill.amountDue.currency)
        refuse(["items", String(n), "amount", "currency"], "must be the currency of amountDue");
    });
    if (bill.minimum && bill.minimum.value > bill.amountDue.value)
      refuse(["minimum", "value"], "must not be more than amountDue");
    if (bill.early && bill.early.amount.value > bill.amountDue.value)
      refuse(["early", "amount", "value"], "must not be more than amountDue");
    if (bill.late && bill.late.amount.value < bill.amountDue.value)
      refuse(["late", "amount", "value"], "must not be less than amountDue");
    if (bill.early && bill.early.until > bill.dueDate) refuse(["early", "until"], "must not be after dueDate");
    if (bill.late && bill.late.from <= bill.dueDate) refuse(["late", "from"], "must be after dueDate");
    if (bill.issuedOn && bill.issuedOn > bill.dueDate) refuse(["issuedOn"], "must not be after dueDate");
    if (bill.expiresOn && bill.expiresOn < bill.dueDate) refuse(["expiresOn"], "must not be before dueDate");
  });
export type BillInput = z.output<typeof BillInput>;

/** Who owes a bill, with language and zone settled. */
export type Customer = {
  readonly id: CustomerId;
  readonly name?: string;
  readonly language: string;
  readonly timeZone: TimeZone;
  readonly addresses: Addresses;
  readonly consents?: readonly Channel[];
};

/** One payment as the bill counts it; `refunded` only grows, `n` is its place in the order of counting. */
export type CountedPayment = {
  readonly amount: number;
  readonly refunded: number;
  readonly paidAt: Moment;
  readonly n: number;
};

/** What the biller said is owed: everything an amendment may change. */
export type BillTerms = {
  readonly customer: Customer;
  readonly title: string;
  readonly category?: string;
  readonly amountDue: Money;
  readonly exactness: Exactness;
  readonly minimum?: Money;
  readonly early?: { readonly until: LocalDate; readonly amount: Money };
  readonly late?: { readonly from: LocalDate; readonly amount: Money };
  readonly issuedOn: LocalDate;
  readonly dueDate: LocalDate;
  readonly expiresOn?: LocalDate;
  /** The biller's zone: early, late, overdue and today are by it. */
  readonly zone: TimeZone;
  /** A digest of the bill's detail, so that a changed detail is an amendment. */
  readonly detailDigest?: string;
};

/** What is owed, by whom, what was paid, and how far its reminders are. */
export type Bill = BillTerms & {
  readonly code: LinkCode;
  readonly biller: BillerId;
  readonly billId: BillId;
  /** Grows by one with every write; a write names the version it read. */
  readonly version: number;
  readonly registeredAt: Moment;
  readonly amendedAt?: Moment;
  /** The newest `asOf` a registration carried. */
  readonly asOf?: Moment;
  readonly canceled?: { readonly at: Moment; readonly reason?: string };
  readonly pausedAt?: Moment;
  /** The end of the newest pause; a resume moves it to its own moment. */
  readonly pausedUntil?: Moment;
  readonly resumedAt?: Moment;
  /** The newest reminder asked for by hand: the day it counts for in the customer's zone, what it says, and from when. */
  readonly remind?: { readonly date: LocalDate; readonly message: StepName; readonly at: Moment };
  /** By payment key, `<source>:<payment id>`. */
  readonly payments: Readonly<Record<string, CountedPayment>>;
  readonly progress: Progress;
};

/** What belongs to a bill but is needed only by its page: stored beside it. */
export type BillDetail = {
  readonly items?: BillInput["items"];
  readonly metadata?: Readonly<Record<string, string>>;
};

/** A cancel that came before its bill: kept so that the bill is refused when it comes. */
export type Tombstone = {
  readonly code: LinkCode;
  readonly biller: BillerId;
  readonly billId: BillId;
  readonly version: number;
  readonly canceled: { readonly at: Moment; readonly reason?: string };
};

/** What the bill asks for at a moment: the early amount until its last day, the late amount from its first, in the biller's zone. */
export function amountAt(bill: Pick<BillTerms, "amountDue" | "early" | "late" | "zone">, at: Moment): Money {
  if (!bill.early && !bill.late) return bill.amountDue;
  const today = localOf(at, bill.zone).date;
  if (bill.early && today <= bill.early.until) return bill.early.amount;
  if (bill.late && today >= bill.late.from) return bill.late.amount;
  return bill.amountDue;
}

/** How old an unpaid bill is against its due date, in the biller's zone. */
export function dueState(bill: Pick<BillTerms, "dueDate" | "zone">, at: Moment): "due" | "due-today" | "overdue" {
  const today = localOf(at, bill.zone).date;
  if (today < bill.dueDate) return "due";
  return today === bill.dueDate ? "due-today" : "overdue";
}

export type BillStatus = "open" | "part-paid" | "paid" | "overpaid" | "canceled" | "expired";

type Ledger = Pick<Bill, "amountDue" | "early" | "late" | "zone" | "payments">;

/** The sum of the distinct payments less their refunds, in minor units. */
export const paidTotal = (bill: Pick<Bill, "payments">): number =>
  Object.values(bill.payments).reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);

/** The payment that settled the bill, with the amount that was owed then: each is judged at the time it was paid. */
export function settlementOf(
  bill: Ledger,
): { readonly key: string; readonly owed: number; readonly at: Moment } | undefined {
  const inOrder = Object.entries(bill.payments).sort(([a, x], [b, y]) => x.paidAt - y.paidAt || (a < b ? -1 : 1));
  let sum = 0;
  for (const [key, { amount, refunded, paidAt }] of inOrder) {
    sum += amount - refunded;
    const owed = amountAt(bill, paidAt).value;
    if (sum >= owed) return { key, owed, at: paidAt };
  }
  return undefined;
}

/** Whether the bill's last day has passed in the biller's zone. */
export const isExpired = (bill: Pick<BillTerms, "expiresOn" | "zone">, at: Moment): boolean =>
  bill.expiresOn !== undefined && localOf(at, bill.zone).date > bill.expiresOn;

/** The status of a bill, a pure function of what is stored and the time. */
export function statusOf(bill: Ledger & Pick<Bill, "canceled" | "expiresOn">, at: Moment): BillStatus {
  if (bill.canceled) return "canceled";
  const settled = settlementOf(bill);
  const paid = paidTotal(bill);
  if (settled) return paid > settled.owed ? "overpaid" : "paid";
  if (isExpired(bill, at)) return "expired";
  return paid > 0 ? "part-paid" : "open";
}

/** Whether money is still asked for. */
export const isPayable = (status: BillStatus): boolean => status === "open" || status === "part-paid";

/** What remains to be paid at a moment; zero when nothing does. */
export function outstanding(bill: Ledger & Pick<Bill, "canceled" | "expiresOn">, at: Moment): Money {
  const owed = isPayable(statusOf(bill, at)) ? amountAt(bill, at).value - paidTotal(bill) : 0;
  return { value: Math.max(0, owed), currency: bill.amountDue.currency };
}
