import { notFound } from "../../functions/domain/errors.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import type { Kept } from "../kept-state.ts";
import { type GatewaySurroundings, type GatewayWebhook, type PaymentOutcome, refundOf, tellAll } from "./gateway.ts";
import {
  type Charge,
  eventBody,
  type NewIntent,
  newCharge,
  newIntent,
  newRefund,
  type PaymentIntent,
  type Refund,
  settled,
  stripeId,
} from "./stripe-entities.ts";

/** A payment in Stripe's books, with whose it is. */
export interface KeptIntent {
  readonly biller: string;
  readonly intent: PaymentIntent;
  readonly charge?: Charge;
  readonly refunds: readonly Refund[];
}

/** A try to pay; `intentId` names one that goes on. */
export interface IntentTry extends Omit<NewIntent, "now"> {
  readonly biller: string;
  readonly outcome: PaymentOutcome;
  readonly intentId?: string;
}

/** An event and what it is about. */
export type StripeEvent = readonly [type: string, object: object];

const mostItems = 100;

/** The payments of Stripe's accounts, and who is told of them. */
export class StripeBooks {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptIntent>;

  constructor(where: GatewaySurroundings, kept: Kept<KeptIntent>) {
    this.#where = where;
    this.#kept = kept;
  }

  /** The payment as it stands after the try; throws `not-found` where one is to go on that cannot. */
  attempt({ biller, outcome, intentId, ...begun }: IntentTry): KeptIntent {
    const now = this.#now();
    const intent = intentId === undefined ? newIntent({ ...begun, now }) : this.#unsettled(biller, intentId).intent;
    const charge = outcome === "paid" ? newCharge(intent, now) : undefined;
    const held: KeptIntent = {
      biller,
      intent: settled(intent, outcome, charge),
      ...(charge && { charge }),
      refunds: [],
    };
    this.#kept.put(intent.id, held);
    return held;
  }

  /** Tells of a try after what is told of the checkout it was made at; the worst answer. */
  told({ biller, intent, charge }: KeptIntent, first: readonly StripeEvent[] = []): Promise<number | undefined> {
    const names = { succeeded: "succeeded", processing: "processing", requires_payment_method: "payment_failed" };
    const events: readonly StripeEvent[] = [
      ...first,
      ...(charge ? [["charge.succeeded", charge] as const] : []),
      [`payment_intent.${names[intent.status]}`, intent],
    ];
    return this.tell(biller, events);
  }

  tell(biller: string, events: readonly StripeEvent[]): Promise<number | undefined> {
    const webhooks = events.map(([type, object]): GatewayWebhook => {
      const id = stripeId("evt");
      return { gateway: "stripe", biller, id, body: eventBody(id, type, { object, now: this.#now() }) };
    });
    return tellAll(this.#where.tell, webhooks);
  }

  /** Gives money back and tells of it; undefined for a payment that is not here. */
  async refund(intentId: string, asked?: number): Promise<{ readonly answered: number | undefined } | undefined> {
    const found = this.#kept.entries().get(intentId);
    if (!found) return undefined;
    const { biller, charge } = found;
    const value = refundOf(charge ? charge.amount - charge.amount_refunded : 0, asked);
    if (!charge) return undefined;
    const refunded = charge.amount_refunded + value;
    const changed = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount };
    const refund = newRefund(charge, { amount: value, now: this.#now() });
    this.#kept.put(intentId, { ...found, charge: changed, refunds: [...found.refunds, refund] });
    return { answered: await this.tell(biller, [["charge.refunded", changed]]) };
  }

  /** Answers `/v1/payment_intents…`, `/v1/refunds` and `/v1/charges/{id}`; undefined for anything else. */
  answer(biller: string, { method, path, query }: HttpRequest): HttpAnswer | undefined {
    if (method !== "GET") return undefined;
    const mine = [...this.#kept.entries().values()].filter((one) => one.biller === biller).reverse();
    const isExpanded = [...query.values()].some((value) => /(^|\.)latest_charge$/.test(value));
    const shown = ({ intent, charge }: KeptIntent): PaymentIntent | object =>
      isExpanded && charge ? { ...intent, latest_charge: charge } : intent;
    if (path === "/v1/payment_intents") {
      const { page, hasMore } = pageOf(
        mine.map(({ intent }) => intent),
        query,
      );
      const data = page.map(({ id }) => mine.find(({ intent }) => intent.id === id)).flatMap((one) => one ?? []);
      return jsonAnswer(200, { object: "list", url: path, has_more: hasMore, data: data.map(shown) });
    }
    if (path === "/v1/refunds") {
      const { page, hasMore } = pageOf(
        mine.flatMap(({ refunds }) => refunds),
        query,
      );
      return jsonAnswer(200, { object: "list", url: path, has_more: hasMore, data: page });
    }
    const [, id] = /^\/v1\/(?:payment_intents|charges)\/((?:pi|ch)_\w+)$/.exec(path) ?? [];
    const found = mine.find(({ intent, charge }) => id !== undefined && (intent.id === id || charge?.id === id));
    return found && jsonAnswer(200, found.charge?.id === id ? found.charge : shown(found));
  }

  #unsettled(biller: string, intentId: string): KeptIntent {
    const found = this.#kept.entries().get(intentId);
    if (found?.biller === biller && found.intent.status !== "succeeded") return found;
    throw notFound("Stripe holds no payment of this id that is still open");
  }

  #now(): number {
    return Math.floor(this.#where.now() / 1_000);
  }
}

interface Listed {
  readonly id: string;
  readonly created: number;
}

/** A page of a list, the newest first. */
function pageOf<T extends Listed>(
  all: readonly T[],
  query: URLSearchParams,
): { readonly page: readonly T[]; readonly hasMore: boolean } {
  const bound = (name: string, otherwise: number): number => Number(query.get(`created[${name}]`) ?? otherwise);
  const [from, before] = [Math.max(bound("gte", 0), bound("gt", -1) + 1), bound("lt", Number.MAX_SAFE_INTEGER)];
  const to = Math.min(before - 1, bound("lte", before));
  const found = all
    .filter(({ created }) => created >= from && created <= to)
    .sort((left, right) => right.created - left.created);
  const after = query.get("starting_after");
  const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  const limit = Math.min(Number(query.get("limit") ?? 10), mostItems);
  return { page: found.slice(start, start + limit), hasMore: found.length > start + limit };
}
