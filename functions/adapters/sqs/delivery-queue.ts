import { SQSClient } from "@aws-sdk/client-sqs";
import type { DeliveryQueue } from "../../ports.ts";
import { sendBatches } from "./send-batches.ts";

/** The queue that `record-delivery` works off. */
export function sqsDeliveryQueue({
  queueUrl,
  client = new SQSClient({}),
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): DeliveryQueue {
  return {
    send: (reports) =>
      sendBatches(
        client,
        queueUrl,
        reports.map((body) => ({ body })),
      ),
  };
}
