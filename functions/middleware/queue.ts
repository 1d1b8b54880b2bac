import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { DuebellError } from "../domain/errors.ts";
import { countOutcomes, errorIds, log, service } from "./log.ts";

/** What a queue's worker knows of a message beside its body. */
export type Delivery = {
  readonly messageId: string;
  /** How often the message was received, this time included. */
  readonly receiveCount: number;
  /** When this Lambda ends. */
  readonly deadline: number;
};

/** What becomes of a message whose last receive fails: after `maxReceives` it goes to the dead letters, with why. */
export type LastReceive = {
  readonly maxReceives: number;
  readonly deadLetters: { send(body: string, cause: Readonly<Record<string, string>>): Promise<void> };
};

/** What became of a message, and what else is counted with it. */
type Worked = { readonly outcome: string; readonly also?: readonly string[] };

type Work = (body: string, delivery: Delivery) => Promise<Worked>;

/** What the log and the metrics call a message that waits for something still under way. */
const later = "later";

/**
 * The shape of a queue's worker: each message by itself, all of a batch at once. A message that fails is told to the queue alone and
 * comes back; the others are done. The last time it fails, it is put among the dead letters with its cause; where that fails too, or no
 * dead letters are named, SQS moves it there by itself.
 */
export function queueHandler(work: Work, last?: LastReceive) {
  return middy<SQSEvent, SQSBatchResponse>(async (event: SQSEvent, context: Context) => {
    const outcomes: Record<string, number> = {};
    const count = (outcome: string): void => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    const failures = await Promise.all(event.Records.map((record) => workOff(record, context, { work, count, last })));
    countOutcomes(outcomes);
    return {
      batchItemFailures: failures.flatMap((itemIdentifier) =>
        itemIdentifier === undefined ? [] : [{ itemIdentifier }],
      ),
    };
  });
}

type Worker = {
  readonly work: Work;
  readonly count: (outcome: string) => void;
  readonly last: LastReceive | undefined;
};

/** The id of the message when it is to come back. */
async function workOff(
  record: SQSRecord,
  context: Context,
  { work, count, last }: Worker,
): Promise<string | undefined> {
  const { messageId } = record;
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  try {
    const { outcome, also = [] } = await work(record.body, {
      messageId,
      receiveCount,
      deadline: Date.now() + context.getRemainingTimeInMillis(),
    });
    for (const counted of [outcome, ...also]) count(counted);
    log("info", outcome, { messageId });
    return undefined;
  } catch (error) {
    const isLast = last !== undefined && receiveCount >= last.maxReceives;
    if (!isLast && error instanceof DuebellError && error.code === "not-ready") {
      count(later);
      log("info", later, { messageId, receiveCount });
      return messageId;
    }
    count("failed");
    log("error", "failed", { messageId, receiveCount, ...errorIds(error) });
    return isLast && (await buried(record, error, last)) ? undefined : messageId;
  }
}

/** Puts a message among the dead letters with what may be said of its failure; false when they did not take it. */
async function buried({ messageId, body }: SQSRecord, error: unknown, { deadLetters }: LastReceive): Promise<boolean> {
  const { error: kind, code, cause: root, where } = errorIds(error);
  const cause = { cause: code ?? kind, root, where, handler: service(), messageId, at: new Date().toISOString() };
  const told = Object.entries(cause).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  try {
    await deadLetters.send(body, Object.fromEntries(told) as Record<string, string>);
    return true;
  } catch (failure) {
    log("error", "dead-letter-failed", { messageId, ...errorIds(failure) });
    return false;
  }
}
