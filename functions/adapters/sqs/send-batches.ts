import { setTimeout as wait } from "node:timers/promises";
import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { DuebellError, providerError } from "../../domain/errors.ts";

/** One message of a queue; `group` keeps a busy biller from delaying the others (SQS fair queues: no order is implied). */
export type QueueMessage = { readonly body: object; readonly group?: string; readonly delaySeconds?: number };

type Entry = { readonly MessageBody: string; readonly MessageGroupId?: string; readonly DelaySeconds?: number };

/** `SendMessageBatch` takes ten messages of together a mebibyte; the margin is for what is counted besides the bodies. */
const batchSize = 10;
const batchBytes = 1_000_000;
const inParallel = 8;
const attempts = 3;
const pauseMs = 50;

function batchesOf(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.MessageBody);
    const last = batches.at(-1);
    if (last && last.length < batchSize && bytes + size <= batchBytes) {
      last.push(entry);
      bytes += size;
    } else {
      batches.push([entry]);
      bytes = size;
    }
  }
  return batches;
}

async function sendBatch(client: SQSClient, queueUrl: string, batch: readonly Entry[]): Promise<void> {
  let entries = batch;
  for (let attempt = 1; ; attempt++) {
    const Entries = entries.map((entry, index) => ({ Id: String(index), ...entry }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length === 0) return;
    const failed = new Set(Failed.map(({ Id }) => Number(Id)));
    entries = entries.filter((_, index) => failed.has(index));
    if (attempt === attempts || Failed.some(({ SenderFault }) => SenderFault)) {
      throw providerError(
        `The queue refused ${entries.length} messages: ${[...new Set(Failed.map(({ Code }) => Code))].join(", ")}.`,
      );
    }
    await wait(pauseMs * attempt);
  }
}

/** Sends all messages to a queue, tens at a time; what the queue refused is sent again, and what it still refuses is thrown as a provider-error. */
export async function sendBatches(
  client: SQSClient,
  queueUrl: string,
  messages: readonly QueueMessage[],
): Promise<void> {
  const batches = batchesOf(
    messages.map(({ body, group, delaySeconds }) => ({
      MessageBody: JSON.stringify(body),
      ...(group && { MessageGroupId: group }),
      ...(delaySeconds && { DelaySeconds: delaySeconds }),
    })),
  );
  try {
    for (let i = 0; i < batches.length; i += inParallel) {
      await Promise.all(batches.slice(i, i + inParallel).map((batch) => sendBatch(client, queueUrl, batch)));
    }
  } catch (error) {
    throw error instanceof DuebellError ? error : providerError("The queue cannot be reached.", error);
  }
}
