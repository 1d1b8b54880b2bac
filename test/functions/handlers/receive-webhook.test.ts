import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { receiptReference } from "../../../functions/domain/payment.ts";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";
import { aGenuineCall, billers, type Scheme, schemes, secretsFor } from "../../support/signed-webhooks.ts";

const [biller] = billers;
const now = Date.parse("2026-11-21T10:05:30Z");

let aws: Server;
/** What was put into the bucket and the queues, and whether the queues take anything. */
const put: string[] = [];
const queued: { readonly queue: string; readonly body: unknown }[] = [];
let queuesWork = true;

const secretHeld = (scheme: Scheme): object => {
  const [secret] = secretsFor(scheme, biller).slice(1);
  if (scheme === "standard") return { secrets: [secret] };
  return scheme === "bbps" ? { authorizations: [secret] } : { webhookSecrets: [secret] };
};

const md5Of = (text: string): string => createHash("md5").update(text).digest("hex");

function answerOf(target: string, path: string, body: string): [number, object | string] {
  if (target.endsWith("GetSecretValue")) {
    const { SecretId: name } = JSON.parse(body) as { SecretId: string };
    const scheme = schemes.find((one) => name === `duebell/test/${biller}/${one}`);
    if (!scheme) return [400, { __type: "ResourceNotFoundException" }];
    return [200, { SecretString: JSON.stringify(secretHeld(scheme)) }];
  }
  if (target.endsWith("SendMessageBatch")) {
    if (!queuesWork) return [400, { __type: "QueueDoesNotExist" }];
    const { QueueUrl: url, Entries: entries } = JSON.parse(body) as {
      QueueUrl: string;
      Entries: { Id: string; MessageBody: string }[];
    };
    const queue = new URL(url).pathname.slice(1);
    queued.push(...entries.map((entry) => ({ queue, body: JSON.parse(entry.MessageBody) as unknown })));
    const taken = entries.map(({ Id, MessageBody: message }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: md5Of(message),
    }));
    return [200, { Successful: taken, Failed: [] }];
  }
  put.push(path);
  return [200, ""];
}

beforeAll(async () => {
  aws = createServer(async (request, response) => {
    const target = String(request.headers["x-amz-target"] ?? "");
    const [status, answer] = answerOf(target, new URL(request.url ?? "/", "http://aws").pathname, await text(request));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await once(aws.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  aws.closeAllConnections();
  aws.close();
});
beforeEach(() => {
  put.length = 0;
  queued.length = 0;
  queuesWork = true;
  vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true, now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function started() {
  const url = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  const variables = {
    ...{ SECRETS_PREFIX: "duebell/test", IMPORT_BUCKET: "duebell-imports", POWERTOOLS_SERVICE_NAME: "receive-webhook" },
    ...{ DELIVERIES_QUEUE_URL: `${url}/deliveries`, PAYMENTS_QUEUE_URL: `${url}/payments` },
    ...{ LOOK_UPS_QUEUE_URL: `${url}/look-ups`, AWS_ENDPOINT_URL: url, AWS_MAX_ATTEMPTS: "1" },
    ...{ AWS_REGION: "ap-south-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
  return (await import("../../../functions/handlers/receive-webhook.ts")).handler;
}

/** What the API hands over of a provider's call, and what came of it. */
async function received(provider: Scheme, changes: { readonly signature?: string; readonly body?: string } = {}) {
  const handler = await started();
  const { headers, query, body } = aGenuineCall(provider, { biller, at: now });
  const request = aRequest({
    httpMethod: "POST",
    resource: "/webhooks/{provider}/{biller}",
    pathParameters: { provider, biller },
    headers: { ...headers, ...(changes.signature !== undefined && { authorization: changes.signature }) },
    queryStringParameters: query,
    body: Buffer.from(changes.body ?? body).toString("base64"),
    isBase64Encoded: true,
  });
  const lines: Record<string, unknown>[] = [];
  let answer: Awaited<ReturnType<typeof handler>> | undefined;
  lines.push(
    ...(await logOf(async () => {
      answer = await handler(request, aContext);
    })),
  );
  const counted = lines
    .filter((line) => "_aws" in line)
    .flatMap(({ _aws, service, ...outcomes }) => Object.keys(outcomes));
  return { status: answer?.statusCode, body: answer?.body ?? "", lines, counted };
}

describe("receive-webhook, as Lambda runs it", () => {
  it.each([
    ["standard", "payments"],
    ["razorpay", "payments"],
    ["stripe", "payments"],
    ["mercado-pago", "look-ups"],
    ["bbps", "payments"],
  ] as const)("takes a genuine call of %s: kept in the bucket, queued as our own words", async (provider, queue) => {
    const { status, lines, counted } = await received(provider);
    expect(status).toBe(200);
    const [key] = put;
    expect(key).toMatch(new RegExp(`^/duebell-imports/webhooks/${biller}/${provider}/2026-11-21/[0-9a-f]{64}\\.json$`));
    expect(queued.map((message) => message.queue)).toEqual([queue]);
    expect(JSON.stringify(queued)).toContain(String(key).replace("/duebell-imports/", ""));
    expect(counted).toEqual(["received", `received-${provider}`]);
    expect(JSON.stringify(lines)).not.toMatch(/124900|8540|BILL-1/);
  });

  it("answers a posted payment of Bharat BillPay with its receipt, and alike when it comes again", async () => {
    const [first, again] = [await received("bbps"), await received("bbps")];
    const id = receiptReference({ source: "bbps", paymentId: "PP016326MYB616O9BSY1" });
    const receipt = { id, date: "2026-11-21T10:05:22.000Z" };
    expect(JSON.parse(first.body)).toEqual({ status: 200, success: true, data: { receipt } });
    expect(again.body).toBe(first.body);
  });

  it("has Bharat BillPay send again, in its own words, what no queue took", async () => {
    queuesWork = false;
    const { status, body, counted } = await received("bbps");
    expect(status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({
      success: false,
      status: 500,
      error: { code: "unable-to-fulfill-request" },
    });
    expect(counted).toEqual(["not-taken", "not-taken-bbps"]);
  });

  it("has any other provider send again what no queue took", async () => {
    queuesWork = false;
    expect(await received("stripe")).toMatchObject({ status: 502, counted: ["not-taken", "not-taken-stripe"] });
  });

  it("refuses a body that was changed, and counts it for the alarm", async () => {
    const { status, body, counted } = await received("stripe", { body: "{}" });
    expect([status, JSON.parse(body)]).toEqual([401, expect.objectContaining({ code: "unauthorized" })]);
    expect(counted).toEqual(["refused", "refused-stripe"]);
    expect([...put, ...queued]).toEqual([]);
  });

  it("keeps and counts a genuine body that cannot be read", async () => {
    const { status, body, counted } = await received("bbps", { body: '{"billerBillID":"BILL-1"}' });
    expect([status, JSON.parse(body)]).toEqual([400, expect.objectContaining({ success: false, status: 400 })]);
    expect(counted).toEqual(["malformed", "malformed-bbps"]);
    expect([put.length, queued.length]).toEqual([1, 0]);
  });
});
