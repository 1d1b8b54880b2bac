import { createHash, createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { bbpsWebhookReader } from "../../functions/adapters/bbps/reader.ts";
import { mercadoPagoWebhookReader } from "../../functions/adapters/mercado-pago/reader.ts";
import { razorpayWebhookReader } from "../../functions/adapters/razorpay/reader.ts";
import { standardWebhookReader } from "../../functions/adapters/standard-webhooks/reader.ts";
import { stripeWebhookReader } from "../../functions/adapters/stripe/reader.ts";
import type { BillerId } from "../../functions/domain/ids.ts";
import type { Moment } from "../../functions/domain/local-time.ts";
import type { WebhookCall, WebhookReading, WebhookSecrets } from "../../functions/ports.ts";

/** The providers that tell of money, by their name in the path. */
export const schemes = ["standard", "razorpay", "stripe", "mercado-pago", "bbps"] as const;
export type Scheme = (typeof schemes)[number];

/** Two billers with accounts everywhere; nobody else has any. */
export const billers = ["example-power", "example-water"] as BillerId[] as [BillerId, BillerId];

const digest = (text: string, encoding: "hex" | "base64"): string => createHash("sha256").update(text).digest(encoding);

/** The secrets of a biller, the old one and the new one. */
export function secretsFor(scheme: Scheme, biller: BillerId): [string, string] {
  const secret = (which: string): string => {
    const name = `${scheme} of ${biller}, the ${which} one`;
    if (scheme === "standard") return `whsec_${digest(name, "base64")}`;
    if (scheme === "bbps") return `Basic ${Buffer.from(`setu:${digest(name, "hex").slice(0, 24)}`).toString("base64")}`;
    return `${scheme === "stripe" ? "whsec_" : ""}${digest(name, "hex").slice(0, 32)}`;
  };
  return [secret("old"), secret("new")];
}

const held = (scheme: Scheme) => async (biller: BillerId) =>
  billers.includes(biller) ? secretsFor(scheme, biller) : [];

/** A Secrets Manager that holds `secretsFor` the two billers. */
export const twoBillersSecrets: WebhookSecrets = {
  standard: held("standard"),
  razorpay: held("razorpay"),
  stripe: held("stripe"),
  mercadoPago: held("mercado-pago"),
  bbps: held("bbps"),
  whatsApp: async () => undefined,
};

/** The readers by that Secrets Manager, at the time that `now` tells. */
export function readersAt(now: () => Moment): Record<Scheme, (call: WebhookCall) => Promise<WebhookReading>> {
  const ports = { secrets: twoBillersSecrets, clock: { now } };
  return {
    standard: standardWebhookReader(ports),
    razorpay: razorpayWebhookReader(ports),
    stripe: stripeWebhookReader(ports),
    "mercado-pago": mercadoPagoWebhookReader(ports),
    bbps: bbpsWebhookReader(ports),
  };
}

/** What is to be signed: by which secret, over what, when. */
export type ToSign = {
  readonly biller: BillerId;
  readonly secret: string;
  readonly body: Uint8Array;
  readonly at: Moment;
  /** The id that a scheme signs beside the body: the event's, or the payment's at Mercado Pago. */
  readonly id?: string;
};

const hmac = (secret: string, ...parts: (string | Uint8Array)[]): string =>
  parts.reduce((mac, part) => mac.update(part), createHmac("sha256", secret)).digest("hex");

/** Stripe's library signs texts only; what is no text is signed by hand. */
function stripeHeader({ secret, body, at }: ToSign): string {
  const [payload, timestamp] = [Buffer.from(body), Math.floor(at / 1_000)];
  if (!payload.equals(Buffer.from(payload.toString())))
    return `t=${timestamp},v1=${hmac(secret, `${timestamp}.`, body)}`;
  return Stripe.webhooks.generateTestHeaderString({ payload: payload.toString(), secret, timestamp });
}

const signing: Readonly<Record<Scheme, (asked: ToSign) => Pick<WebhookCall, "headers" | "query">>> = {
  standard: ({ secret, body, at, id = "evt-1" }) => {
    const timestamp = new Date(Math.floor(at / 1_000) * 1_000);
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(timestamp.getTime() / 1_000),
      "webhook-signature": new Webhook(secret).sign(id, timestamp, Buffer.from(body)),
    };
    return { headers, query: {} };
  },
  razorpay: ({ secret, body }) => ({ headers: { "x-razorpay-signature": hmac(secret, body) }, query: {} }),
  stripe: (asked) => ({ headers: { "stripe-signature": stripeHeader(asked) }, query: {} }),
  "mercado-pago": ({ secret, at, id = "123456789" }) => {
    const [ts, requestId] = [Math.floor(at / 1_000), `req-${id}`];
    const headers = {
      "x-signature": `ts=${ts},v1=${hmac(secret, `id:${id};request-id:${requestId};ts:${ts};`)}`,
      "x-request-id": requestId,
    };
    return { headers, query: { "data.id": id, type: "payment" } };
  },
  bbps: ({ secret }) => ({ headers: { authorization: secret }, query: {} }),
};

