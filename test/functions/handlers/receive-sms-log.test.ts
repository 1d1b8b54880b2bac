import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SmsLogLine } from "../../../functions/messages.ts";
import { aContext, logOf } from "../../support/lambda-calls.ts";
import { aDelivery, aFailure, aLogEvent, asSubscription } from "../../support/sms-logs.ts";
import { answering, type Behavior, connectionTo, type Loopback, loopback } from "../adapters/loopback.ts";

type Batch = { readonly QueueUrl: string; readonly Entries: readonly { Id: string; MessageBody: string }[] };

const batchOf = (body: string): Batch => JSON.parse(body) as Batch;
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** A queue that takes everything. */
const taking: Behavior = (response, seen) => {
  const Successful = batchOf(seen.body).Entries.map(({ Id, MessageBody }) => ({
    Id,
    MessageId: `m-${Id}`,
    MD5OfMessageBody: md5(MessageBody),
  }));
  answering(200, JSON.stringify({ Successful, Failed: [] }))(response, seen);
};

const queued = ({ seen }: Loopback): SmsLogLine[] =>
  seen.flatMap(({ body }) => batchOf(body).Entries.map(({ MessageBody }) => SmsLogLine.parse(JSON.parse(MessageBody))));

/** The SDK calls a queue at its URL. */
const queueAt = ({ url }: Loopback): string => `${url}/111122223333/deliveries`;

/** The handler as Lambda starts it, its queue at the server. */
async function started(server: Loopback) {
  const { region, credentials } = connectionTo(server.url);
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", server.url);
  vi.stubEnv("AWS_REGION", region);
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  vi.stubEnv("DELIVERIES_QUEUE_URL", queueAt(server));
  vi.resetModules();
  return (await import("../../../functions/handlers/receive-sms-log.ts")).handler;
}

describe("the delivery logs of SMS", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("are queued line by line for those who record deliveries, and what says nothing is counted", async () => {
    await using server = await loopback(taking);
    const handler = await started(server);
    const event = aLogEvent(aDelivery(), "not json {", aFailure("Phone number is opted out"));
    const logged = await logOf(() => handler(event, aContext));
    expect(batchOf(server.seen[0]?.body ?? "").QueueUrl).toBe(queueAt(server));
    expect(queued(server)).toMatchObject([
      { providerReference: "567910cd-0000-4000-8000-000000000001", status: "delivered" },
      { status: "failed", suppress: { reason: "opted-out", address: "+919830012345" } },
    ]);
    expect(logged.at(-1)).toMatchObject({ level: "info", queued: 2, "not-json": 1 });
    expect(JSON.stringify(logged)).not.toContain("9830012345");
  });

  it("queue nothing for a control message", async () => {
    await using server = await loopback(taking);
    const handler = await started(server);
    await logOf(() => handler(asSubscription({ messageType: "CONTROL_MESSAGE", logEvents: [] }), aContext));
    expect(server.seen).toHaveLength(0);
  });

  it("fail aloud when they are none, or cannot be queued: Lambda tries again and then keeps them", async () => {
    await using server = await loopback(answering(403, '{"__type":"AccessDenied","message":"no"}'));
    const handler = await started(server);
    await logOf(async () => {
      await expect(handler({ awslogs: { data: "bm90IGd6aXA=" } }, aContext)).rejects.toMatchObject({
        code: "invalid-input",
      });
      expect(server.seen).toHaveLength(0);
      await expect(handler(aLogEvent(aDelivery()), aContext)).rejects.toMatchObject({ code: "provider-error" });
    });
  });
});
