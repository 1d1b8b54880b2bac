import { buildApp } from "fauxqs";
import type { JsonObject } from "../json.ts";
import type { HttpAnswer } from "./http-message.ts";
import type { KeptMessage } from "./queue-ledger.ts";

/** fauxqs inside the process, without a socket. */
export interface SqsEmulator {
  /** Makes a call with a body as it came over the wire. */
  readonly post: (action: string, body: string) => Promise<HttpAnswer>;
  /** Makes a call of the laptop's own; throws where SQS answers an error. */
  readonly call: (action: string, input: JsonObject) => Promise<JsonObject>;
  /** Every message in a queue, visible or not. */
  readonly messages: (queueName: string) => Promise<readonly KeptMessage[]>;
  readonly stop: () => Promise<void>;
}

interface InspectedMessage {
  readonly body: string;
  readonly messageAttributes: JsonObject;
}

interface Inspected {
  readonly messages: {
    readonly ready: readonly InspectedMessage[];
    readonly inflight: readonly { readonly message: InspectedMessage }[];
  };
}

const keptOf =
  (queue: string) =>
  ({ body, messageAttributes }: InspectedMessage): KeptMessage => ({
    queue,
    body,
    ...(Object.keys(messageAttributes).length === 0 ? {} : { attributes: messageAttributes }),
  });

const host = "127.0.0.1";
const type = "application/x-amz-json-1.0";

/** Starts fauxqs for one region, empty. */
export function sqsEmulator(region: string): SqsEmulator {
  const app = buildApp({ logger: false, defaultRegion: region });
  const post = async (action: string, payload: string): Promise<HttpAnswer> => {
    const headers = { "content-type": type, "x-amz-target": `AmazonSQS.${action}`, host };
    const answer = await app.inject({ method: "POST", url: "/", headers, payload });
    const queryError = answer.headers["x-amzn-query-error"];
    const error = typeof queryError === "string" ? { "x-amzn-query-error": queryError } : {};
    return { status: answer.statusCode, headers: { "content-type": type, ...error }, body: answer.rawPayload };
  };
  return {
    post,
    call: async (action, input) => {
      const { status, body } = await post(action, JSON.stringify(input));
      if (status !== 200) throw new Error(`SQS ${action}: ${body.toString()}`);
      return body.length === 0 ? {} : (JSON.parse(body.toString()) as JsonObject);
    },
    messages: async (queueName) => {
      const answer = await app.inject({ method: "GET", url: `/_fauxqs/queues/${queueName}`, headers: { host } });
      const { ready, inflight } = answer.json<Inspected>().messages;
      return [...ready, ...inflight.map(({ message }) => message)].map(keptOf(queueName));
    },
    stop: async () => {
      await app.close();
    },
  };
}
