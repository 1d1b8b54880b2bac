import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { synthesized } from "../../lib/synthesized.ts";
import { aBiller } from "../../support/builders.ts";
import { clientFor, createTable, databases } from "../../support/dynamodb.ts";
import { dynamoStores } from "../../support/dynamodb-stores.ts";
import { aBatch, aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

const biller = aBiller();
const table = "duebell-gateways-asked";
const payment = {
  ...{ id: "pay_0001", amount: 124_900, currency: "INR", status: "captured", method: "upi", created_at: 1_795_001_190 },
  notes: { biller: biller.id, billId: "EP-2026-11-10023" },
};

let database: { readonly url: string; stop(): Promise<void> };
let elsewhere: Server;
const queued: unknown[] = [];

/** AWS but for the table, and Razorpay, which holds one payment. */
async function answerOf(request: IncomingMessage): Promise<[status: number, body: object]> {
  const content = await text(request);
  const { url = "", headers } = request;
  if (url.startsWith("/v1/payments/")) return [200, payment];
  if (url.startsWith("/v1/payments?")) return [200, { items: [payment] }];
  if (url.startsWith("/v1/refunds?")) return [200, { items: [] }];
  const body = JSON.parse(content) as { SecretId?: string; Entries?: { Id: string; MessageBody: string }[] };
  if (String(headers["x-amz-target"]).endsWith("SendMessageBatch")) {
    const entries = body.Entries ?? [];
    queued.push(...entries.map(({ MessageBody }) => JSON.parse(MessageBody) as unknown));
    const digest = (body: string): string => createHash("md5").update(body).digest("hex");
    const taken = entries.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: digest(MessageBody) }));
    return [200, { Successful: taken, Failed: [] }];
  }
  const keys = { keyId: "rzp_test_0001", keySecret: "s".repeat(20) };
  if (body.SecretId?.endsWith("/razorpay")) return [200, { SecretString: JSON.stringify(keys) }];
  if (body.SecretId === "link-keys") {
    const key = { id: "1", key: "k".repeat(40), activeFrom: "2026-01-01T00:00:00Z" };
    return [200, { SecretString: JSON.stringify(key) }];
  }
  return [400, { __type: "ResourceNotFoundException" }];
}

beforeAll(async () => {
  const [dynalite] = databases;
  if (!dynalite) throw new Error("there is a database");
  database = await dynalite.start();
  elsewhere = createServer(async (request, response) => {
    const [status, body] = await answerOf(request);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  });
  await once(elsewhere.listen(0, "127.0.0.1"), "listening");
  const client = clientFor(database.url);
  await createTable(client, table);
  await dynamoStores({ client, table }).billers.put(biller);
  client.destroy();
});
afterAll(async () => {
  elsewhere.closeAllConnections();
  elsewhere.close();
  await database.stop();
});
afterEach(() => {
  vi.unstubAllEnvs();
  queued.length = 0;
});

