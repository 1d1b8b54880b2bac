import type { Moment } from "../../functions/domain/local-time.ts";

/** What a payer's side may know of a payment when it tells of it. */
export type Naming = "bill" | "code" | "order" | "bill-and-order" | "nothing" | "foreign-code" | "other-bill";

/** One payment as it really is. */
export type TruePayment = {
  readonly key: string;
  readonly bill: string;
  readonly amount: number;
  readonly currency: string;
};

type CountedIn = { amount: number; refunded: number; paidAt: Moment; n: number };

/** A bill in the model: registered once `amount` is more than nothing. */
export type ModelBill = {
  amount: number;
  canceledAt?: Moment;
  /** The first moment after its last day. */
  expiresAt?: Moment;
  readonly counted: Map<string, CountedIn>;
};

/** A payment as the model knows it. */
export type ModelPayment = TruePayment & {
  confirmed: boolean;
  refunded: number;
  paidAt: Moment;
  /** The bill that counts it. */
  home?: string;
  /** Bills it waits for. */
  readonly waits: Set<string>;
  readonly names: Set<string>;
  outcome?: string;
};

type About = { readonly bill?: string | undefined; readonly isOnlyCode?: boolean; readonly order?: string | undefined };

/** Bills and payments in few lines: what is counted where, what it comes to, and what it was. */
export class PaymentModel {
  readonly bills = new Map<string, ModelBill>();
  readonly payments = new Map<string, ModelPayment>();
  /** Which bill each order leads to. */
  readonly orders = new Map<string, string>();

  bill(id: string): ModelBill {
    const known = this.bills.get(id) ?? { amount: 0, counted: new Map() };
    this.bills.set(id, known);
    return known;
  }

  isThere(id: string | undefined): id is string {
    return id !== undefined && this.bill(id).amount > 0;
  }

  /** The sum of the distinct payments less their refunds. */
  paid(id: string): number {
    return [...this.bill(id).counted.values()].reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);
  }

  status(id: string, now: Moment): string {
    const { amount, canceledAt, expiresAt } = this.bill(id);
    const paid = this.paid(id);
    if (canceledAt !== undefined) return "canceled";
    if (paid > amount) return "overpaid";
    if (paid === amount) return "paid";
    if (expiresAt !== undefined && now >= expiresAt) return "expired";
    return paid > 0 ? "part-paid" : "open";
  }

  /** Money, or money given back, is told of. */
  tellMoney(truth: TruePayment, told: { readonly refunded?: number; readonly now: Moment } & About): void {
    const payment = this.#paymentOf(truth, told.now);
    if (told.order) payment.names.add(told.order);
    // Of a refund before its payment the moment is the refund's.
    if (!payment.confirmed) payment.paidAt = told.now;
    payment.confirmed ||= told.refunded === undefined;
    payment.refunded = Math.max(payment.refunded, told.refunded ?? 0);
    const bill = this.#placeOf(payment, told);
    if (bill === undefined) return;
    if (this.isThere(bill) && payment.currency === "INR") this.#count(payment, bill);
    else payment.waits.add(bill);
  }

  /** What is told before money leaves only the way to its bill. */
  tellBefore(truth: TruePayment, { order, ...about }: About): void {
    const bill = this.#placeOf({ ...this.#paymentOf(truth, 0), names: new Set(order ? [order] : []) }, about);
    if (this.isThere(bill) && order && !this.orders.has(order)) this.orders.set(order, bill);
  }

  /** A bill comes: what waits for it is counted in the order of the keys. */
  register(id: string, amount: number, expiresAt?: Moment): void {
    const bill = this.bill(id);
    bill.amount = amount;
    if (expiresAt !== undefined) bill.expiresAt = expiresAt;
    const waiting = [...this.payments.values()].filter(
      ({ home, waits, currency }) => home === undefined && waits.has(id) && currency === "INR",
    );
    for (const payment of waiting.toSorted((a, b) => (a.key < b.key ? -1 : 1))) this.#count(payment, id);
  }

  #paymentOf(truth: TruePayment, now: Moment): ModelPayment {
    const known = this.payments.get(truth.key);
    if (known) return known;
    const payment = {
      ...truth,
      confirmed: false,
      refunded: 0,
      paidAt: now,
      waits: new Set<string>(),
      names: new Set<string>(),
    };
    if (now > 0) this.payments.set(truth.key, payment);
    return payment;
  }

  #placeOf(payment: ModelPayment, { bill, isOnlyCode, order }: About): string | undefined {
    if (payment.home !== undefined) return payment.home;
    if (this.isThere(bill)) return bill;
    const told = order && this.orders.get(order);
    if (told) return told;
    if (bill !== undefined && !isOnlyCode) return bill;
    const known = [...payment.names].map((name) => this.orders.get(name)).find((name) => name !== undefined);
    return known ?? [...payment.waits].at(-1);
  }

  #count(payment: ModelPayment, id: string): void {
    const bill = this.bill(id);
    payment.home = id;
    for (const name of payment.names) if (!this.orders.has(name)) this.orders.set(name, id);
    const n = bill.counted.get(payment.key)?.n ?? bill.counted.size;
    // A refund that names its payment's amount shows that there was one, though its success is not told yet.
    const refunded = Math.min(payment.refunded, payment.amount);
    const { amount } = payment;
    bill.counted.set(payment.key, { amount, refunded, paidAt: payment.paidAt, n });
    if (payment.confirmed) payment.outcome ??= this.#judge(payment, bill, n);
  }

  #judge({ paidAt, amount }: ModelPayment, bill: ModelBill, n: number): string {
    const before = [...bill.counted.values()]
      .filter((other) => other.n < n)
      .reduce((sum, other) => sum + other.amount - other.refunded, 0);
    if (before >= bill.amount) return "duplicate";
    if (bill.canceledAt !== undefined && bill.canceledAt <= paidAt) return "late";
    if (bill.expiresAt !== undefined && paidAt >= bill.expiresAt) return "late";
    const after = before + amount;
    if (after < bill.amount) return "partial";
    return after > bill.amount ? "over" : "full";
  }
}
