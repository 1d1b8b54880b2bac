import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import { providerError } from "../../domain/errors.ts";

/** SQS hides a message for twelve hours at most, counted from its receive: a little less, for the work that came before. */
export const longestHiddenMs = 12 * 3_600_000 - 5 * 60_000;

/** Keeps received messages of a queue hidden until their next try, in whole seconds. Throws provider-error when SQS does not. */
export function sqsHiding({ queueUrl, client }: { readonly queueUrl: string; readonly client?: SQSClient }) {
  let made = client;
  return {
    async hide(receiptHandle: string, ms: number): Promise<void> {
      // Made with the first message that comes back: most never do.
      made ??= new SQSClient({});
      const VisibilityTimeout = Math.ceil(Math.min(Math.max(0, ms), longestHiddenMs) / 1_000);
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout,
      });
      try {
        await made.send(command);
      } catch (error) {
        throw providerError("The queue did not keep a message for later.", error);
      }
    },
  };
}