/** The call as the scheme's provider makes it. */
export const signedCall = (scheme: Scheme, asked: ToSign): WebhookCall => ({
  biller: asked.biller,
  body: asked.body,
  ...signing[scheme](asked),
});

/** What each provider tells of one paid bill, in its own words. */
export const sampleEvents: Readonly<Record<Scheme, (n: number) => object>> = {
  standard: (n) => ({
    type: "payment.succeeded",
    timestamp: "2026-11-21T10:05:22Z",
    data: {
      billId: `BILL-${n}`,
      paymentId: `bank-${n}`,
      amount: { value: 124_900, currency: "INR" },
      paidAt: "2026-11-21T10:05:22Z",
      source: "bank",
    },
  }),
  razorpay: (n) => ({
    entity: "event",
    event: "payment_link.paid",
    contains: ["payment_link", "order", "payment"],
    created_at: 1_795_003_600,
    payload: {
      payment_link: {
        entity: {
          id: `plink_Qf${n}`,
          reference_id: `17Yq2AbCdEfGh.${n}`,
          order_id: `order_Qf${n}`,
          notes: { biller: billers[0], billId: `BILL-${n}` },
        },
      },
      order: { entity: { id: `order_Qf${n}`, receipt: `17Yq2AbCdEfGh.${n}`, notes: [] } },
      payment: {
        entity: {
          id: `pay_Qf${n}`,
          amount: 124_900,
          currency: "INR",
          status: "captured",
          order_id: `order_Qf${n}`,
          method: "upi",
          acquirer_data: { rrn: "636512345678" },
          amount_refunded: 0,
          notes: [],
          created_at: 1_795_003_590,
        },
      },
    },
  }),
  stripe: (n) => ({
    id: `evt_1Q${n}`,
    object: "event",
    created: 1_795_003_600,
    livemode: false,
    type: "checkout.session.completed",
    data: {
      object: {
        id: `cs_test_a1B2${n}`,
        object: "checkout.session",
        status: "complete",
        payment_status: "paid",
        amount_total: 8_540,
        currency: "sgd",
        client_reference_id: `SG-BILL-${n}`,
        payment_intent: `pi_3Q${n}`,
        created: 1_795_003_000,
        metadata: { billId: `SG-BILL-${n}` },
      },
    },
  }),
  "mercado-pago": (n) => ({
    action: "payment.updated",
    api_version: "v1",
    data: { id: String(123_456_000 + n) },
    date_created: "2026-11-21T13:00:00Z",
    id: 98_765,
    live_mode: true,
    type: "payment",
    user_id: "44444",
  }),
  bbps: (n) => ({
    platformBillID: `9069105895${n}`,
    billerBillID: `BILL-${n}`,
    paymentDetails: {
      amountPaid: { value: 124_900, currencyCode: "INR" },
      billAmount: { value: 124_900, currencyCode: "INR" },
      platformTransactionRefID: `26602931-3b6a-4c87-a14d-${n}`,
      uniquePaymentRefID: `PP016326MYB616O9BSY${n}`,
      instrument: "UPI",
      additionalInfo: null,
      transactionNote: "",
      transactionTimestamp: "2026-11-21T10:05:22.000Z",
      campaignID: "",
    },
  }),
};

/** A genuine call about the `n`th bill. */
export function aGenuineCall(scheme: Scheme, asked: Omit<ToSign, "body" | "secret"> & { readonly n?: number }) {
  const { n = 1, biller } = asked;
  const [, secret] = secretsFor(scheme, biller);
  const id = scheme === "mercado-pago" ? String(123_456_000 + n) : `evt-${n}`;
  const body = Buffer.from(JSON.stringify(sampleEvents[scheme](n)));
  return signedCall(scheme, { secret, id, ...asked, body });
}
