import type * as z from "zod/mini";
import { EmailAddress, PhoneNumber } from "../../functions/domain/addresses.ts";
import type { Bill, Customer, Tombstone } from "../../functions/domain/bill.ts";
import { type Biller, BillerSettings } from "../../functions/domain/biller.ts";
import type { BillerId } from "../../functions/domain/ids.ts";
import type { ImportRecord } from "../../functions/domain/import.ts";
import type { Award, Offer } from "../../functions/domain/offer.ts";
import type { Payment } from "../../functions/domain/payment.ts";
import type { PaymentNotice } from "../../functions/domain/payment-notice.ts";
import { cursorAt } from "../../functions/domain/progress.ts";
import { issueMorning } from "./memory-clock.ts";
import { plainCode } from "./memory-recorders.ts";

/** `T` as a test writes it: plain text where the domain has branded text. */
export type Plain<T> = T extends string
  ? T extends z.core.$brand
    ? string
    : T
  : T extends number | boolean | undefined | PhoneNumber | EmailAddress
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Plain<Element>[]
      : { readonly [Key in keyof T]: Plain<T[Key]> };

const dayMs = 86_400_000;
const exampleBiller = "example-power";

/** An electricity company in Kolkata that reminds five times over WhatsApp, SMS and e-mail; refused like real settings when malformed. */
export function aBiller(overrides: Partial<z.input<typeof BillerSettings>> & { readonly id?: string } = {}): Biller {
  const { id = exampleBiller, ...settings } = overrides;
  const parsed = BillerSettings.parse({
    name: "Example Power",
    header: "EXPOWR",
    formerHeaders: [],
    country: "IN",
    language: "en",
    timeZone: "Asia/Kolkata",
    cadence: [
      { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
      { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00" },
      { step: "due-today", relativeTo: "dueDate", days: 0, at: "09:00" },
      { step: "overdue", relativeTo: "dueDate", days: 3, at: "11:00" },
      {
        step: "overdue-2",
        relativeTo: "dueDate",
        days: 7,
        at: "11:00",
        message: "overdue",
        hops: [{ channel: "sms" }],
      },
    ],
    hops: [
      { channel: "whatsapp", wait: "PT30M", success: "delivered" },
      { channel: "sms", wait: "PT4H", success: "delivered" },
      { channel: "email" },
    ],
    window: { start: "09:00", end: "20:00" },
    sms: {
      provider: "sns",
      senderId: "EXPOWR",
      entityId: "1101000000000000001",
      templateIds: { "issued.en": "1107000000000000001", "issued.bn": "1107000000000000002" },
      maxPriceUsd: "0.05",
    },
    email: { from: "Example Power <bills@mail.example.com>" },
    whatsapp: { provider: "cloud-api", phoneNumberId: "200000000000001", templates: { issued: "bill_issued_v1" } },
    rails: { upi: { payeeAddress: "examplepower@icici", payeeName: "Example Power", merchantCode: "4900" } },
    ...settings,
  });
  return { ...parsed, id: id as BillerId };
}

/** Asha Sen of Kolkata, who reads Bengali and has all three addresses. */
export const aCustomer = (overrides: Partial<Plain<Customer>> = {}): Customer =>
  ({
    id: "10023",
    name: "Asha Sen",
    language: "bn",
    timeZone: "Asia/Kolkata",
    addresses: {
      whatsapp: new PhoneNumber("+919830012345"),
      sms: new PhoneNumber("+919830012345"),
      email: new EmailAddress("asha@example.org"),
    },
    ...overrides,
  }) as Customer;

/** An electricity bill of ₹1,249.00, registered on the morning of its issue, whose first reminder is due at once. */
export function aBill(overrides: Partial<Plain<Bill>> = {}): Bill {
  const { biller = exampleBiller, billId = "EP-2026-11-10023" } = overrides;
  const stop = { step: "issued", hop: 0, channel: "whatsapp", at: issueMorning } as const;
  return {
    code: plainCode(biller, billId),
    biller,
    billId,
    version: 1,
    registeredAt: issueMorning,
    customer: aCustomer(),
    title: "Electricity, November 2026",
    category: "electricity",
    amountDue: { value: 124_900, currency: "INR" },
    exactness: "EXACT",
    issuedOn: "2026-11-15",
    dueDate: "2026-11-30",
    zone: "Asia/Kolkata",
    payments: {},
    progress: { done: [], cursor: cursorAt(stop, biller as BillerId, issueMorning) },
    ...overrides,
  } as Bill;
}

/** A bill with everything a bill can hold: amended, part-paid, paused, canceled, claimed, with two steps behind it. */
export function aFullBill(overrides: Partial<Plain<Bill>> = {}): Required<Bill> {
  const stop = { step: "due-soon", hop: 1, channel: "sms", at: issueMorning + 12 * dayMs + 45_000 } as const;
  const inRupees = (value: number) => ({ value, currency: "INR" });
  const bill = aBill(overrides);
  return {
    ...bill,
    customer: aCustomer({ timeZone: "Asia/Dubai", consents: ["whatsapp", "sms"] }),
    minimum: inRupees(10_000),
    early: { until: "2026-11-25", amount: inRupees(122_400) },
    late: { from: "2026-12-01", amount: inRupees(127_400) },
    expiresOn: "2027-05-30",
    detailDigest: "b0c4f1d2e3a49586",
    version: 9,
    amendedAt: issueMorning + dayMs,
    toldAt: issueMorning + dayMs - 1,
    formerly: { amountDue: 119_900, dueDate: "2026-11-28" },
    asOf: issueMorning - 1,
    canceled: { at: issueMorning + 5 * dayMs, reason: "moved out" },
    pausedAt: issueMorning + 3 * dayMs,
    pausedUntil: issueMorning + 4 * dayMs,
    resumedAt: issueMorning + 4 * dayMs,
    remind: { date: "2026-11-20", message: "issued", at: issueMorning + 5 * dayMs },
    answers: [
      { answer: "already-paid", at: issueMorning + 3 * dayMs },
      { answer: "will-pay", at: issueMorning + 6 * dayMs, payOn: "2026-11-28", channel: "whatsapp" },
    ],
    pending: { key: "razorpay:pay_0003", amount: 104_900, at: issueMorning + 6 * dayMs },
    failed: [{ key: "razorpay:pay_0002", at: issueMorning + 5 * dayMs }],
    payments: {
      "standard:pay_0001": { amount: 10_000, refunded: 0, paidAt: issueMorning + 2 * dayMs, n: 1 },
      "bus:utr:4412": { amount: 5_000, refunded: 5_000, paidAt: issueMorning + 3 * dayMs, n: 2 },
    },
    progress: {
      cursor: { ...cursorAt(stop, bill.biller, issueMorning), redated: 2, refused: 1, held: "frequency-cap" },
      claim: { step: "due-soon", hop: 0, channel: "whatsapp", at: issueMorning + 12 * dayMs, nonce: "q3Zt8vK1xWb0" },
      done: ["issued", "welcome"],
      spared: ["issued#1#sms#1794718800000"],
    },
    ...overrides,
  } as Required<Bill>;
}

/** A cancel that came before the bill of `aBill()`. */
export function aTombstone(overrides: Partial<Plain<Tombstone>> = {}): Tombstone {
  const { biller = exampleBiller, billId = "EP-2026-11-10023" } = overrides;
  return {
    code: plainCode(biller, billId),
    biller,
    billId,
    version: 1,
    canceled: { at: issueMorning },
    ...overrides,
  } as Tombstone;
}

/** The whole amount of `aBill()`, paid by UPI on 20 November 2026 and not yet decided. */
export function aPayment(overrides: Partial<Plain<Payment>> = {}): Payment {
  const { biller = exampleBiller, billId = "EP-2026-11-10023" } = overrides;
  const paidAt = Date.parse("2026-11-20T18:30:00+05:30");
  return {
    code: plainCode(biller, billId),
    biller,
    billId,
    source: "standard",
    paymentId: "pay_0001",
    amount: { value: 124_900, currency: "INR" },
    refunded: 0,
    confirmed: true,
    rail: "upi",
    paidAt,
    receivedAt: paidAt + 4_000,
    version: 1,
    progress: { done: [] },
    ...overrides,
  } as Payment;
}

/** A payment with everything a payment can hold: decided, partly refunded, its receipt under way. */
export function aFullPayment(overrides: Partial<Plain<Payment>> = {}): Required<Payment> {
  const payment = aPayment(overrides);
  const stop = { step: "receipt", hop: 1, channel: "sms", at: payment.paidAt + 5_000 } as const;
  return {
    ...payment,
    version: 3,
    refunded: 24_900,
    outcome: "full",
    decidedAt: payment.receivedAt + 1_000,
    hops: [{ channel: "whatsapp", wait: "PT30M", success: "delivered" }, { channel: "sms" }],
    references: ["razorpay:order_0001", "rrn:636512345678"],
    raw: "webhooks/example-power/standard/2026-11-20/5f1d0a9c",
    number: { year: 2026, n: 123 },
    awards: [
      { offer: "first-three", kind: "cashback", value: 3_500, state: "granted", at: payment.receivedAt + 2_000 },
      { offer: "tea", kind: "coupon", coupon: { n: 7, code: "TEA-0007" }, state: "reversed", at: payment.receivedAt },
      { offer: "spent", kind: "cashback", value: 1, state: "denied", reason: "budget-spent", at: payment.receivedAt },
    ] as unknown as NonNullable<Payment["awards"]>,
    resent: 1,
    progress: {
      cursor: cursorAt(stop, payment.biller, payment.receivedAt),
      claim: { step: "receipt", hop: 0, channel: "whatsapp", at: payment.receivedAt + 1_500, nonce: "q3Zt8vK1xWb0" },
      done: [],
    },
    ...overrides,
  } as Required<Payment>;
}

/** The notice of a payment of the whole `aBill()` that failed, whose message is due in two minutes. */
export function aNotice(overrides: Partial<Plain<PaymentNotice>> = {}): PaymentNotice {
  const { biller = exampleBiller } = overrides;
  const at = Date.parse("2026-11-20T18:30:00+05:30");
  const stop = { step: "failed", hop: 0, channel: "whatsapp", at: at + 120_000 } as const;
  return {
    code: plainCode(biller, "EP-2026-11-10023"),
    biller,
    kind: "payment-failed",
    key: "standard:pay_0001",
    amount: 124_900,
    at,
    hops: [{ channel: "whatsapp", wait: "PT30M", success: "delivered" }, { channel: "sms" }],
    progress: { done: [], cursor: cursorAt(stop, biller as BillerId, at) },
    version: 1,
    ...overrides,
  } as PaymentNotice;
}

/** A notice with everything a notice can hold: its second hop waits. */
export function aFullNotice(overrides: Partial<Plain<PaymentNotice>> = {}): PaymentNotice {
  const notice = aNotice(overrides);
  const stop = { step: "failed", hop: 1, channel: "sms", at: notice.at + 1_920_000 } as const;
  return {
    ...notice,
    version: 3,
    progress: {
      cursor: { ...cursorAt(stop, notice.biller, notice.at), redated: 1, refused: 2 },
      claim: { step: "failed", hop: 0, channel: "whatsapp", at: notice.at + 121_500, nonce: "q3Zt8vK1xWb0" },
      done: ["failed"],
      spared: [`failed#1#sms#${notice.at}`],
    },
    ...overrides,
  } as PaymentNotice;
}

/** An import of a CSV file that waits for its upload. */
export const anImport = (overrides: Partial<Plain<ImportRecord>> = {}): ImportRecord =>
  ({
    biller: exampleBiller,
    importId: "imp-0001",
    format: "csv",
    key: "imports/example-power/imp-0001.csv",
    createdAt: issueMorning,
    version: 1,
    status: "waiting",
    ignored: [],
    rows: 0,
    refused: 0,
    ranges: 0,
    queued: false,
    finished: "",
    registered: 0,
    amended: 0,
    unchanged: 0,
    rejected: 0,
    rejects: [],
    ...overrides,
  }) as ImportRecord;

/** ₹35 back on each of a customer's first three payments. */
export const anOffer = (overrides: Partial<Plain<Offer>> = {}): Offer =>
  ({
    id: "first-three",
    biller: exampleBiller,
    title: "₹35 back on each of your first three payments",
    kind: "cashback",
    amount: { value: 3_500, currency: "INR" },
    ...overrides,
  }) as Offer;

/** ₹35 granted to the payment of `aPayment()`. */
export const anAward = (overrides: Partial<Plain<Award>> = {}): Award =>
  ({
    offer: "first-three",
    kind: "cashback",
    title: "₹35 back on each of your first three payments",
    value: 3_500,
    state: "granted",
    at: issueMorning,
    ...overrides,
  }) as Award;