function setUp(name: string): void {
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const variables = {
    ...{ TABLE_NAME: table, LANES: "1", LINK_BASE_URL: "https://pay.example.com", LINK_KEYS_SECRET: "link-keys" },
    ...{ SECRETS_PREFIX: "duebell/test", OUTBOUND: url, RAZORPAY_BASE_URL: `${url}/v1`, STRIPE_BASE_URL: `${url}/v1` },
    ...{ MERCADO_PAGO_BASE_URL: `${url}/v1`, PAYMENTS_QUEUE_URL: `${url}/payments` },
    ...{ RECONCILIATIONS_QUEUE_URL: `${url}/days`, DEAD_LETTERS_QUEUE_URL: `${url}/dead`, MAX_RECEIVES: "5" },
    ...{ AWS_REGION: "ap-south-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    ...{ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_DYNAMODB: database.url, POWERTOOLS_SERVICE_NAME: name },
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
}

const workers = {
  "look-up-payment": () => import("../../../functions/handlers/look-up-payment.ts"),
  "reconcile-payments": () => import("../../../functions/handlers/reconcile-payments.ts"),
  "end-checkouts": () => import("../../../functions/handlers/end-checkouts.ts"),
};

/** Hands one message to a queue's worker: which messages come back, and what is logged. */
async function worked(name: keyof typeof workers, message: unknown) {
  setUp(name);
  const { handler } = await workers[name]();
  const answers: Awaited<ReturnType<typeof handler>>[] = [];
  const lines = await logOf(async () => answers.push(await handler(aBatch(JSON.stringify(message)), aContext)));
  return { failures: answers[0]?.batchItemFailures.length, lines };
}

const eventsIn = (lines: readonly Record<string, unknown>[]) => lines.map(({ event }) => event).filter(Boolean);

describe("look-up-payment", () => {
  it("hands in what the gateway holds under the reference", async () => {
    const message = { biller: biller.id, gateway: "razorpay", reference: "pay_0001", raw: "webhooks/1" };
    const { failures, lines } = await worked("look-up-payment", message);
    expect([failures, eventsIn(lines)]).toEqual([0, ["look-up-payment.confirmed"]]);
    expect(queued).toMatchObject([
      { type: "payment.succeeded", payment: { paymentId: "pay_0001", raw: "webhooks/1" } },
    ]);
    expect(JSON.stringify(lines)).not.toContain("124900");
  });
});

describe("reconcile-payments", () => {
  const day = { biller: biller.id, gateway: "razorpay", date: "2026-11-18" };

  it("hands in what was missed, and counts it where its alarm watches", async () => {
    const { failures, lines } = await worked("reconcile-payments", day);
    expect([failures, eventsIn(lines)]).toEqual([0, ["reconcile-payments.compared"]]);
    expect(queued).toMatchObject([{ type: "payment.succeeded", payment: { paymentId: "pay_0001" } }]);
    const alarm = synthesized("prod")
      .all("AWS::CloudWatch::Alarm")
      .find(({ Properties }) => Properties["AlarmName"] === "duebell-prod-reconciliation-missing");
    expect(lines).toContainEqual(
      expect.objectContaining({ service: "reconcile-payments", [String(alarm?.Properties["MetricName"])]: 1 }),
    );
    expect(JSON.stringify(lines)).not.toContain("124900");
  });

  it("is read back by the API", async () => {
    await worked("reconcile-payments", day);
    setUp("get-reconciliations");
    const { handler } = await import("../../../functions/handlers/get-reconciliations.ts");
    const request = { httpMethod: "GET", pathParameters: { biller: biller.id }, body: null };
    const answers: Awaited<ReturnType<typeof handler>>[] = [];
    await logOf(async () => answers.push(await handler(aRequest(request), aContext)));
    expect(answers[0]?.statusCode).toBe(200);
    expect(JSON.parse(answers[0]?.body ?? "")).toMatchObject({
      reconciliations: [{ gateway: "razorpay", date: "2026-11-18", matched: 0, missing: 1, extra: 0 }],
    });
  });

  it("compares nothing at a gateway that the biller has no secret for", async () => {
    const { failures, lines } = await worked("reconcile-payments", { ...day, gateway: "stripe" });
    expect([failures, eventsIn(lines)]).toEqual([0, ["reconcile-payments.no-account"]]);
  });
});

describe("start-reconciliation", () => {
  it("queues the last days of every biller", async () => {
    setUp("start-reconciliation");
    const { handler } = await import("../../../functions/handlers/start-reconciliation.ts");
    const lines = await logOf(() => handler({}, aContext));
    expect(lines).toContainEqual(expect.objectContaining({ event: "start-reconciliation.ran", billers: 1, days: 9 }));
    expect(queued).toHaveLength(9);
  });
});

describe("end-checkouts", () => {
  const event = (detail: object) => ({
    ...{ version: "0", id: "1", source: "duebell", "detail-type": "bill.paid", time: "2026-11-18T12:00:00Z" },
    detail: { version: 1, eventId: "e-1", biller: biller.id, ...detail },
  });

  it("ends nothing of a bill that is not there", async () => {
    const { failures, lines } = await worked("end-checkouts", event({ billId: "EP-2026-11-10023" }));
    expect([failures, eventsIn(lines)]).toEqual([0, ["end-checkouts.no-bill"]]);
  });
});

describe.each(["look-up-payment", "reconcile-payments", "end-checkouts"] as const)("%s", (name) => {
  it("gives a message back that it cannot read", async () => {
    const { failures, lines } = await worked(name, { biller: biller.id });
    expect([failures, eventsIn(lines)]).toEqual([1, [`${name}.failed`]]);
  });
});
