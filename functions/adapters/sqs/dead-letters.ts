import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { providerError } from "../../domain/errors.ts";
import type { DeadLetters } from "../../ports.ts";

/** SQS takes ten attributes a message, and no empty ones. */
const mostAttributes = 10;
const mostLetters = 1_000;

// What XML 1.0 cannot hold, no attribute can.
const unsendable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/gu;

const attributesOf = (cause: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(cause)
      .map(([name, value]) => [name, value.replace(unsendable, " ").slice(0, mostLetters)] as const)
      .filter(([, value]) => value !== "")
      .slice(0, mostAttributes)
      .map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
  );

/**
 * A dead-letter queue that keeps with each message why it failed, as message attributes. The client is made with the first of them,
 * since most workers never need it. Throws provider-error when the queue does not take the message.
 */
export function sqsDeadLetters({
  queueUrl,
  client,
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): DeadLetters {
  let made = client;
  return {
    async send(body, cause) {
      made ??= new SQSClient({});
      try {
        const MessageAttributes = attributesOf(cause);
        await made.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes }));
      } catch (error) {
        throw providerError("The dead-letter queue did not take a message.", error);
      }
    },
  };
}
