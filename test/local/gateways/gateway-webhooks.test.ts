import { WebhookSignatureValidator } from "mercadopago";
import Razorpay from "razorpay";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { activity } from "../../../local/activity.ts";
import { agenda as emptyAgenda } from "../../../local/agenda.ts";
import type { HttpRequest } from "../../../local/aws/http-message.ts";
import type { GatewayWebhook } from "../../../local/gateways/gateway.ts";
import { gatewayWebhooks, type OwedWebhook } from "../../../local/gateways/gateway-webhooks.ts";
import { openKeptState } from "../../../local/kept-state.ts";
import { controlledClock } from "../../support/memory-clock.ts";

const whsec = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const secrets = {
  razorpay: { webhookSecrets: ["razorpay-webhook-secret", "older"] },
  stripe: { webhookSecrets: ["whsec_stripe", "whsec_older"] },
  "mercado-pago": { webhookSecrets: ["mercado-pago-secret"] },
  bbps: { authorizations: ["Bearer bbps-example"] },
  standard: { secrets: [whsec] },
};

/** Webhooks that our side answers with these statuses, then with 200. */
function posting(...statuses: readonly number[]) {
  const clock = controlledClock();
  const posted: HttpRequest[] = [];
  const counted = activity(() => undefined);
  const agenda = emptyAgenda(counted);
  const owed = openKeptState().section<OwedWebhook>("owed");
  const answers = [...statuses];
  const start = () =>
    gatewayWebhooks({
      ...{ agenda, owed, now: clock.now, log: () => undefined },
      secrets: { ofBiller: () => secrets },
      post: async (request) => {
        posted.push(request);
        return { status: answers.shift() ?? 200, headers: {}, body: "" };
      },
    });
  const wait = async (seconds: number) => {
    clock.advance(seconds * 1_000);
    agenda.startDue(clock.now());
    await counted.quiet();
  };
  return { clock, posted, owed, start, tell: start(), wait };
}

const aWebhook = (changes: Partial<GatewayWebhook>): GatewayWebhook => ({
  gateway: "razorpay",
  biller: "example-power",
  id: "evt_1",
  body: '{"entity":"event","event":"payment.captured"}',
  ...changes,
});

const last = (posted: readonly HttpRequest[]): HttpRequest => {
  const request = posted.at(-1);
  if (!request) throw new Error("nothing was posted");
  return request;
};

describe("a gateway's own webhook", () => {
  it("is signed as Razorpay's library verifies it", async () => {
    const { tell, posted } = posting();
    await tell(aWebhook({}));
    const { path, headers, body } = last(posted);
    expect([path, headers["x-razorpay-event-id"]]).toEqual(["/webhooks/razorpay/example-power", "evt_1"]);
    const signature = headers["x-razorpay-signature"] ?? "";
    expect(Razorpay.validateWebhookSignature(body.toString(), signature, "razorpay-webhook-secret")).toBe(true);
  });

  it("is signed as Stripe's library verifies it, by both secrets while one is rolled", async () => {
    const { tell, posted, clock } = posting();
    await tell(aWebhook({ gateway: "stripe", body: '{"id":"evt_1","object":"event"}' }));
    const { headers, body } = last(posted);
    const stripe = new Stripe("sk_test_0");
    for (const secret of secrets.stripe.webhookSecrets) {
      const at = Math.floor(clock.now() / 1_000);
      const read = () =>
        stripe.webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret, 300, undefined, at);
      expect(read()).toMatchObject({ id: "evt_1" });
    }
  });

  it("is signed as Mercado Pago's library verifies it, over the id in its query", async () => {
    const { tell, posted } = posting();
    const query = { "data.id": "123456789", type: "payment" };
    await tell(aWebhook({ gateway: "mercado-pago", id: "req-1", query }));
    const { headers, query: sent } = last(posted);
    expect(Object.fromEntries(sent)).toEqual(query);
    const signed = { xSignature: headers["x-signature"], xRequestId: headers["x-request-id"], dataId: "123456789" };
    expect(() => WebhookSignatureValidator.validate({ ...signed, secret: "mercado-pago-secret" })).not.toThrow();
    expect(() => WebhookSignatureValidator.validate({ ...signed, secret: "another" })).toThrow();
  });

  it("comes with the platform's authorization where it is Bharat BillPay's, below the biller's address", async () => {
    const { tell, posted } = posting();
    await tell(aWebhook({ gateway: "bbps", below: "/bills/fetchReceipt" }));
    expect(last(posted)).toMatchObject({
      path: "/webhooks/bbps/example-power/bills/fetchReceipt",
      headers: { authorization: "Bearer bbps-example" },
    });
  });

  it("is a Standard Webhook where a bank's Pix is told of", async () => {
    const { tell, posted, clock } = posting();
    await tell(aWebhook({ gateway: "pix", id: "msg_1" }));
    const { path, headers, body } = last(posted);
    expect([path, headers["webhook-timestamp"]]).toEqual([
      "/webhooks/standard/example-power",
      String(Math.floor(clock.now() / 1_000)),
    ]);
    expect(new Webhook(whsec).sign("msg_1", new Date(clock.now()), body.toString())).toBe(headers["webhook-signature"]);
  });

  it("comes again with backoff until it is taken, signed anew", async () => {
    const { tell, posted, wait, owed } = posting(500, 503);
    expect(await tell(aWebhook({ gateway: "stripe" }))).toBe(500);
    await wait(59);
    expect(posted).toHaveLength(1);
    await wait(1);
    await wait(299);
    expect(posted).toHaveLength(2);
    await wait(1);
    expect(posted).toHaveLength(3);
    expect(new Set(posted.map(({ headers }) => headers["stripe-signature"])).size).toBe(3);
    expect(new Set(posted.map(({ body }) => body.toString())).size).toBe(1);
    await wait(86_400);
    expect([posted.length, owed.entries().size]).toEqual([3, 0]);
  });

  it("comes again after half a minute where Bharat BillPay had no answer", async () => {
    const { tell, posted, wait } = posting(500);
    await tell(aWebhook({ gateway: "bbps" }));
    await wait(30);
    expect(posted).toHaveLength(2);
    expect(posted[1]?.body).toEqual(posted[0]?.body);
  });

  it("is not forgotten when the laptop ends in between", async () => {
    const { tell, start, posted, wait } = posting(500);
    await tell(aWebhook({}));
    start();
    await wait(0);
    expect(posted).toHaveLength(2);
  });
});
