import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { longestHiddenMs, sqsHiding } from "../../../../functions/adapters/sqs/hiding.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";

let server: FauxqsServer;
let client: SQSClient;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false });
  client = new SQSClient({ ...connectionTo(server.address), maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

/** A queue with one message that was received and is hidden for half a minute. */
async function receivedMessage() {
  const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: `hiding-${crypto.randomUUID()}` }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "body" }));
  const receive = async () => (await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
  const [message] = await receive();
  return { queueUrl: QueueUrl, receive, handle: message?.ReceiptHandle ?? "" };
}

/** What SQS is asked for when a message is to be hidden for so long. */
async function askedFor(ms: number): Promise<unknown> {
  await using sqs = await loopback(answering(200, "{}", { "content-type": "application/x-amz-json-1.0" }));
  const own = new SQSClient({ ...connectionTo(sqs.url), maxAttempts: 1 });
  await sqsHiding({ queueUrl: `${sqs.url}/000000000000/queue`, client: own }).hide("handle", ms);
  own.destroy();
  return JSON.parse(sqs.seen[0]?.body ?? "");
}

describe("a message kept for later", () => {
  it("is handed out again once its time is over, and not before", async () => {
    const { queueUrl, receive, handle } = await receivedMessage();
    await sqsHiding({ queueUrl, client }).hide(handle, 60_000);
    expect(await receive()).toEqual([]);
    await sqsHiding({ queueUrl, client }).hide(handle, 0);
    expect(await receive()).toHaveLength(1);
  });

  it.each([
    [1, 1],
    [5_000, 5],
    [-1, 0],
    [24 * 3_600_000, longestHiddenMs / 1_000],
  ])("for %i ms is hidden for %i seconds", async (ms, seconds) => {
    expect(await askedFor(ms)).toMatchObject({ ReceiptHandle: "handle", VisibilityTimeout: seconds });
  });

  it("stays below what SQS allows since its receive", () => {
    expect(longestHiddenMs + 3 * 60_000).toBeLessThan(43_200_000);
  });

  it("that SQS does not hide is an error of the provider", async () => {
    const { queueUrl } = await receivedMessage();
    await expect(sqsHiding({ queueUrl, client }).hide("no-such-handle", 1)).rejects.toMatchObject({
      code: "provider-error",
    });
  });
});
