import { createHmac } from "node:crypto";
import * as z from "zod";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import { type Kept, unkept } from "../kept-state.ts";
import { checkoutPage, noCheckout, pressed, sentTo } from "./checkout-page.ts";
import {
  basicOf,
  checkoutPath,
  type Gateway,
  type GatewayOrder,
  type GatewaySurroundings,
  jsonIn,
  type PaidThere,
  type PaymentOutcome,
  paidThere,
  secretTexts,
} from "./gateway.ts";
import { type KeptPayment, RazorpayBooks } from "./razorpay-books.ts";
import { razorpayId } from "./razorpay-entities.ts";

/** A Payment Link as Razorpay tells of it, with whose it is. */
export interface KeptPaymentLink {
  readonly biller: string;
  readonly link: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly reference_id: string;
    readonly amount: number;
    readonly currency: string;
    readonly description: string;
    readonly status: string;
    readonly expire_by: number;
    readonly callback_url: string;
    readonly order_id: string | null;
    readonly payments: readonly { readonly payment_id: string }[] | null;
    readonly notes: Readonly<Record<string, string>>;
  };
}

const leastAheadSeconds = 15 * 60;

const Order = z.object({
  amount: z.int("The amount must be an integer.").min(100, "The amount must be atleast INR 1.00"),
  currency: z.literal("INR", "Currency is not supported"),
  accept_partial: z.boolean().default(false),
  expire_by: z.int(),
  reference_id: z.string().max(40, "The reference id may not be greater than 40 characters."),
  description: z.string().max(2048, "The description may not be greater than 2048 characters.").default(""),
  notes: z.record(z.string(), z.string().max(256)).default({}),
  notify: z.object({ sms: z.boolean(), email: z.boolean() }).default({ sms: false, email: false }),
  reminder_enable: z.boolean().default(false),
  callback_url: z.url().default(""),
  callback_method: z.literal("get").optional(),
});

const refusal = (status: number, description: string, reason = "input_validation_failed"): HttpAnswer =>
  jsonAnswer(status, {
    error: {
      code: status >= 500 ? "SERVER_ERROR" : "BAD_REQUEST_ERROR",
      description,
      source: "business",
      step: "payment_initiation",
      reason,
      metadata: {},
    },
  });

/** What Razorpay keeps: its Payment Links, and the payments in its books. */
export interface RazorpayShelves {
  readonly links: Kept<KeptPaymentLink>;
  readonly payments: Kept<KeptPayment>;
}

/** Razorpay: Payment Links and the books below `/v1`, and the hosted checkout at `/pay/{id}`; expiry goes by virtual time. */
export class PlayedRazorpay implements Gateway {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptPaymentLink>;
  readonly #books: RazorpayBooks;

  constructor(where: GatewaySurroundings, kept: Partial<RazorpayShelves> = {}) {
    this.#where = where;
    this.#kept = kept.links ?? unkept();
    this.#books = new RazorpayBooks(where, kept.payments ?? unkept());
  }

