import { notFound } from "../../functions/domain/errors.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import type { Kept } from "../kept-state.ts";
import type { GatewayMoney, GatewaySurroundings, GatewayWebhook, PaymentOutcome } from "./gateway.ts";
import { refundOf, tellAll } from "./gateway.ts";
import {
  declined,
  eventBody,
  type Notes,
  newOrder,
  newPayment,
  noFault,
  type RazorpayOrder,
  type RazorpayPayment,
  type RazorpayRefund,
  razorpayId,
} from "./razorpay-entities.ts";

/** A payment in Razorpay's books, with whose it is, the order it was for and what was given back of it. */
export interface KeptPayment {
  readonly biller: string;
  readonly payment: RazorpayPayment;
  readonly order: RazorpayOrder;
  readonly refunds: readonly RazorpayRefund[];
}

/** A try to pay: for an order that is there, or for one of its own. */
export interface Try {
  readonly biller: string;
  readonly amount: GatewayMoney;
  readonly receipt: string;
  readonly notes: Notes;
  /** What the payment is described by; Razorpay writes `#` and the id of the Payment Link. */
  readonly description: string;
  readonly outcome: PaymentOutcome;
  readonly orderId?: string | null;
  /** A payment that goes on. */
  readonly paymentId?: string;
}

const mostItems = 100;

/** The payments, orders and refunds of Razorpay's accounts, and who is told of them. */
export class RazorpayBooks {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptPayment>;

  constructor(where: GatewaySurroundings, kept: Kept<KeptPayment>) {
    this.#where = where;
    this.#kept = kept;
  }

  /** The payment as it stands after the try; throws `not-found` where one is to go on that cannot. */
  attempt({ biller, amount, receipt, notes, description, outcome, orderId, paymentId }: Try): KeptPayment {
    const now = this.#now();
    const going = paymentId === undefined ? undefined : this.#unsettled(biller, paymentId);
    const order = going?.order ?? this.#orderOf(biller, orderId) ?? newOrder({ amount, receipt, notes, now });
    const payment = going?.payment ?? { ...newPayment(order, { amount, notes, now }), description };
    const kept: KeptPayment = {
      biller,
      payment: { ...payment, ...changesOf(outcome, payment) },
      order: {
        ...order,
        attempts: order.attempts + (going ? 0 : 1),
        ...(outcome === "paid"
          ? { status: "paid", amount_paid: order.amount, amount_due: 0 }
          : { status: order.status === "paid" ? "paid" : "attempted" }),
      },
      refunds: [],
    };
    this.#kept.put(kept.payment.id, kept);
    const { billId = "" } = notes;
    if (outcome === "paid")
      this.#where.paid?.({ gateway: "razorpay", biller, billId, paymentId: kept.payment.id, amount });
    return kept;
  }

  /** Tells the merchant of a try, with the Payment Link it was made at; the worst answer. */
  tell({ biller, payment, order }: KeptPayment, paymentLink?: object): Promise<number | undefined> {
    if (payment.status === "failed") return this.#tell(biller, [["payment.failed", { payment }]]);
    if (payment.status === "authorized") return this.#tell(biller, [["payment.authorized", { payment }]]);
    const linked: readonly Told[] = paymentLink
      ? [["payment_link.paid", { payment_link: paymentLink, order, payment }]]
      : [];
    const paid: readonly Told[] = [
      ["payment.captured", { payment }],
      ["order.paid", { payment, order }],
    ];
    return this.#tell(biller, [...linked, ...paid]);
  }

