import { randomInt, randomUUID } from "node:crypto";
import { notFound } from "../../functions/domain/errors.ts";
import { type CurrencyCode, toDecimal } from "../../functions/domain/money.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import { type Kept, unkept } from "../kept-state.ts";
import {
  bearerOf,
  type Gateway,
  type GatewayMoney,
  type GatewayOrder,
  type GatewaySurroundings,
  type PaidThere,
  paidThere,
  refundOf,
  secretTexts,
} from "./gateway.ts";

/** A payment at Mercado Pago, with whose it is; amounts in minor units until they are told. */
export interface KeptMercadoPago {
  readonly biller: string;
  readonly id: string;
  readonly billId: string;
  readonly title: string;
  readonly amount: GatewayMoney;
  readonly status: "approved" | "in_process" | "rejected" | "refunded";
  readonly createdAt: number;
  readonly changedAt: number;
  readonly approvedAt: number | null;
  readonly refunds: readonly { readonly id: number; readonly value: number; readonly at: number }[];
}

const statuses = { paid: "approved", pending: "in_process", failed: "rejected" } as const;
const details = {
  ...{ approved: "accredited", in_process: "pending_contingency", rejected: "cc_rejected_other_reason" },
  refunded: "refunded",
};
const mostResults = 1_000;

const refusal = (status: number, error: string, message: string): HttpAnswer =>
  jsonAnswer(status, { message, error, status, cause: [] });

/** In Brasília's time, which never moves: `2026-11-21T10:00:00.000-03:00`. */
const timeText = (at: number): string => `${new Date(at - 3 * 3_600_000).toISOString().slice(0, -1)}-03:00`;

/** Mercado Pago's Payments API below `/v1`: it tells only that something happened, what it was is to be asked. It has no page here: payments are made by `/sandbox/pay`. */
export class PlayedMercadoPago implements Gateway {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptMercadoPago>;

  constructor(where: GatewaySurroundings, kept: Kept<KeptMercadoPago> = unkept()) {
    this.#where = where;
    this.#kept = kept;
  }

