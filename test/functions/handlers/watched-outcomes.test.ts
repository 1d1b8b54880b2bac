import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Channel, channels } from "../../../functions/domain/ids.ts";
import { synthesized } from "../../lib/synthesized.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import { clientFor, createTable, databases } from "../../support/dynamodb.ts";
import { dynamoStores } from "../../support/dynamodb-stores.ts";
import { aBatch, aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

const phone =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";

/** A biller with a system of its own that cannot be asked: no bill of it has the number it goes by. */
const billerOf = (channel: Channel) =>
  aBiller({
    hops: [{ channel }],
    rails: { upi: { payeeAddress: "examplepower@icici", payeeName: "Example Power" }, razorpay: {} },
    billFetch: { url: "https://billing.example.com/bbps", identifier: { name: "Meter", fromMetadata: "meter" } },
  });
const failure = { biller: billerOf("sms").id, reason: "no-identifier" };

let database: { readonly url: string; stop(): Promise<void> };
let elsewhere: Server;
/** Whether the biller has an account at its gateway. */
let hasAccount = true;
const links: unknown[] = [];

/** AWS but for the table, and the gateway: it makes every link, and ends none. */
async function answerOf(request: IncomingMessage): Promise<[status: number, body: object]> {
  const content = await text(request);
  const body = content.startsWith("{") ? JSON.parse(content) : {};
  const secret = String(body.SecretId ?? "");
  if (secret === "link-keys") return secretOf([{ id: "1", key: "k".repeat(40), activeFrom: "2026-01-01T00:00:00Z" }]);
  if (secret.endsWith("/razorpay") && hasAccount)
    return secretOf({ keyId: "rzp_test_0001", keySecret: "s".repeat(20) });
  if (secret !== "") return [400, { __type: "ResourceNotFoundException" }];
  if (request.headers["x-amz-target"] === "AWSEvents.PutEvents") return [200, { FailedEntryCount: 0, Entries: [] }];
  if (request.method !== "POST" || request.url !== "/v1/payment_links") return [400, {}];
  const id = `plink_${links.push(body)}`;
  return [200, { ...body, id, status: "created", short_url: `http://${request.headers.host}/${id}` }];
}

const secretOf = (value: unknown): [number, object] => [200, { SecretString: JSON.stringify(value) }];

beforeAll(async () => {
  const [dynalite] = databases;
  if (!dynalite) throw new Error("there is a database");
  database = await dynalite.start();
  elsewhere = createServer(async (request, response) => {
    const [status, body] = await answerOf(request);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  });
  await once(elsewhere.listen(0, "127.0.0.1"), "listening");
});
afterAll(async () => {
  elsewhere.closeAllConnections();
  elsewhere.close();
  await database.stop();
});
beforeEach(() => {
  hasAccount = true;
  vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true, now: kolkata("2026-11-15 10:01") });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

let tables = 0;

/** A table with one bill in it, whose reminder is due. */
async function aStage(channel: Channel = "sms") {
  const biller = billerOf(channel);
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller });
  await world.register({ exactness: "EXACT_DOWN" });
  const { bill } = await world.story();
  if (!bill) throw new Error("there is a bill");
  const client = clientFor(database.url);
  const table = `duebell-outcomes-${++tables}`;
  await createTable(client, table);
  const stores = dynamoStores({ client, table });
  await stores.billers.put(biller);
  await stores.bills.save(bill, 0);
  client.destroy();
  return { table, code: bill.code, due: await world.dueMessage() };
}

type Handlers = keyof typeof handlers;

const handlers = {
  "open-payment-link": () => import("../../../functions/handlers/open-payment-link.ts"),
  "start-payment": () => import("../../../functions/handlers/start-payment.ts"),
  "send-notification-sms": () => import("../../../functions/handlers/send-notification-sms.ts"),
  "send-notification-email": () => import("../../../functions/handlers/send-notification-email.ts"),
  "send-notification-whatsapp": () => import("../../../functions/handlers/send-notification-whatsapp.ts"),
};

