import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { DuebellError } from "../domain/errors.ts";
import { countOutcomes, errorIds, type LogIds, log, service } from "./log.ts";

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

/** Keeps a message that was received from being handed out again before its time. */
export type Hiding = { hide(receiptHandle: string, ms: number): Promise<void> };

/** What became of a message, and what else is counted with it; with `again` it comes back after so long, and its last receive fails for `reason`. */
type Worked = {
  readonly outcome: string;
  readonly also?: readonly string[];
  readonly again?: { readonly afterMs: number; readonly reason: string };
  /** What its log line says beside that. */
  readonly ids?: LogIds;
};

type Work = (body: string, delivery: Delivery) => Promise<Worked>;

/** What the log and the metrics call a message that waits for something still under way. */
const later = "later";

/**
 * The shape of a queue's worker: each message by itself, all of a batch at once. A message that fails is told to the queue alone and
 * comes back; the others are done. The last time it fails, it is put among the dead letters with its cause; where that fails too, or no
 * dead letters are named, SQS moves it there by itself. Work that wants its message back later needs to be told by whom it is hidden.
 */
export function queueHandler(work: Work, last?: LastReceive, hiding?: Hiding) {
  return middy<SQSEvent, SQSBatchResponse>(async (event: SQSEvent, context: Context) => {
    const outcomes: Record<string, number> = {};
    const count = (outcome: string): void => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    const worker = { work, count, last, hiding };
    const failures = await Promise.all(event.Records.map((record) => workOff(record, context, worker)));
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
  readonly hiding: Hiding | undefined;
};

/** The id of the message when it is to come back. */
async function workOff(record: SQSRecord, context: Context, worker: Worker): Promise<string | undefined> {
  const { work, count, last } = worker;
  const { messageId } = record;
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  try {
    const worked = await work(record.body, {
      messageId,
      receiveCount,
      deadline: Date.now() + context.getRemainingTimeInMillis(),
    });
    for (const counted of [worked.outcome, ...(worked.also ?? [])]) count(counted);
    log(worked.again ? "warn" : "info", worked.outcome, { messageId, ...worked.ids });
    return worked.again && (await putBack(record, worked.again, worker));
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

/** Hides a message until its next try; the last time, it joins the dead letters. Where it cannot be hidden, the queue's own time holds. */
async function putBack(
  record: SQSRecord,
  { afterMs, reason }: NonNullable<Worked["again"]>,
  { last, hiding, count }: Worker,
): Promise<string | undefined> {
  const { messageId, receiptHandle, attributes } = record;
  if (last && Number(attributes.ApproximateReceiveCount) >= last.maxReceives) {
    count("failed");
    return (await buriedFor(record, { cause: reason }, last)) ? undefined : messageId;
  }
  await hiding?.hide(receiptHandle, afterMs).catch((failure: unknown) => {
    log("warn", "not-hidden", { messageId, ...errorIds(failure) });
  });
  return messageId;
}

/** Puts a message among the dead letters with what may be said of its failure; false when they did not take it. */
async function buried(record: SQSRecord, error: unknown, last: LastReceive): Promise<boolean> {
  const { error: kind, code, cause: root, where } = errorIds(error);
  return await buriedFor(record, { cause: code ?? kind, root, where }, last);
}

async function buriedFor({ messageId, body }: SQSRecord, why: LogIds, { deadLetters }: LastReceive): Promise<boolean> {
  const cause = { ...why, handler: service(), messageId, at: new Date().toISOString() };
  const told = Object.entries(cause).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  try {
    await deadLetters.send(body, Object.fromEntries(told) as Record<string, string>);
    return true;
  } catch (failure) {
    log("error", "dead-letter-failed", { messageId, ...errorIds(failure) });
    return false;
  }
}
