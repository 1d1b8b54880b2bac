import type { QueueResource } from "../deployment-storage.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Kept } from "../kept-state.ts";
import type { AwsRequest } from "./request.ts";

/** One message still in a queue, as it is kept on disk. */
export interface KeptMessage {
  readonly queue: string;
  readonly body: string;
  /** The message attributes as `SendMessage` takes them; absent where there are none. */
  readonly attributes?: JsonObject;
}

/** Notes on disk which message lies in which queue, since fauxqs forgets them with the process. */
export interface QueueLedger {
  /** Notes what a call changed, from its answer; to be told before the caller is. */
  readonly note: (action: AwsRequest["action"], input: JsonObject, answer: JsonObject) => void;
}

interface Receipt {
  readonly id: string;
  readonly receives: number;
}

const nameIn = (input: JsonObject): string => String(input["QueueUrl"]).replace(/^.*\//, "");

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/** The entries of a batch call; a call for one message counts as a batch of one. */
const entriesOf = (input: JsonObject): readonly JsonObject[] =>
  input["Entries"] === undefined ? [input] : objects(input["Entries"]);

/** The name of the queue to which SQS moves what was received too often, and how often that is. */
const redriveOf = (queues: readonly QueueResource[], queue: string): { to: string; after: number } | undefined => {
  const redrive = queues.find(({ name }) => name === queue)?.redrive;
  const to = queues.find(({ arn }) => arn === redrive?.deadLetterArn)?.name;
  return redrive === undefined || to === undefined ? undefined : { to, after: redrive.maxReceiveCount };
};

/** A ledger over `kept`, by message id. */
export function queueLedger(queues: readonly QueueResource[], kept: Kept<KeptMessage>): QueueLedger {
  const receipts = new Map<string, Receipt>();
  const sent = (input: JsonObject, answer: JsonObject): void => {
    const queue = nameIn(input);
    for (const entry of entriesOf(input)) {
      const told = entry === input ? answer : objects(answer["Successful"]).find(({ Id }) => Id === entry["Id"]);
      const id = told?.["MessageId"];
      if (id === undefined) continue;
      const attributes = entry["MessageAttributes"];
      kept.put(String(id), {
        queue,
        body: String(entry["MessageBody"]),
        ...(isJsonObject(attributes) ? { attributes } : {}),
      });
    }
  };
  const received = (answer: JsonObject): void => {
    for (const { ReceiptHandle, MessageId, Attributes } of objects(answer["Messages"])) {
      const receives = isJsonObject(Attributes) ? Number(Attributes["ApproximateReceiveCount"]) : 1;
      receipts.set(String(ReceiptHandle), { id: String(MessageId), receives });
    }
  };
  const deleted = (input: JsonObject): void => {
    for (const { ReceiptHandle } of entriesOf(input)) {
      const receipt = receipts.get(String(ReceiptHandle));
      receipts.delete(String(ReceiptHandle));
      if (receipt !== undefined) kept.drop(receipt.id);
    }
  };
  const released = (input: JsonObject): void => {
    const receipt = receipts.get(String(input["ReceiptHandle"]));
    const message = kept.entries().get(receipt?.id ?? "");
    const redrive = redriveOf(queues, nameIn(input));
    if (receipt === undefined || message === undefined || redrive === undefined) return;
    // The next receive will move it; after a restart it must not be tried from the start.
    if (receipt.receives >= redrive.after) kept.put(receipt.id, { ...message, queue: redrive.to });
  };
  return {
    note: (action, input, answer) => {
      if (action.startsWith("SendMessage")) sent(input, answer);
      else if (action === "ReceiveMessage") received(answer);
      else if (action.startsWith("DeleteMessage")) deleted(input);
      else if (action === "ChangeMessageVisibility") released(input);
    },
  };
}
