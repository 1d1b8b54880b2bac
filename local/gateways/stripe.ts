import { stripeAmount } from "../../functions/adapters/stripe-amount.ts";
import { CurrencyCode } from "../../functions/domain/money.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import { type Kept, unkept } from "../kept-state.ts";
import { refuse } from "../sandbox-input.ts";
import { checkoutPage, noCheckout, pressed, sentTo } from "./checkout-page.ts";
import {
  bearerOf,
  checkoutPath,
  type Gateway,
  type GatewayOrder,
  type GatewaySurroundings,
  type PaidThere,
  type PaymentOutcome,
  paidThere,
  secretTexts,
} from "./gateway.ts";
import { type KeptIntent, StripeBooks, type StripeEvent } from "./stripe-books.ts";
import { stripeId } from "./stripe-entities.ts";
import { orderFault } from "./stripe-order.ts";

/** A Checkout Session as Stripe tells of it, with whose it is. */
export interface KeptSession {
  readonly biller: string;
  readonly title: string;
  /** What the merchant wrote on the payment itself. */
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly status: string;
    readonly amount_total: number;
    readonly currency: string;
    readonly expires_at: number;
    readonly success_url: string;
    readonly cancel_url: string;
    readonly client_reference_id: string;
    readonly payment_intent: string | null;
  };
}

/** The first answer to an idempotency key, with what was asked. */
interface FirstAnswer {
  readonly asked: string;
  readonly answer: HttpAnswer;
  readonly at: number;
}

const keysKeptMs = 24 * 3_600_000;

const refusal = (status: number, error: { type: string; message: string; code?: string; param?: string }): HttpAnswer =>
  jsonAnswer(status, { error });

const replayed = ({ status, headers, body }: HttpAnswer): HttpAnswer => ({
  status,
  headers: { ...headers, "idempotent-replayed": "true" },
  body,
});

/** What Stripe keeps: its Checkout Sessions, and the payments in its books. */
export interface StripeShelves {
  readonly sessions: Kept<KeptSession>;
  readonly intents: Kept<KeptIntent>;
}

/** Stripe: Checkout Sessions with idempotency keys and the books below `/v1`, and the hosted checkout at `/pay/{id}`. */
export class PlayedStripe implements Gateway {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptSession>;
  readonly #books: StripeBooks;
  readonly #first = new Map<string, FirstAnswer>();

  constructor(where: GatewaySurroundings, kept: Partial<StripeShelves> = {}) {
    this.#where = where;
    this.#kept = kept.sessions ?? unkept();
    this.#books = new StripeBooks(where, kept.intents ?? unkept());
  }

  async handle(request: HttpRequest): Promise<HttpAnswer> {
    const [, id] = checkoutPath.exec(request.path) ?? [];
    if (id !== undefined) return this.#checkout(id, request);
    const key = bearerOf(request);
    const account = this.#where.accounts().find(({ secrets }) => secretTexts(secrets, "stripe")["secretKey"] === key);
    if (!account) return refusal(401, { type: "invalid_request_error", message: "Invalid API Key provided" });
    return this.#answer(account.biller, request);
  }

  throttled(): HttpAnswer {
    return refusal(429, { type: "invalid_request_error", code: "rate_limit", message: "Too many requests" });
  }

  /** Stripe keeps its first answer to a key even where it is a fault of its own. */
  broken(request: HttpRequest): HttpAnswer {
    const message = "Something went wrong on Stripe's end.";
    return this.#idempotent(request, () => refusal(500, { type: "api_error", message }));
  }

