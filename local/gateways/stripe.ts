import { randomBytes } from "node:crypto";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import { type Kept, unkept } from "../kept-state.ts";
import { checkoutPage, noCheckout, pressed, sentTo } from "./checkout-page.ts";
import { bearerOf, checkoutPath, type Gateway, type GatewaySurroundings, secretTexts } from "./gateway.ts";
import { orderFault } from "./stripe-order.ts";

/** A Checkout Session as Stripe tells of it, with whose it is. */
export interface KeptSession {
  readonly biller: string;
  readonly title: string;
  readonly session: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly status: string;
    readonly amount_total: number;
    readonly currency: string;
    readonly expires_at: number;
    readonly success_url: string;
    readonly cancel_url: string;
    readonly client_reference_id: string;
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

/** Stripe's Checkout Sessions: `/v1/checkout/sessions`, with idempotency keys, and the hosted checkout at `/pay/{id}`. */
export class PlayedStripe implements Gateway {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptSession>;
  readonly #first = new Map<string, FirstAnswer>();

  constructor(where: GatewaySurroundings, kept: Kept<KeptSession> = unkept()) {
    this.#where = where;
    this.#kept = kept;
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

  #answer(biller: string, request: HttpRequest): HttpAnswer {
    const { method, path, body } = request;
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
    const id = `cs_test_${randomBytes(16).toString("hex")}`;
    const session = {
      ...{ id, object: "checkout.session", mode: "payment", status: "open", payment_status: "unpaid", livemode: false },
      amount_total: Number(of(`${price}[unit_amount]`)),
      currency: of(`${price}[currency]`),
      client_reference_id: of("client_reference_id"),
      metadata: { biller: of("metadata[biller]"), billId: of("metadata[billId]") },
      ...{ created: this.#now(), expires_at: Number(of("expires_at")), payment_intent: null },
      ...{ success_url: of("success_url"), cancel_url: of("cancel_url") },
      url: `${this.#where.baseUrl}/stripe/pay/${id}`,
    };
    this.#kept.put(id, { biller, title: of(`${price}[product_data][name]`), session });
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
    const { biller, title, session } = found;
    const amount = { value: session.amount_total, currency: session.currency.toUpperCase() };
    if (method === "GET") return checkoutPage({ gateway: "Stripe", title, amount, state: session.status });
    if (session.status !== "open" || pressed(body) !== "pay") return sentTo(session.cancel_url);
    const paymentId = `pi_${randomBytes(12).toString("hex")}`;
    this.#change(found, { status: "complete", payment_status: "paid", payment_intent: paymentId, url: null });
    await this.#where.paid({ gateway: "stripe", biller, billId: session.client_reference_id, paymentId, amount });
    return sentTo(session.success_url);
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
