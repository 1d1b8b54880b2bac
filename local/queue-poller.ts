import type { Activity } from "./activity.ts";
import type { Agenda } from "./agenda.ts";
import type { Queues, ReceivedMessage } from "./aws/queues.ts";
import type { CallLog } from "./call-log.ts";
import type { VirtualClock } from "./clock.ts";
import type { EventSourceMapping } from "./deployment-compute.ts";
import type { QueueResource } from "./deployment-storage.ts";
import type { InvocationResult } from "./function-thread.ts";
import { allows, type Statement } from "./iam/policy.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import type { LambdaHost, LogLine } from "./lambda-host.ts";

/** What a poller stands on. */
export interface QueuePollerOptions {
  readonly mapping: EventSourceMapping;
  readonly queue: QueueResource;
  readonly role: readonly Statement[];
  readonly queues: Queues;
  readonly host: LambdaHost;
  readonly clock: VirtualClock;
  readonly agenda: Agenda;
  readonly activity: Activity;
  readonly calls: CallLog;
  readonly log: LogLine;
  readonly region: string;
}

/** Feeds a function from a queue as Lambda's event source does, with visibility in virtual time. */
export interface QueuePoller {
  readonly queueName: string;
  /** Looks into the queue in the background. */
  readonly wake: () => void;
}

/** The messages of a batch that count as failed: all of them where the invocation failed or its answer names one that is not in it (Lambda: "Implementing partial batch responses"). */
export function failedMessages(
  batch: readonly ReceivedMessage[],
  result: InvocationResult,
  reportsItemFailures: boolean,
): readonly ReceivedMessage[] {
  if (result.outcome === "failed") return batch;
  if (!reportsItemFailures || !isJsonObject(result.payload))
    return reportsItemFailures && result.payload !== null ? batch : [];
  const reported = result.payload["batchItemFailures"];
  if (reported === undefined || reported === null) return [];
  if (!Array.isArray(reported)) return batch;
  const failed = reported.map((failure: unknown) => {
    const id = isJsonObject(failure) ? failure["itemIdentifier"] : undefined;
    return batch.find(({ MessageId }) => MessageId === id);
  });
  return failed.every((message) => message !== undefined) ? batch.filter((message) => failed.includes(message)) : batch;
}

/** SQS writes the members of an attribute in capitals, Lambda's event does not (Lambda: "Using Lambda with Amazon SQS"). */
function eventAttributes(attributes: JsonObject = {}): unknown {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const members = Object.entries(isJsonObject(attribute) ? attribute : {});
      const lowered = members.map(([key, value]) => [`${key.charAt(0).toLowerCase()}${key.slice(1)}`, value]);
      return [name, { ...Object.fromEntries(lowered), stringListValues: [], binaryListValues: [] }];
    }),
  );
}

function sqsEvent(batch: readonly ReceivedMessage[], { queue, clock, region }: QueuePollerOptions): unknown {
  return {
    Records: batch.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: {
        ...message.Attributes,
        SentTimestamp: String(clock.fromReal(Number(message.Attributes["SentTimestamp"]))),
        ApproximateFirstReceiveTimestamp: String(
          clock.fromReal(Number(message.Attributes["ApproximateFirstReceiveTimestamp"])),
        ),
      },
      messageAttributes: eventAttributes(message.MessageAttributes),
      md5OfBody: message.MD5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: queue.arn,
      awsRegion: region,
    })),
  };
}

/** All batches of a function share one thread: more at once than these would only make each of them late. */
const handsHere = 4;

const rights = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

function mayPoll({ mapping, queue, role, host, calls }: QueuePollerOptions): boolean {
  const missing = rights.find((action) => !allows(role, { action, resource: queue.arn }));
  if (missing === undefined) return true;
  const caller = host.find(mapping.functionName)?.handler ?? mapping.functionName;
  calls.add({ function: caller, service: "sqs", action: missing.slice(4), resource: queue.arn, allowed: false });
  return false;
}

async function receive({ mapping, queue, queues }: QueuePollerOptions): Promise<readonly ReceivedMessage[]> {
  const batch: ReceivedMessage[] = [];
  while (batch.length < mapping.batchSize) {
    const more = await queues.receive(queue.name, Math.min(10, mapping.batchSize - batch.length));
    if (more.length === 0) break;
    batch.push(...more);
  }
  return batch;
}

async function handle(options: QueuePollerOptions, batch: readonly ReceivedMessage[]): Promise<void> {
  const { mapping, queue, queues, host, clock, agenda, log } = options;
  const visibleAt = clock.now() + queue.visibilitySeconds * 1000;
  const result = await host.invoke(mapping.functionName, sqsEvent(batch, options));
  if (result.outcome === "failed") {
    log({ function: mapping.functionName, text: `${result.error.errorType}: ${result.error.errorMessage}` });
  }
  const failed = failedMessages(batch, result, mapping.reportsItemFailures);
  for (const message of batch) {
    const until = queues.hiddenUntil(message.ReceiptHandle) ?? visibleAt;
    if (failed.includes(message)) agenda.at(until, () => queues.release(queue.name, message.ReceiptHandle));
    else await queues.delete(queue.name, message.ReceiptHandle);
  }
}

/** A poller for one mapping; it receives only what the function's role may receive. */
export function queuePoller(options: QueuePollerOptions): QueuePoller {
  const { mapping, queue, activity } = options;
  const hands = Math.min(mapping.maximumConcurrency, handsHere);
  let batches = 0;
  let missed = false;
  const work = async (): Promise<void> => {
    if (batches >= hands) {
      missed = true;
      return;
    }
    if (!mayPoll(options)) return;
    batches += 1;
    try {
      for (let batch = await receive(options); batch.length > 0; batch = await receive(options)) {
        // A second pair of hands, as long as the first is busy and more may be waiting.
        if (batch.length === mapping.batchSize) activity.start(work);
        await handle(options, batch);
      }
    } finally {
      batches -= 1;
      if (missed) {
        missed = false;
        activity.start(work);
      }
    }
  };
  return { queueName: queue.name, wake: () => activity.start(work) };
}