/** Starts a function as Lambda does, on a table. */
async function started<H extends Handlers>(name: H, table: string): Promise<Awaited<ReturnType<(typeof handlers)[H]>>> {
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const variables = {
    ...{ TABLE_NAME: table, LANES: "1", LINK_BASE_URL: "https://pay.example.com", LINK_KEYS_SECRET: "link-keys" },
    ...{ FRAME_ANCESTORS: "'none'", SECRETS_PREFIX: "duebell/test", OUTBOUND: url, BUS_NAME: "duebell-test" },
    ...{ RAZORPAY_BASE_URL: `${url}/v1`, STRIPE_BASE_URL: `${url}/v1`, MERCADO_PAGO_BASE_URL: `${url}/v1` },
    ...{ QUEUE_URL: `${url}/queue` },
    ...{ DEAD_LETTERS_QUEUE_URL: `${url}/dead`, MAX_RECEIVES: "5", SEND_TIMEOUT_SECONDS: "30" },
    ...{ SMS_CONFIGURATION_SET: "sms", SNS_PARTS_PER_SECOND: "20" },
    ...{ SES_CONFIGURATION_SET: "ses", SES_MESSAGES_PER_SECOND: "14" },
    ...{ WHATSAPP_BASE_URL: url, WHATSAPP_API_VERSION: "v24.0" },
    ...{ AWS_REGION: "ap-south-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    ...{ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_DYNAMODB: database.url, POWERTOOLS_SERVICE_NAME: name },
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
  return (await handlers[name]()) as Awaited<ReturnType<(typeof handlers)[H]>>;
}

type Lines = Awaited<ReturnType<typeof logOf>>;

/** What the lines count as metrics, each as `<function> <name>`. */
const countedIn = (lines: Lines): string[] =>
  lines.flatMap(({ _aws, service }) => {
    const told = _aws as
      | { readonly CloudWatchMetrics: { readonly Metrics: { readonly Name: string }[] }[] }
      | undefined;
    return (told?.CloudWatchMetrics ?? []).flatMap(({ Metrics }) => Metrics.map(({ Name }) => `${service} ${Name}`));
  });

const told = (lines: Lines, event: string) => lines.filter((line) => line["event"] === event);

async function opened(userAgent: string): Promise<Lines> {
  const { table, code } = await aStage();
  const { handler } = await started("open-payment-link", table);
  const request = {
    httpMethod: "GET",
    pathParameters: { header: "EXPOWR", code },
    headers: { "User-Agent": userAgent },
  };
  return await logOf(() => handler(aRequest({ resource: "/{header}/{code}", ...request }), aContext));
}

/** Sends the page's form once for each of these. */
async function paid(...forms: readonly Record<string, string>[]): Promise<Lines> {
  const { table, code } = await aStage();
  const { handler } = await started("start-payment", table);
  const request = { httpMethod: "POST", pathParameters: { header: "EXPOWR", code }, headers: { "User-Agent": phone } };
  return await logOf(async () => {
    for (const form of forms)
      await handler(aRequest({ ...request, body: new URLSearchParams(form).toString() }), aContext);
  });
}

async function sent(channel: Channel): Promise<Lines> {
  const { table, due } = await aStage(channel);
  const { handler } = await started(`send-notification-${channel}`, table);
  return await logOf(() => handler(aBatch(JSON.stringify(due)), aContext));
}

const alarms = synthesized("prod").all("AWS::CloudWatch::Alarm");

type MetricOf = { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };

/** What an alarm watches, each as `<function> <name>`. */
function watchedBy(name: string): string[] {
  const alarm = alarms.find(({ Properties }) => Properties["AlarmName"] === `duebell-prod-${name}`)?.Properties ?? {};
  const summed = alarm["Metrics"] as readonly { readonly MetricStat?: { readonly Metric: MetricOf } }[] | undefined;
  const metrics = summed
    ? summed.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])
    : [alarm as unknown as MetricOf];
  return metrics.map(({ MetricName, Dimensions }) => `${Dimensions[0]?.Value} ${MetricName}`);
}

describe("a biller's own system that does not answer", () => {
  it.each([
    ["open-payment-link", () => opened(phone)],
    ["start-payment", () => paid({ rail: "upi" })],
    ...channels.map((channel) => [`send-notification-${channel}`, () => sent(channel)] as const),
  ] as const)("is told by %s with its reason, and counted where its alarm watches", async (name, run) => {
    const lines = await run();
    const [level, at] = ["warn", expect.any(String)];
    expect(told(lines, `${name}.live-failed`)).toEqual([{ level, event: `${name}.live-failed`, at, ...failure }]);
    expect(countedIn(lines)).toContain(`${name} live-failed`);
    expect(watchedBy("live-bills-stale")).toContain(`${name} live-failed`);
  });

  it("is not told or counted for a preview, which makes nobody ask", async () => {
    const lines = await opened("WhatsApp/2.23.20.0");
    expect(told(lines, "open-payment-link.link-opened")).toHaveLength(1);
    expect(told(lines, "open-payment-link.live-failed")).toEqual([]);
    expect(countedIn(lines)).toEqual([]);
  });

  it("rings by all functions together, also where some are silent", () => {
    const alarm = alarms.find(({ Properties }) => Properties["AlarmName"] === "duebell-prod-live-bills-stale");
    expect(watchedBy("live-bills-stale")).toHaveLength(2 + channels.length);
    expect(alarm?.Properties["Metrics"]).toContainEqual(
      expect.objectContaining({ Expression: expect.stringMatching(/^SUM\(\[(FILL\(m\d, 0\)(, )?){5}\]\)$/) }),
    );
  });
});

describe("a gateway's trouble", () => {
  it("is told and counted where its alarm watches, when it makes no checkout", async () => {
    hasAccount = false;
    const lines = await paid({ rail: "razorpay" });
    expect(told(lines, "start-payment.rail-unavailable")).toMatchObject([{ reason: "no-credentials" }]);
    expect(countedIn(lines)).toContain("start-payment rail-unavailable");
    expect(watchedBy("gateway-unavailable")).toEqual(["start-payment rail-unavailable"]);
  });

  it("is told and counted where its alarm watches, when it does not end the former checkout", async () => {
    const lines = await paid({ rail: "razorpay", amount: "500" }, { rail: "razorpay", amount: "600" });
    expect(told(lines, "start-payment.rail-former-not-ended")).toMatchObject([{ rail: "razorpay" }]);
    expect(countedIn(lines)).toContain("start-payment rail-former-not-ended");
    expect(watchedBy("checkout-not-ended")).toEqual(["start-payment rail-former-not-ended"]);
  });
});
