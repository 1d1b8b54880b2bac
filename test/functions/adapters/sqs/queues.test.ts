import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { sqsDelayedQueue } from "../../../../functions/adapters/sqs/delayed-queue.ts";
import { sqsDeliveryQueue } from "../../../../functions/adapters/sqs/delivery-queue.ts";
import { sqsDueQueues } from "../../../../functions/adapters/sqs/due-queues.ts";
import { sqsImportRangeQueue } from "../../../../functions/adapters/sqs/import-range-queue.ts";
import { sqsLookUpQueue } from "../../../../functions/adapters/sqs/look-up-queue.ts";
import { sqsPaymentQueue } from "../../../../functions/adapters/sqs/payment-queue.ts";
import { sqsReconciliationQueue } from "../../../../functions/adapters/sqs/reconciliation-queue.ts";
import type { BillerId, Channel, ImportId } from "../../../../functions/domain/ids.ts";
import { cursorAt } from "../../../../functions/domain/progress.ts";
import type {
  DeliveryReport,
  DueMessage,
  ImportRange,
  PaymentMessage,
  ReconciliationMessage,
} from "../../../../functions/messages.ts";
import { plainCode } from "../../../support/memory-recorders.ts";
import { answering, type Behavior, connectionTo, type Loopback, loopback } from "../loopback.ts";

type Entry = {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly DelaySeconds?: number;
};
type Batch = { readonly QueueUrl: string; readonly Entries: readonly Entry[] };

const batchOf = (body: string): Batch => JSON.parse(body) as Batch;
const batchesOf = ({ seen }: Loopback): Batch[] => seen.map(({ body }) => batchOf(body));
const bodiesOf = (server: Loopback): unknown[] =>
  batchesOf(server).flatMap(({ Entries }) => Entries.map(({ MessageBody }) => JSON.parse(MessageBody)));

/** A queue that refuses the messages for which `refuses` holds. */
const refusing =
  (refuses: (entry: Entry) => boolean, senderFault = false): Behavior =>
  (response, seen) => {
    const { Entries } = batchOf(seen.body);
    const Failed = Entries.filter(refuses).map(({ Id }) => ({
      Id,
      Code: senderFault ? "InvalidMessageContents" : "InternalError",
      SenderFault: senderFault,
    }));
    const Successful = Entries.filter((entry) => !refuses(entry)).map(({ Id }) => ({ Id, MessageId: `m-${Id}` }));
    answering(200, JSON.stringify({ Successful, Failed }), { "content-type": "application/x-amz-json-1.0" })(
      response,
      seen,
    );
  };
const taking = refusing(() => false);

const clientOf = (server: Loopback): SQSClient =>
  new SQSClient({ ...connectionTo(server.url), maxAttempts: 1, md5: false });
const urls = {
  sms: "https://sqs.example.com/sms",
  email: "https://sqs.example.com/email",
  whatsapp: "https://sqs.example.com/whatsapp",
};

const now = Date.parse("2026-11-21T04:30:00Z");
const due = (channel: Channel, biller: string, billId: string): DueMessage => ({
  pk: `BILL#${plainCode(biller, billId)}`,
  sk: "BILL",
  due: cursorAt({ step: "issued", hop: 0, channel, at: now }, biller as BillerId, now).due,
});
const aRange = (range: number, refused: number[] = []): ImportRange => ({
  biller: "example-power" as BillerId,
  importId: "imp-1" as ImportId,
  key: "imports/example-power/imp-1.csv",
  versionId: "v1",
  range,
  from: 0,
  to: 100,
  line: 2,
  refused,
});

describe("the channel queues", () => {
  it("get each message by the channel of its due key, in its biller's group", async () => {
    await using server = await loopback(taking);
    const messages = [
      due("sms", "example-power", "1"),
      due("email", "example-power", "2"),
      due("whatsapp", "city-water", "3"),
      due("sms", "city-water", "4"),
    ];
    await sqsDueQueues({ urls, client: clientOf(server) }).send(messages);
    const seen = batchesOf(server).flatMap(({ QueueUrl, Entries }) =>
      Entries.map(({ MessageBody, MessageGroupId }) => ({ QueueUrl, MessageGroupId, body: JSON.parse(MessageBody) })),
    );
    expect(seen).toHaveLength(4);
    expect(seen).toEqual(
      expect.arrayContaining([
        { QueueUrl: urls.sms, MessageGroupId: "example-power", body: messages[0] },
        { QueueUrl: urls.email, MessageGroupId: "example-power", body: messages[1] },
        { QueueUrl: urls.whatsapp, MessageGroupId: "city-water", body: messages[2] },
        { QueueUrl: urls.sms, MessageGroupId: "city-water", body: messages[3] },
      ]),
    );
  });

  it("get messages by tens, each once, and are not asked for none", async () => {
    await using server = await loopback(taking);
    const queues = sqsDueQueues({ urls, client: clientOf(server) });
    await queues.send([]);
    const messages = Array.from({ length: 123 }, (_, i) => due("sms", "example-power", String(i)));
    await queues.send(messages);
    expect(
      batchesOf(server)
        .map(({ Entries }) => Entries.length)
        .sort((a, b) => b - a),
    ).toEqual([...Array(12).fill(10), 3]);
    expect(new Set(bodiesOf(server).map((body) => JSON.stringify(body)))).toEqual(
      new Set(messages.map((body) => JSON.stringify(body))),
    );
  });

  it("get again only what they refused", async () => {
    const odd = ({ Id }: Entry) => Number(Id) % 2 === 1;
    await using server = await loopback(refusing(odd), taking);
    const messages = Array.from({ length: 4 }, (_, i) => due("sms", "example-power", String(i)));
    await sqsDueQueues({ urls, client: clientOf(server) }).send(messages);
    expect(bodiesOf(server)).toEqual([...messages, messages[1], messages[3]]);
  });

  it("that go on refusing are an error with their codes", async () => {
    await using server = await loopback(refusing(() => true));
    const sending = sqsDueQueues({ urls, client: clientOf(server) }).send([due("sms", "example-power", "1")]);
    await expect(sending).rejects.toMatchObject({
      code: "provider-error",
      retryable: true,
      message: "The queue refused 1 messages: InternalError.",
    });
    expect(server.seen).toHaveLength(3);
  });

  it("are not asked again for what was our fault", async () => {
    await using server = await loopback(refusing(() => true, true));
    await expect(
      sqsDueQueues({ urls, client: clientOf(server) }).send([due("sms", "example-power", "1")]),
    ).rejects.toMatchObject({ code: "provider-error" });
    expect(server.seen).toHaveLength(1);
  });

  it("that are down are an error of our own kind", async () => {
    await using server = await loopback(answering(500, "{}"));
    const sending = sqsDueQueues({ urls, client: clientOf(server) }).send([due("sms", "example-power", "1")]);
    await expect(sending).rejects.toMatchObject({ code: "provider-error", message: "The queue cannot be reached." });
  });
});