  async handle(request: HttpRequest): Promise<HttpAnswer> {
    const [, id] = checkoutPath.exec(request.path) ?? [];
    if (id !== undefined) return this.#checkout(id, request);
    const [keyId, keySecret] = basicOf(request);
    const account = this.#where.accounts().find(({ secrets }) => {
      const keys = secretTexts(secrets, "razorpay");
      return keys["keyId"] === keyId && keys["keySecret"] === keySecret;
    });
    return account ? this.#answer(account.biller, request) : refusal(401, "Authentication failed");
  }

  throttled(): HttpAnswer {
    return refusal(429, "Too many requests");
  }

  broken(): HttpAnswer {
    return refusal(500, "We are facing some trouble completing your request at the moment.", "server_error");
  }

  /** At the open Payment Link for this bill and amount; where there is none, for an order of its own. */
  async pay({ biller, billId, code, title, amount, outcome, paymentId }: GatewayOrder): Promise<PaidThere> {
    const open = this.#all().find(
      (one) =>
        one.biller === biller &&
        one.link.reference_id.startsWith(`${code}.`) &&
        one.link.status === "created" &&
        one.link.amount === amount.value,
    );
    if (open && paymentId === undefined) return this.#told(this.#tryAt(open, outcome));
    const attempt = { biller, amount, outcome, receipt: billId, notes: { biller, billId }, description: title };
    return this.#told(this.#books.attempt({ ...attempt, ...(paymentId !== undefined && { paymentId }) }));
  }

  async refund(paymentId: string, value?: number): Promise<PaidThere | undefined> {
    const refunded = await this.#books.refund(paymentId, value);
    return refunded && paidThere(paymentId, refunded.answered);
  }

  #answer(biller: string, request: HttpRequest): HttpAnswer {
    const { method, path, query, body } = request;
    const booked = this.#books.answer(biller, request);
    if (booked) return booked;
    const mine = this.#all().filter((one) => one.biller === biller);
    if (path === "/v1/payment_links" && method === "POST") return this.#create(biller, body);
    if (path === "/v1/payment_links" && method === "GET") {
      const [reference, payment] = [query.get("reference_id"), query.get("payment_id")];
      const links = mine
        .map(({ link }) => link)
        .filter((link) => !reference || link.reference_id === reference)
        .filter((link) => !payment || link.payments?.some(({ payment_id: id }) => id === payment));
      return jsonAnswer(200, { payment_links: links });
    }
    const [, id, isCancel] = /^\/v1\/payment_links\/(plink_[A-Za-z0-9]+)(\/cancel)?$/.exec(path) ?? [];
    const found = mine.find(({ link }) => link.id === id);
    if (!found) return refusal(400, "The id provided does not exist");
    if (isCancel === undefined) return jsonAnswer(200, found.link);
    if (found.link.status !== "created")
      return refusal(400, `Payment Link cannot be cancelled as it is ${found.link.status}`);
    return jsonAnswer(200, this.#change(found, { status: "cancelled", cancelled_at: this.#now() }).link);
  }

  #create(biller: string, body: Buffer): HttpAnswer {
    const order = Order.safeParse(jsonIn(body));
    if (!order.success) return refusal(400, order.error.issues[0]?.message ?? "invalid");
    const { callback_method: _method, ...given } = order.data;
    const now = this.#now();
    if (given.expire_by < now + leastAheadSeconds)
      return refusal(400, "timestamp must be atleast 15 minutes in future");
    if (this.#all().some((one) => one.biller === biller && one.link.reference_id === given.reference_id))
      return refusal(400, "payment link creation with reference ID already attempted");
    const id = razorpayId("plink");
    const link = {
      ...given,
      ...{
        id,
        status: "created",
        amount_paid: 0,
        short_url: `${this.#where.baseUrl}/razorpay/pay/${id}`,
        customer: {},
      },
      ...{ created_at: now, updated_at: now, cancelled_at: 0, expired_at: 0 },
      ...{ order_id: null, payments: null, upi_link: false, first_min_partial_amount: 0, user_id: "" },
    };
    this.#kept.put(id, { biller, link });
    return jsonAnswer(200, link);
  }

  async #checkout(id: string, { method, body }: HttpRequest): Promise<HttpAnswer> {
    const found = this.#all().find(({ link }) => link.id === id);
    if (!found) return noCheckout;
    const { link } = found;
    const state = link.status === "created" ? "open" : link.status;
    const amount = { value: link.amount, currency: link.currency };
    if (method === "GET") return checkoutPage({ gateway: "Razorpay", title: link.description, amount, state });
    if (pressed(body) !== "pay" || state !== "open") return sentTo(link.callback_url);
    const { paymentId } = await this.#told(this.#tryAt(found, "paid"));
    return sentTo(this.#callbackOf(found, paymentId));
  }

  /** Payments and orders made at a link inherit its notes. */
  #tryAt(found: KeptPaymentLink, outcome: PaymentOutcome): KeptPayment {
    const { biller, link } = found;
    const held = this.#books.attempt({
      ...{ biller, outcome, receipt: link.reference_id, notes: link.notes, orderId: link.order_id },
      amount: { value: link.amount, currency: link.currency },
      description: `#${link.id.replace("plink_", "")}`,
    });
    this.#change(found, { order_id: held.order.id });
    return held;
  }

  /** Tells of a try; where it paid the order of a link, the link is paid. */
  async #told(held: KeptPayment): Promise<PaidThere> {
    const { payment, order } = held;
    const at = this.#all().find(({ link }) => link.order_id === order.id);
    const { id: payment_id, amount, created_at, method } = payment;
    const payments = [{ payment_id, amount, created_at, method, plink_id: at?.link.id, status: "captured" }];
    const paid = { status: "paid", amount_paid: order.amount, payments };
    const link = at && payment.captured ? this.#change(at, paid).link : at?.link;
    return paidThere(payment.id, await this.#books.tell(held, link));
  }

  #callbackOf({ biller, link }: KeptPaymentLink, paymentId: string): string {
    const { secrets = {} } = this.#where.accounts().find((one) => one.biller === biller) ?? {};
    const { keySecret = "" } = secretTexts(secrets, "razorpay");
    const signed = [link.id, link.reference_id, "paid", paymentId].join("|");
    const url = new URL(link.callback_url);
    for (const [name, value] of Object.entries({
      razorpay_payment_id: paymentId,
      razorpay_payment_link_id: link.id,
      razorpay_payment_link_reference_id: link.reference_id,
      razorpay_payment_link_status: "paid",
      razorpay_signature: createHmac("sha256", keySecret).update(signed).digest("hex"),
    }))
      url.searchParams.set(name, value);
    return url.href;
  }

  #now(): number {
    return Math.floor(this.#where.now() / 1_000);
  }

  /** Every link as it stands at this moment. */
  #all(): readonly KeptPaymentLink[] {
    const now = this.#now();
    return [...this.#kept.entries().values()].map(({ biller, link }) => {
      const isOver = link.status === "created" && now >= link.expire_by;
      return { biller, link: isOver ? { ...link, status: "expired", expired_at: link.expire_by } : link };
    });
  }

  #change(found: KeptPaymentLink, changes: object): KeptPaymentLink {
    const changed = { ...found, link: { ...found.link, ...changes, updated_at: this.#now() } };
    this.#kept.put(found.link.id, changed);
    return changed;
  }
}