  /** Gives money back and tells of it; undefined for a payment that is not here. */
  async refund(paymentId: string, value?: number): Promise<{ readonly answered: number | undefined } | undefined> {
    const found = this.#kept.entries().get(paymentId);
    if (!found) return undefined;
    const { biller, payment } = found;
    const left = payment.captured ? payment.amount - payment.amount_refunded : 0;
    const amount = refundOf(left, value);
    const isFull = amount === left;
    const refund: RazorpayRefund = {
      ...{ id: razorpayId("rfnd"), entity: "refund", amount, currency: payment.currency, payment_id: paymentId },
      ...{ notes: [], receipt: null, acquirer_data: { arn: null }, created_at: this.#now(), batch_id: null },
      ...{ status: "processed", speed_processed: "normal", speed_requested: "normal" },
    };
    const changed: KeptPayment = {
      ...found,
      payment: {
        ...payment,
        amount_refunded: payment.amount_refunded + amount,
        refund_status: isFull ? "full" : "partial",
        status: isFull ? "refunded" : "captured",
      },
      refunds: [...found.refunds, refund],
    };
    this.#kept.put(paymentId, changed);
    return { answered: await this.#tell(biller, [["refund.processed", { refund, payment: changed.payment }]]) };
  }

  /** Answers `/v1/payments…`, `/v1/orders…` and `/v1/refunds`; undefined for anything else. */
  answer(biller: string, { method, path, query }: HttpRequest): HttpAnswer | undefined {
    if (method !== "GET") return undefined;
    const mine = [...this.#kept.entries().values()].filter((one) => one.biller === biller);
    if (path === "/v1/payments")
      return collection(
        mine.map(({ payment }) => payment),
        query,
      );
    if (path === "/v1/refunds")
      return collection(
        mine.flatMap(({ refunds }) => refunds),
        query,
      );
    const [, kind, id, below] =
      /^\/v1\/(payments|orders)\/([A-Za-z]+_[A-Za-z0-9]+)(?:\/(payments|refunds))?$/.exec(path) ?? [];
    if (kind === undefined) return undefined;
    const found = mine.filter(({ payment, order }) => (kind === "orders" ? order : payment).id === id);
    const last = found.at(-1);
    if (!last) return undefined;
    if (below === "payments")
      return collection(
        found.map(({ payment }) => payment),
        query,
      );
    if (below === "refunds") return collection(last.refunds, query);
    return jsonAnswer(200, kind === "orders" ? last.order : last.payment);
  }

  #unsettled(biller: string, paymentId: string): KeptPayment {
    const found = this.#kept.entries().get(paymentId);
    if (found?.biller === biller && !found.payment.captured) return found;
    throw notFound("Razorpay holds no payment of this id that is still open");
  }

  #orderOf(biller: string, orderId: string | null | undefined): RazorpayOrder | undefined {
    const held = [...this.#kept.entries().values()].filter((one) => one.biller === biller && one.order.id === orderId);
    return held.at(-1)?.order;
  }

  #tell(biller: string, told: readonly Told[]): Promise<number | undefined> {
    const webhooks = told.map(
      ([event, entities]): GatewayWebhook => ({
        ...{ gateway: "razorpay", biller, id: razorpayId("evt"), body: eventBody(event, this.#now(), entities) },
      }),
    );
    return tellAll(this.#where.tell, webhooks);
  }

  #now(): number {
    return Math.floor(this.#where.now() / 1_000);
  }
}

type Told = readonly [event: string, entities: Readonly<Record<string, object>>];

/** What an outcome changes of a payment; a late authorization makes a failed one whole. */
function changesOf(outcome: PaymentOutcome, { amount }: RazorpayPayment): Partial<RazorpayPayment> {
  if (outcome === "failed") return { status: "failed", captured: false, ...declined };
  if (outcome === "pending") return { status: "authorized", captured: false, ...noFault };
  const tax = Math.round(amount * 0.0036);
  return { status: "captured", captured: true, ...noFault, fee: Math.round(amount * 0.02) + tax, tax };
}

/** The newest first, of a span that counts both its ends. */
function collection(all: readonly { readonly created_at: number }[], query: URLSearchParams): HttpAnswer {
  const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
  const [from, to] = [number("from", 0), number("to", Number.MAX_SAFE_INTEGER)];
  const [skip, count] = [number("skip", 0), Math.min(number("count", 10), mostItems)];
  const found = all.filter(({ created_at: at }) => at >= from && at <= to).reverse();
  const items = found.sort((left, right) => right.created_at - left.created_at).slice(skip, skip + count);
  return jsonAnswer(200, { entity: "collection", count: items.length, items });
}
