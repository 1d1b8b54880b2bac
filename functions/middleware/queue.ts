import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { countOutcomes, errorIds, log } from "./log.ts";

/** What a queue's worker knows of a message beside its body. */
export type Delivery = {
  readonly messageId: string;
  /** How often the message was received, this time included. */
  readonly receiveCount: number;
  /** When this Lambda ends. */
  readonly deadline: number;
};

/**
 * The shape of a queue's worker: each message by itself, all of a batch at once. A message that fails is told to the queue alone and
 * comes back, in the end to the dead-letter queue; the others are done.
 */
export function queueHandler(work: (body: string, delivery: Delivery) => Promise<{ readonly outcome: string }>) {
  return middy<SQSEvent, SQSBatchResponse>(async (event: SQSEvent, context: Context) => {
    const outcomes: Record<string, number> = {};
    const count = (outcome: string): void => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    const failures = await Promise.all(event.Records.map((record) => workOff(record, context, { work, count })));
    countOutcomes(outcomes);
    return {
      batchItemFailures: failures.flatMap((itemIdentifier) =>
        itemIdentifier === undefined ? [] : [{ itemIdentifier }],
      ),
    };
  });
}

type Work = {
  readonly work: (body: string, delivery: Delivery) => Promise<{ readonly outcome: string }>;
  readonly count: (outcome: string) => void;
};

async function workOff(record: SQSRecord, context: Context, { work, count }: Work): Promise<string | undefined> {
  const { messageId } = record;
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  try {
    const { outcome } = await work(record.body, {
      messageId,
      receiveCount,
      deadline: Date.now() + context.getRemainingTimeInMillis(),
    });
    count(outcome);
    log("info", outcome, { messageId });
    return undefined;
  } catch (error) {
    count("failed");
    log("error", "failed", { messageId, receiveCount, ...errorIds(error) });
    return messageId;
  }
}
