import { setTimeout as wait } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { DelayedQueue } from "../../ports.ts";
import { coalesced } from "../coalesced.ts";
import { type QueueMessage, sendBatches } from "./send-batches.ts";

/** SQS delays by whole seconds, a quarter of an hour at most. */
const longestDelaySeconds = 900;

/** The messages of one batch are put back with one request. */
const coalesceMs = 5;

/**
 * A sender's own queue, for messages that wait for their slot. They carry no group: SQS then takes each for a tenant of its own and hands
 * it out before what waits in the group of a busy biller (SQS Developer Guide, "How Amazon SQS fair queues work").
 */
export function sqsDelayedQueue({
  queueUrl,
  client = new SQSClient({}),
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): DelayedQueue {
  const send = coalesced<QueueMessage, void>(
    async (messages) => {
      await sendBatches(client, queueUrl, messages);
      return [];
    },
    () => wait(coalesceMs),
  );
  return {
    send(message, delaySeconds) {
      const wanted = Math.max(0, Math.floor(delaySeconds));
      return send({ body: message, delaySeconds: Math.min(wanted, longestDelaySeconds) });
    },
  };
}
