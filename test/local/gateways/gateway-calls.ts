import type { HttpAnswer, HttpRequest } from "../../../local/aws/http-message.ts";
import type { GatewayOrder, GatewayPayment, GatewayWebhook } from "../../../local/gateways/gateway.ts";
import { createGateways } from "../../../local/gateways/gateways.ts";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { type ControlledClock, controlledClock } from "../../support/memory-clock.ts";

/** What a test asks of a gateway: a text is sent as it is, an object as JSON, parameters as a form. */
export type GatewayCall = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object | URLSearchParams;
};

/** An answer with its JSON read. */
export type ReadAnswer = HttpAnswer & { readonly json: Readonly<Record<string, unknown>> };

/** Gateways without a network, with two billers of which each has its own accounts. */
export function gatewayCalls() {
  const clock: ControlledClock = controlledClock();
  const payments: GatewayPayment[] = [];
  const webhooks: GatewayWebhook[] = [];
  const others = {
    razorpay: { keyId: "rzp_test_0000000000002", keySecret: "another-example-secret" },
    stripe: { secretKey: "sk_test_0000000000000002" },
    pix: { clientId: "Client_Id_0002", clientSecret: "another-example-secret" },
    "mercado-pago": { accessToken: "TEST-0002" },
  };
  const accounts = { ...gatewaySecrets, "mercado-pago": { accessToken: "TEST-0001" } };
  const gateways = createGateways({
    now: clock.now,
    baseUrl: "http://127.0.0.1:4100/sandbox/gateways",
    accounts: () => [
      { biller: "example-power", secrets: accounts },
      { biller: "example-water", secrets: others },
    ],
    paid: (payment) => payments.push(payment),
    tell: async (webhook) => {
      webhooks.push(webhook);
      return 200;
    },
  });
  async function ask({ method = "POST", path, headers = {}, body = "" }: GatewayCall): Promise<ReadAnswer | "hang"> {
    const text = typeof body === "string" || body instanceof URLSearchParams ? String(body) : JSON.stringify(body);
    const [before = "", query = ""] = path.split("?");
    const request: HttpRequest = {
      ...{ method, path: before, query: new URLSearchParams(query), headers },
      body: Buffer.from(text),
    };
    const answer = await gateways.handle(request);
    if (answer === "hang") return answer;
    const isJson = /^[{[]/.test(String(answer.body));
    return { ...answer, json: isJson ? (JSON.parse(String(answer.body)) as ReadAnswer["json"]) : {} };
  }
  async function answerTo(call: GatewayCall): Promise<ReadAnswer> {
    const answer = await ask(call);
    if (answer === "hang") throw new Error("there is no answer");
    return answer;
  }
  return { clock, gateways, payments, webhooks, accounts, others, ask, answerTo };
}

/** A payer who pays EP-1 without a checkout page. */
export const anOrder = (changes: Partial<GatewayOrder> = {}): GatewayOrder => ({
  biller: "example-power",
  billId: "EP-1",
  code: "1PkT9dQx2mVaR",
  title: "Electricity, November 2026",
  amount: { value: 124_900, currency: "INR" },
  outcome: "paid",
  ...changes,
});

/** What is told of payments, as the gateways post it. */
export const bodiesOf = (webhooks: readonly GatewayWebhook[]): readonly unknown[] =>
  webhooks.map(({ body }): unknown => JSON.parse(body));

/** Presses a button of a hosted checkout. */
export const pressing = (path: string, action: "pay" | "cancel"): GatewayCall => ({
  path,
  body: new URLSearchParams({ action }),
});

export const basicHeader = (name: string, secret: string): { readonly authorization: string } => ({
  authorization: `Basic ${btoa(`${name}:${secret}`)}`,
});