  /** At the open session for this bill and amount; where there is none, by an intent of its own. */
  async pay({ biller, billId, amount, outcome, paymentId }: GatewayOrder): Promise<PaidThere> {
    const { data: code } = CurrencyCode.safeParse(amount.currency);
    const charged = code && stripeAmount({ value: amount.value, currency: code });
    if (charged === undefined) throw refuse("amount", "is none that Stripe can charge");
    const open = [...this.#kept.entries().keys()]
      .map((id) => this.#find(id))
      .find((one) => one?.session.status === "open" && isFor(one, { biller, billId, charged, amount }));
    if (open && paymentId === undefined) return this.#payAt(open, outcome);
    const metadata = { biller, billId };
    const begun = { biller, outcome, amount: charged, currency: amount.currency.toLowerCase(), metadata };
    const held = this.#books.attempt({ ...begun, ...(paymentId !== undefined && { intentId: paymentId }) });
    const at = [...this.#kept.entries().values()].find(({ session }) => session.payment_intent === held.intent.id);
    return at ? this.#told(at, held) : paidThere(held.intent.id, await this.#books.told(held));
  }

  async refund(paymentId: string, value?: number): Promise<PaidThere | undefined> {
    const refunded = await this.#books.refund(paymentId, value);
    return refunded && paidThere(paymentId, refunded.answered);
  }

  #answer(biller: string, request: HttpRequest): HttpAnswer {
    const { method, path, body } = request;
    const booked = this.#books.answer(biller, request);
    if (booked) return booked;
    if (path === "/v1/checkout/sessions" && method === "POST") {
      const order = new URLSearchParams(body.toString("utf8"));
      return this.#idempotent(request, () => {
        const fault = orderFault(order, this.#now());
        return fault ? refusal(400, { type: "invalid_request_error", ...fault }) : this.#create(biller, order);
      });
    }
    const [, id = "", isExpire] = /^\/v1\/checkout\/sessions\/(cs_\w+)(\/expire)?$/.exec(path) ?? [];
    const found = this.#find(id);
    if (found?.biller !== biller)
      return refusal(404, { type: "invalid_request_error", code: "resource_missing", message: "No such session" });
    if (isExpire === undefined) return jsonAnswer(200, found.session);
    if (found.session.status !== "open") {
      const message = 'Only Checkout Sessions with a status in ["open"] can be expired.';
      return refusal(400, { type: "invalid_request_error", message });
    }
    return jsonAnswer(200, this.#change(found, { status: "expired", url: null }).session);
  }

  #create(biller: string, order: URLSearchParams): HttpAnswer {
    const of = (name: string): string => order.get(name) ?? "";
    const price = "line_items[0][price_data]";
    const id = stripeId("cs_test");
    const session = {
      ...{ id, object: "checkout.session", mode: "payment", status: "open", payment_status: "unpaid", livemode: false },
      amount_total: Number(of(`${price}[unit_amount]`)),
      currency: of(`${price}[currency]`),
      client_reference_id: of("client_reference_id"),
      metadata: metadataIn(order, "metadata"),
      ...{ created: this.#now(), expires_at: Number(of("expires_at")), payment_intent: null },
      ...{ success_url: of("success_url"), cancel_url: of("cancel_url") },
      url: `${this.#where.baseUrl}/stripe/pay/${id}`,
    };
    const intentMetadata = metadataIn(order, "payment_intent_data[metadata]");
    this.#kept.put(id, { biller, title: of(`${price}[product_data][name]`), intentMetadata, session });
    return jsonAnswer(200, session);
  }

  /** What does not pass the checks is not kept under its key: nothing was begun. */
  #idempotent({ headers, body }: HttpRequest, begin: () => HttpAnswer): HttpAnswer {
    const key = headers["idempotency-key"];
    const asked = body.toString("utf8");
    const known = key === undefined ? undefined : this.#first.get(key);
    if (known && this.#where.now() - known.at < keysKeptMs) {
      if (known.asked === asked) return replayed(known.answer);
      const message =
        "Keys for idempotent requests can only be used with the same parameters they were first used with.";
      return refusal(400, { type: "idempotency_error", message });
    }
    const answer = begin();
    if (key !== undefined && answer.status !== 400) this.#first.set(key, { asked, answer, at: this.#where.now() });
    return answer;
  }

  async #checkout(id: string, { method, body }: HttpRequest): Promise<HttpAnswer> {
    const found = this.#find(id);
    if (!found) return noCheckout;
    const { title, session } = found;
    const amount = { value: session.amount_total, currency: session.currency.toUpperCase() };
    if (method === "GET") return checkoutPage({ gateway: "Stripe", title, amount, state: session.status });
    if (session.status !== "open" || pressed(body) !== "pay") return sentTo(session.cancel_url);
    await this.#payAt(found, "paid");
    return sentTo(session.success_url);
  }

  /** A declined card leaves the session open; a delayed method completes it before the money is there. */
  async #payAt(found: KeptSession, outcome: PaymentOutcome): Promise<PaidThere> {
    const { biller, session, intentMetadata: metadata } = found;
    const { amount_total: amount, currency, payment_intent: known } = session;
    const begun = { biller, outcome, amount, currency, metadata };
    const held = this.#books.attempt({ ...begun, ...(known !== null && { intentId: known }) });
    const there = this.#change(found, { payment_intent: held.intent.id });
    return this.#told(there, held);
  }

  async #told(at: KeptSession, held: KeptIntent): Promise<PaidThere> {
    const { intent, biller } = held;
    const isPaid = intent.status === "succeeded";
    const before = at.session.status;
    const complete = { status: "complete", url: null, payment_status: isPaid ? "paid" : "unpaid" };
    const { session } = intent.status === "requires_payment_method" ? at : this.#change(at, complete);
    if (isPaid) {
      const amount = { value: intent.amount, currency: intent.currency.toUpperCase() };
      const billId = session.client_reference_id;
      this.#where.paid?.({ gateway: "stripe", biller, billId, paymentId: intent.id, amount });
    }
    const async = `checkout.session.async_payment_${isPaid ? "succeeded" : "failed"}`;
    const name = before === "open" ? "checkout.session.completed" : async;
    const isTold = before === "complete" || session.status === "complete";
    const first: readonly StripeEvent[] = isTold ? [[name, session]] : [];
    return paidThere(intent.id, await this.#books.told(held, first));
  }

  #now(): number {
    return Math.floor(this.#where.now() / 1_000);
  }

  /** A session as it stands at this moment. */
  #find(id: string): KeptSession | undefined {
    const found = this.#kept.entries().get(id);
    if (found?.session.status !== "open" || this.#now() < found.session.expires_at) return found;
    return { ...found, session: { ...found.session, status: "expired", url: null } };
  }

  #change(found: KeptSession, changes: object): KeptSession {
    const changed = { ...found, session: { ...found.session, ...changes } };
    this.#kept.put(found.session.id, changed);
    return changed;
  }
}

interface Wanted extends Pick<GatewayOrder, "biller" | "billId" | "amount"> {
  readonly charged: number;
}

const isFor = ({ biller, session }: KeptSession, wanted: Wanted): boolean =>
  biller === wanted.biller &&
  session.client_reference_id === wanted.billId &&
  session.amount_total === wanted.charged &&
  session.currency === wanted.amount.currency.toLowerCase();

/** What a merchant wrote under a name, `metadata[billId]=…`. */
function metadataIn(order: URLSearchParams, name: string): Readonly<Record<string, string>> {
  const start = `${name}[`;
  const written = [...order].filter(([key]) => key.startsWith(start) && key.endsWith("]"));
  return Object.fromEntries(written.map(([key, value]) => [key.slice(start.length, -1), value]));
}
