import { buildApp } from "fauxqs";
import type { QueueResource } from "../deployment-storage.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { awsError } from "./errors.ts";
import type { HttpAnswer } from "./http-message.ts";
import type { AwsRequest } from "./request.ts";

/** One message as SQS hands it out. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes?: JsonObject;
}

/** One message still in a queue, as it is kept on disk. */
export interface KeptMessage {
  readonly queue: string;
  readonly body: string;
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

const delayed = (input: JsonObject): boolean => {
  const entries = Array.isArray(input["Entries"]) ? input["Entries"] : [input];
  return entries.some((entry: Json) => isJsonObject(entry) && Number(entry["DelaySeconds"] ?? 0) > 0);
};

async function createQueues(
  call: (action: string, input: JsonObject) => Promise<JsonObject>,
  queues: readonly QueueResource[],
) {
  for (const { name, redrive, visibilitySeconds } of queues) {
    const policy = redrive && { deadLetterTargetArn: redrive.deadLetterArn, maxReceiveCount: redrive.maxReceiveCount };
    const Attributes = {
      VisibilityTimeout: String(visibilitySeconds),
      ...(policy === undefined ? {} : { RedrivePolicy: JSON.stringify(policy) }),
    };
    await call("CreateQueue", { QueueName: name, Attributes });
  }
}

/** Starts fauxqs with `queues`, as the stacks define them, and the messages kept from an earlier run. */
export async function startQueues(
  queues: readonly QueueResource[],
  region: string,
  kept: readonly KeptMessage[],
): Promise<Queues> {
  const app = buildApp({ logger: false, defaultRegion: region });
  const listeners: ((queueName: string) => void)[] = [];
  const url = (name: string): string => `http://127.0.0.1/000000000000/${name}`;
  const post = async (action: string, body: string): Promise<HttpAnswer> => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `AmazonSQS.${action}`,
      host: "127.0.0.1",
    };
    const answer = await app.inject({ method: "POST", url: "/", headers, payload: body });
    const queryError = answer.headers["x-amzn-query-error"];
    return {
      status: answer.statusCode,
      headers: {
        "content-type": "application/x-amz-json-1.0",
        ...(typeof queryError === "string" ? { "x-amzn-query-error": queryError } : {}),
      },
      body: answer.rawPayload,
    };
  };
  const call = async (action: string, input: JsonObject): Promise<JsonObject> => {
    const { status, body } = await post(action, JSON.stringify(input));
    if (status !== 200) throw new Error(`SQS ${action}: ${body.toString()}`);
    return body.length === 0 ? {} : (JSON.parse(body.toString()) as JsonObject);
  };
  const tell = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  const send = async (name: string, body: string): Promise<void> => {
    await call("SendMessage", { QueueUrl: url(name), MessageBody: body });
    tell(name);
  };
  await createQueues(call, queues);
  for (const { queue, body } of kept) await send(queue, body);
  return {
    send,
    handle: async ({ action, input, http }) => {
      if (delayed(input)) {
        const message = "The laptop knows no DelaySeconds: a delay would run in real time.";
        return awsError("sqs", { code: "UnsupportedOperation", status: 400, message });
      }
      const answer = await post(action, http.body.toString("utf8"));
      if (action.startsWith("SendMessage")) tell(String(input["QueueUrl"]).replace(/^.*\//, ""));
      return answer;
    },
    receive: async (name, count) => {
      const { Messages } = await call("ReceiveMessage", {
        QueueUrl: url(name),
        MaxNumberOfMessages: count,
        VisibilityTimeout: longestInvisibility,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      });
      return (Messages ?? []) as unknown as readonly ReceivedMessage[];
    },
    delete: async (name, ReceiptHandle) => {
      await call("DeleteMessage", { QueueUrl: url(name), ReceiptHandle });
    },
    release: async (name, ReceiptHandle) => {
      await call("ChangeMessageVisibility", { QueueUrl: url(name), ReceiptHandle, VisibilityTimeout: 0 });
      tell(name);
    },
    messages: async () => {
      const found: KeptMessage[] = [];
      for (const { name } of queues) {
        const answer = await app.inject({
          method: "GET",
          url: `/_fauxqs/queues/${name}`,
          headers: { host: "127.0.0.1" },
        });
        const {
          ready,
          delayed: later,
          inflight,
        } = answer.json<{ messages: Record<string, { body: string; message: { body: string } }[]> }>().messages;
        for (const message of [...(ready ?? []), ...(later ?? [])]) found.push({ queue: name, body: message.body });
        for (const { message } of inflight ?? []) found.push({ queue: name, body: message.body });
      }
      return found;
    },
    onMessage: (listener) => listeners.push(listener),
    stop: async () => {
      await app.close();
    },
  };
}
