import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqsDeadLetters } from "../../../../functions/adapters/sqs/dead-letters.ts";
import type { AddressWish } from "../../../../functions/messages.ts";
import { queueHandler } from "../../../../functions/middleware/queue.ts";
import { recordDeliveries } from "../../../../functions/use-cases/record-delivery.ts";
import { billWorld, kolkata } from "../../../support/bill-world.ts";
import { aContext, logOf } from "../../../support/lambda-calls.ts";
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

async function aQueue(name: string): Promise<string> {
  const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: `${name}-${crypto.randomUUID()}` }));
  return QueueUrl;
}

async function received(QueueUrl: string, VisibilityTimeout = 0): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    VisibilityTimeout,
  });
  return (await client.send(command)).Messages ?? [];
}

const attributesOf = ({ MessageAttributes = {} }: Message): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]));

describe("the dead letters in SQS", () => {
  it("keep the message as it was, with why it failed as its attributes", async () => {
    const queueUrl = await aQueue("letters");
    const cause = { cause: "invalid-input", where: "at read (read.ts:1:1)", handler: "record-delivery" };
    await sqsDeadLetters({ queueUrl, client }).send("the body, \u20b9", cause);
    const [letter = {}] = await received(queueUrl);
    expect(letter.Body).toBe("the body, \u20b9");
    expect(attributesOf(letter)).toEqual(cause);
  });

  it("take a cause of any letters and length, and leave out what is empty", async () => {
    const queueUrl = await aQueue("letters");
    const cause = { cause: "x".repeat(5_000), where: "a\u0000b\ud800c", root: "" };
    await sqsDeadLetters({ queueUrl, client }).send("body", cause);
    const [letter = {}] = await received(queueUrl);
    expect(attributesOf(letter)).toEqual({ cause: "x".repeat(1_000), where: "a b c" });
  });

  it("that cannot be reached are an error of our own kind", async () => {
    await using away = await loopback(answering(500, "{}"));
    const letters = sqsDeadLetters({
      queueUrl: `${away.url}/111122223333/letters`,
      client: new SQSClient({ ...connectionTo(away.url), maxAttempts: 1 }),
    });
    await expect(letters.send("body", {})).rejects.toMatchObject({ code: "provider-error" });
  });
});

const at = kolkata("2026-11-15 09:00");
const stopOf = (n: number): AddressWish => ({
  kind: "wish",
  wish: "stop",
  biller: "example-power" as never,
  channel: "whatsapp",
  address: `+91983001230${n}`,
  reason: "stop-reply",
  at,
});

/** A worker that records wishes, over a queue with ten messages, the tenth of which it cannot read. */
async function tenMessages() {
  const [queueUrl, lettersUrl] = [await aQueue("deliveries"), await aQueue("deliveries-dead-letters")];
  const { ports } = await billWorld();
  const work = async (body: string) => await recordDeliveries(ports, [JSON.parse(body) as AddressWish]);
  const deadLetters = sqsDeadLetters({ queueUrl: lettersUrl, client });
  const handler = queueHandler(work, { maxReceives: 5, deadLetters });
  const bodies = [...Array.from({ length: 9 }, (_, n) => JSON.stringify(stopOf(n))), "{ poison"];
  const Entries = bodies.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
  await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return { ports, handler, queueUrl, lettersUrl };
}

/** Hands the messages to the worker as Lambda does, for the fifth time. */
async function workOff(handler: Awaited<ReturnType<typeof tenMessages>>["handler"], messages: readonly Message[]) {
  const Records = messages.map(({ MessageId, Body }) => ({
    messageId: MessageId,
    body: Body,
    attributes: { ApproximateReceiveCount: "5" },
  }));
  const told: unknown[] = [];
  await logOf(async () => told.push(await handler({ Records } as SQSEvent, aContext)));
  return told[0];
}

/** Moves every dead letter back to the queue it came from, as `StartMessageMoveTask` does, and hands them out. */
async function redriven(lettersUrl: string, queueUrl: string): Promise<readonly Message[]> {
  const letters = await received(lettersUrl, 60);
  for (const { Body, ReceiptHandle } of letters) {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body }));
    await client.send(new DeleteMessageCommand({ QueueUrl: lettersUrl, ReceiptHandle }));
  }
  return await received(queueUrl, 60);
}

describe("ten messages, the tenth of which is poison", () => {
  it("leave nine done, and the tenth among the dead letters with its cause", async () => {
    const { ports, handler, queueUrl, lettersUrl } = await tenMessages();
    expect(await workOff(handler, await received(queueUrl, 60))).toEqual({ batchItemFailures: [] });
    expect(ports.events.published).toHaveLength(9);
    const letters = await received(lettersUrl);
    expect(letters.map(({ Body }) => Body)).toEqual(["{ poison"]);
    expect(attributesOf(letters[0] ?? {})).toMatchObject({
      cause: "SyntaxError",
      handler: "duebell",
      where: expect.stringContaining("JSON.parse"),
      messageId: expect.any(String),
      at: expect.any(String),
    });
  });

  it("redriven twice change nothing that was done, and the poison is a dead letter again", async () => {
    const { ports, handler, queueUrl, lettersUrl } = await tenMessages();
    const all = await received(queueUrl, 60);
    const done = all.filter(({ Body = "" }) => Body !== "{ poison");
    await workOff(handler, done);
    const events = () => [...new Set(ports.events.published.map(({ eventId }) => eventId))].sort();
    const before = events();
    // What was done is a dead letter too when the answer of its last receive was lost.
    const letters = sqsDeadLetters({ queueUrl: lettersUrl, client });
    for (const { Body = "" } of all) await letters.send(Body, { cause: "provider-error" });
    expect(await redriven(lettersUrl, queueUrl).then((messages) => workOff(handler, messages))).toEqual({
      batchItemFailures: [],
    });
    expect(events()).toEqual(before);
    await workOff(handler, await redriven(lettersUrl, queueUrl));
    expect(events()).toEqual(before);
    expect((await received(lettersUrl)).map(({ Body }) => Body)).toEqual(["{ poison"]);
  });
});