  async handle(request: HttpRequest): Promise<HttpAnswer> {
    const token = bearerOf(request);
    const account = this.#where
      .accounts()
      .find(({ secrets }) => secretTexts(secrets, "mercado-pago")["accessToken"] === token);
    if (!account) return refusal(401, "unauthorized", "invalid access token");
    const { method, path, query } = request;
    const mine = [...this.#kept.entries().values()].filter(({ biller }) => biller === account.biller);
    if (method === "GET" && path === "/v1/payments/search") return search(mine, query);
    const [, id] = /^\/v1\/payments\/(\d{1,20})$/.exec(path) ?? [];
    const found = mine.find((one) => one.id === id);
    return method === "GET" && found ? jsonAnswer(200, shown(found)) : refusal(404, "not_found", "Payment not found");
  }

  throttled(): HttpAnswer {
    return refusal(429, "too_many_requests", "Too many requests");
  }

  broken(): HttpAnswer {
    return refusal(500, "internal_error", "internal_error");
  }

  async pay({ biller, billId, title, amount, outcome, paymentId }: GatewayOrder): Promise<PaidThere> {
    const now = this.#where.now();
    const going = paymentId === undefined ? undefined : this.#kept.entries().get(paymentId);
    if (paymentId !== undefined && (going?.biller !== biller || going.status === "approved"))
      throw notFound("Mercado Pago holds no payment of this id that is still open");
    const id = going?.id ?? String(randomInt(100_000_000_000, 200_000_000_000));
    const begun = going ?? { biller, id, billId, title, amount, createdAt: now, refunds: [] };
    const approvedAt = outcome === "paid" ? now : null;
    this.#kept.put(id, { ...begun, status: statuses[outcome], changedAt: now, approvedAt });
    if (outcome === "paid") this.#where.paid?.({ gateway: "mercado-pago", biller, billId, paymentId: id, amount });
    return paidThere(id, await this.#tell(biller, id, going ? "payment.updated" : "payment.created"));
  }

  async refund(paymentId: string, value?: number): Promise<PaidThere | undefined> {
    const found = this.#kept.entries().get(paymentId);
    if (!found) return undefined;
    const left = found.approvedAt === null ? 0 : found.amount.value - refundedOf(found);
    const refund = { id: randomInt(1_000_000_000, 2_000_000_000), value: refundOf(left, value), at: this.#where.now() };
    const status = refund.value === left ? "refunded" : found.status;
    this.#kept.put(paymentId, { ...found, status, refunds: [...found.refunds, refund], changedAt: refund.at });
    return paidThere(paymentId, await this.#tell(found.biller, paymentId, "payment.updated"));
  }

  /** Never says more than which payment it is. */
  #tell(biller: string, id: string, action: string): Promise<number | undefined> {
    const body = JSON.stringify({
      ...{ action, api_version: "v1", data: { id }, date_created: new Date(this.#where.now()).toISOString() },
      ...{ id: randomInt(100_000_000_000), live_mode: false, type: "payment", user_id: "44444" },
    });
    const query = { "data.id": id, type: "payment" };
    return this.#where.tell({ gateway: "mercado-pago", biller, id: randomUUID(), body, query });
  }
}

const refundedOf = ({ refunds }: KeptMercadoPago): number => refunds.reduce((sum, { value }) => sum + value, 0);

function shown(payment: KeptMercadoPago): object {
  const { biller, id, billId, title, amount, status, createdAt, changedAt, approvedAt, refunds } = payment;
  // A decimal number, as the gateway writes it: 129.9 for 129.90.
  const decimal = (value: number): number => Number(toDecimal({ value, currency: amount.currency as CurrencyCode }));
  return {
    ...{ id: Number(id), status, status_detail: details[status], description: title, live_mode: false },
    ...{ date_created: timeText(createdAt), date_last_updated: timeText(changedAt) },
    date_approved: approvedAt === null ? null : timeText(approvedAt),
    ...{ operation_type: "regular_payment", payment_method_id: "pix", payment_type_id: "bank_transfer" },
    ...{ currency_id: amount.currency, transaction_amount: decimal(amount.value) },
    ...{ transaction_amount_refunded: decimal(refundedOf(payment)), coupon_amount: 0, taxes_amount: 0 },
    ...{ external_reference: billId, metadata: { biller, bill_id: billId }, payer: { type: null, id: null } },
    refunds: refunds.map(({ id: refundId, value, at }) => ({
      ...{ id: refundId, payment_id: Number(id), amount: decimal(value), status: "approved" },
      date_created: timeText(at),
    })),
  };
}

const sortable = {
  id: ({ id }: KeptMercadoPago): number => Number(id),
  date_created: ({ createdAt }: KeptMercadoPago): number => createdAt,
  date_last_updated: ({ changedAt }: KeptMercadoPago): number => changedAt,
  date_approved: ({ approvedAt }: KeptMercadoPago): number => approvedAt ?? 0,
};
type Sortable = keyof typeof sortable;

const isSortable = (name: string): name is Sortable => Object.hasOwn(sortable, name);

/** Pages of the payments of a span that counts both its ends (Mercado Pago, "Search payments"). */
function search(all: readonly KeptMercadoPago[], query: URLSearchParams): HttpAnswer {
  const named = (name: string, otherwise: Sortable): Sortable => {
    const given = query.get(name) ?? otherwise;
    return isSortable(given) ? given : otherwise;
  };
  const [range, sort] = [sortable[named("range", "date_created")], sortable[named("sort", "date_created")]];
  const moment = (name: string, otherwise: number): number => Date.parse(query.get(name) ?? "") || otherwise;
  const [from, to] = [moment("begin_date", 0), moment("end_date", Number.MAX_SAFE_INTEGER)];
  const sign = query.get("criteria") === "asc" ? 1 : -1;
  const asked = ["external_reference", "status"].map((name) => [name, query.get(name)] as const);
  const found = all
    .filter((one) => range(one) >= from && range(one) <= to)
    .filter(({ billId, status }) =>
      asked.every(([name, value]) => value === null || value === (name === "status" ? status : billId)),
    )
    .sort((left, right) => sign * (sort(left) - sort(right)));
  const offset = Number(query.get("offset") ?? 0);
  const limit = Math.min(Number(query.get("limit") ?? 30), mostResults);
  const results = found.slice(offset, offset + limit).map(shown);
  return jsonAnswer(200, { paging: { total: found.length, limit, offset }, results });
}
