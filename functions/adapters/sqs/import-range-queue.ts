import { SQSClient } from "@aws-sdk/client-sqs";
import type { ImportRangeQueue } from "../../ports.ts";
import { sendBatches } from "./send-batches.ts";

/** The queue that `import-rows` works off, each range in its biller's group. */
export function sqsImportRangeQueue({
  queueUrl,
  client = new SQSClient({}),
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): ImportRangeQueue {
  return {
    send: (ranges) =>
      sendBatches(
        client,
        queueUrl,
        ranges.map((body) => ({ body, group: body.biller })),
      ),
  };
}
