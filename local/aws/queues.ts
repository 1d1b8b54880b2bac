import type { Agenda } from "../agenda.ts";
import type { QueueResource } from "../deployment-storage.ts";
import type { JsonObject } from "../json.ts";
import type { Kept } from "../kept-state.ts";
import { type DelayedMessage, delays } from "./delayed-messages.ts";
import { hiddenMessages } from "./hidden-messages.ts";
import type { HttpAnswer } from "./http-message.ts";
import { type KeptMessage, type QueueLedger, queueLedger } from "./queue-ledger.ts";
import type { AwsRequest } from "./request.ts";
import { type SqsEmulator, sqsEmulator } from "./sqs-emulator.ts";

/** One message as SQS hands it out. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes?: JsonObject;
}

/** SQS, played by fauxqs inside the process; delays count in virtual time. What becomes of visibility in virtual time is the poller's. */
export interface Queues {
  readonly handle: (request: AwsRequest) => Promise<HttpAnswer>;
  readonly send: (queueName: string, body: string) => Promise<void>;
  readonly receive: (queueName: string, count: number) => Promise<readonly ReceivedMessage[]>;
  readonly delete: (queueName: string, receiptHandle: string) => Promise<void>;
  /** Until when a function has hidden a message it received, in virtual milliseconds since 1970; undefined where it has not. */
  readonly hiddenUntil: (receiptHandle: string) => number | undefined;
  /** Ends a message's invisibility, so that the next receive may have it. */
  readonly release: (queueName: string, receiptHandle: string) => Promise<void>;
  /** Every message in every queue, visible or not, the delayed ones too. */
  readonly messages: () => Promise<readonly KeptMessage[]>;
  /** Calls back whenever a queue has got something new. */
  readonly onMessage: (listener: (queueName: string) => void) => void;
  readonly stop: () => Promise<void>;
}

// fauxqs counts real time, so a message is hidden for as long as SQS allows, and released by the poller in virtual time.
const longestInvisibility = 43_200;

const receiving = {
  VisibilityTimeout: longestInvisibility,
  MessageSystemAttributeNames: ["All"],
  MessageAttributeNames: ["All"],
};

async function createQueues({ call }: SqsEmulator, queues: readonly QueueResource[]): Promise<void> {
  for (const { name, redrive, visibilitySeconds } of queues) {
    const policy = redrive && { deadLetterTargetArn: redrive.deadLetterArn, maxReceiveCount: redrive.maxReceiveCount };
    const Attributes = {
      VisibilityTimeout: String(visibilitySeconds),
      ...(policy === undefined ? {} : { RedrivePolicy: JSON.stringify(policy) }),
    };
    await call("CreateQueue", { QueueName: name, Attributes });
  }
}

const urlOf = (name: string): string => `http://127.0.0.1/000000000000/${name}`;

/** Every call to `sqs`, noted in `ledger` before the caller has its answer. */
function noted(sqs: SqsEmulator, ledger: QueueLedger): Pick<SqsEmulator, "call" | "post"> {
  return {
    call: async (action, input) => {
      const answer = await sqs.call(action, input);
      ledger.note(action, input, answer);
      return answer;
    },
    post: async (action, body) => {
      const answer = await sqs.post(action, body);
      if (answer.status === 200 && answer.body.length > 0)
        ledger.note(action, JSON.parse(body) as JsonObject, JSON.parse(answer.body.toString()) as JsonObject);
      return answer;
    },
  };
}

const sendMessage = ({ queue, body, attributes }: KeptMessage): JsonObject => ({
  QueueUrl: urlOf(queue),
  MessageBody: body,
  ...(attributes === undefined ? {} : { MessageAttributes: attributes }),
});

/** What the queues stand on. */
export interface QueuesOptions {
  /** The queues as the stacks define them. */
  readonly queues: readonly QueueResource[];
  readonly region: string;
  /** The messages of an earlier run. */
  readonly kept: Kept<KeptMessage>;
  readonly delayed: Kept<DelayedMessage>;
  readonly agenda: Agenda;
  readonly now: () => number;
}

const nameIn = (input: JsonObject): string => String(input["QueueUrl"]).replace(/^.*\//, "");

/** Starts fauxqs with the queues and the messages kept from an earlier run. */
export async function startQueues({ queues, region, kept, delayed, agenda, now }: QueuesOptions): Promise<Queues> {
  const emulator = sqsEmulator(region);
  const sqs = noted(emulator, queueLedger(queues, kept));
  const listeners: ((queueName: string) => void)[] = [];
  const tell = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  const put = async (message: KeptMessage): Promise<void> => {
    await sqs.call("SendMessage", sendMessage(message));
    tell(message.queue);
  };
  await createQueues(emulator, queues);
  for (const [id, message] of [...kept.entries()]) {
    await put(message);
    kept.drop(id);
  }
  const later = delays({ kept: delayed, agenda, now, send: put, post: sqs.post });
  const hidden = hiddenMessages(now);
  return {
    send: (queue, body) => put({ queue, body }),
    handle: async ({ action, input, http }) => {
      const queue = nameIn(input);
      const known = queues.some(({ name }) => name === queue);
      const answer = known ? (hidden.take(action, input) ?? (await later.take(action, queue, input))) : undefined;
      const taken = answer ?? (await sqs.post(action, http.body.toString("utf8")));
      if (action.startsWith("SendMessage")) tell(queue);
      return taken;
    },
    receive: async (name, count) => {
      const { Messages } = await sqs.call("ReceiveMessage", {
        ...receiving,
        QueueUrl: urlOf(name),
        MaxNumberOfMessages: count,
      });
      return (Messages ?? []) as unknown as readonly ReceivedMessage[];
    },
    delete: async (name, ReceiptHandle) => {
      await sqs.call("DeleteMessage", { QueueUrl: urlOf(name), ReceiptHandle });
    },
    hiddenUntil: hidden.until,
    release: async (name, ReceiptHandle) => {
      await sqs.call("ChangeMessageVisibility", { QueueUrl: urlOf(name), ReceiptHandle, VisibilityTimeout: 0 });
      tell(name);
    },
    messages: async () => [
      ...(await Promise.all(queues.map(({ name }) => emulator.messages(name)))).flat(),
      ...later.waiting(),
    ],
    onMessage: (listener) => listeners.push(listener),
    stop: emulator.stop,
  };
}