describe("the other queues", () => {
  const queueUrl = "https://sqs.example.com/queue";

  it("get delivery reports and payments as they are", async () => {
    await using server = await loopback(taking);
    const report: DeliveryReport = {
      kind: "delivery",
      code: plainCode("example-power", "1"),
      step: "issued",
      hop: 0,
      channel: "email",
      status: "delivered",
      at: now,
    };
    const payment: PaymentMessage = { type: "payment.succeeded", payment: { paymentId: "pay-1" } };
    await sqsDeliveryQueue({ queueUrl, client: clientOf(server) }).send([report]);
    await sqsPaymentQueue({ queueUrl, client: clientOf(server) }).send([payment]);
    expect(bodiesOf(server)).toEqual([report, payment]);
    expect(batchesOf(server).every(({ QueueUrl }) => QueueUrl === queueUrl)).toBe(true);
  });

  it("get what a gateway is to be asked about, in its biller's group", async () => {
    await using server = await loopback(taking);
    const biller = "example-power" as BillerId;
    const lookUp = { biller, gateway: "mercado-pago", reference: "123456789", raw: "webhooks/x" } as const;
    await sqsLookUpQueue({ queueUrl, client: clientOf(server) }).send([lookUp]);
    expect(bodiesOf(server)).toEqual([lookUp]);
    expect(batchesOf(server)[0]).toMatchObject({ QueueUrl: queueUrl, Entries: [{ MessageGroupId: biller }] });
  });

  it("get days to be compared, in their biller's group", async () => {
    await using server = await loopback(taking);
    const queueUrl = "https://sqs.example.com/reconciliations";
    const days = ["2026-11-20", "2026-11-19"].map(
      (date) => ({ biller: "example-power", gateway: "stripe", date }) as ReconciliationMessage,
    );
    await sqsReconciliationQueue({ queueUrl, client: clientOf(server) }).send(days);
    expect(bodiesOf(server)).toEqual(days);
    expect(batchesOf(server)[0]?.Entries.map(({ MessageGroupId }) => MessageGroupId)).toEqual([
      "example-power",
      "example-power",
    ]);
  });

  it("get back what waits for its slot, in nobody's group and with one request for a batch", async () => {
    await using server = await loopback(taking);
    const queue = sqsDelayedQueue({ queueUrl, client: clientOf(server) });
    const messages = [0, 1, 2.9, 900, 5_000].map((seconds, n) => ({
      seconds,
      message: { ...due("sms", "example-power", String(n)), slot: now + n },
    }));
    await Promise.all(messages.map(({ message, seconds }) => queue.send(message, seconds)));
    const [batch, ...more] = batchesOf(server);
    expect(more).toEqual([]);
    expect(batch?.Entries.map(({ DelaySeconds }) => DelaySeconds)).toEqual([undefined, 1, 2, 900, 900]);
    expect(batch?.Entries.some((entry) => "MessageGroupId" in entry)).toBe(false);
    expect(bodiesOf(server)).toEqual(messages.map(({ message }) => message));
  });

  it("tell every message of a batch when it could not be put back", async () => {
    await using server = await loopback(answering(500, "{}"));
    const queue = sqsDelayedQueue({ queueUrl, client: clientOf(server) });
    const sent = await Promise.allSettled(["1", "2"].map((n) => queue.send(due("sms", "example-power", n), 5)));
    expect(sent.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("get ranges of an import in batches that SQS takes, in the biller's group", async () => {
    await using server = await loopback(taking);
    const big = Array.from({ length: 80_000 }, (_, i) => 100_000 + i);
    await sqsImportRangeQueue({ queueUrl, client: clientOf(server) }).send([
      aRange(0, big),
      aRange(1, big),
      aRange(2, big),
      aRange(3),
    ]);
    const batches = batchesOf(server);
    expect(batches.map(({ Entries }) => Entries.length).sort((a, b) => a - b)).toEqual([1, 1, 2]);
    expect(
      batches.every(({ Entries }) => Entries.every(({ MessageGroupId }) => MessageGroupId === "example-power")),
    ).toBe(true);
    const bytes = batches.map(({ Entries }) =>
      Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0),
    );
    expect(Math.max(...bytes)).toBeLessThan(1_048_576);
  });
});
