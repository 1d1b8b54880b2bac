import type { QueueResource } from "../deployment-storage.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { Kept } from "../kept-state.ts";
import { awsError } from "./errors.ts";
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

/** SQS, played by fauxqs inside the process. What becomes of visibility in virtual time is the poller's. */
export interface Queues {
  readonly handle: (request: AwsRequest) => Promise<HttpAnswer>;
  readonly send: (queueName: string, body: string) => Promise<void>;
  readonly receive: (queueName: string, count: number) => Promise<readonly ReceivedMessage[]>;
  readonly delete: (queueName: string, receiptHandle: string) => Promise<void>;
  /** Ends a message's invisibility, so that the next receive may have it. */
  readonly release: (queueName: string, receiptHandle: string) => Promise<void>;
  /** Every message in every queue, visible or not. */
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

const delayed = (input: JsonObject): boolean => {
  const entries = Array.isArray(input["Entries"]) ? input["Entries"] : [input];
  return entries.some((entry: Json) => isJsonObject(entry) && Number(entry["DelaySeconds"] ?? 0) > 0);
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

/** Starts fauxqs with `queues`, as the stacks define them, and the messages kept from an earlier run. */
export async function startQueues(
  queues: readonly QueueResource[],
  region: string,
  kept: Kept<KeptMessage>,
): Promise<Queues> {
  const emulator = sqsEmulator(region);
  const sqs = noted(emulator, queueLedger(queues, kept));
  const listeners: ((queueName: string) => void)[] = [];
  const tell = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  const send = async (name: string, body: string): Promise<void> => {
    await sqs.call("SendMessage", { QueueUrl: urlOf(name), MessageBody: body });
    tell(name);
  };
  await createQueues(emulator, queues);
  for (const [id, { queue, body }] of [...kept.entries()]) {
    await send(queue, body);
    kept.drop(id);
  }
  return {
    send,
    handle: async ({ action, input, http }) => {
      if (delayed(input)) {
        const message = "The laptop knows no DelaySeconds: a delay would run in real time.";
        return awsError("sqs", { code: "UnsupportedOperation", status: 400, message });
      }
      const answer = await sqs.post(action, http.body.toString("utf8"));
      if (action.startsWith("SendMessage")) tell(String(input["QueueUrl"]).replace(/^.*\//, ""));
      return answer;
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
    release: async (name, ReceiptHandle) => {
      await sqs.call("ChangeMessageVisibility", { QueueUrl: urlOf(name), ReceiptHandle, VisibilityTimeout: 0 });
      tell(name);
    },
    messages: async () => {
      const found = await Promise.all(queues.map(async ({ name }) => ({ name, bodies: await emulator.bodies(name) })));
      return found.flatMap(({ name, bodies }) => bodies.map((body) => ({ queue: name, body })));
    },
    onMessage: (listener) => listeners.push(listener),
    stop: emulator.stop,
  };
}
