import { SQSClient } from "@aws-sdk/client-sqs";
import type { PaymentQueue } from "../../ports.ts";
import { sendBatches } from "./send-batches.ts";

/** The queue that `record-payment` works off. */
export function sqsPaymentQueue({
  queueUrl,
  client = new SQSClient({}),
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): PaymentQueue {
  return {
    send: (payments) =>
      sendBatches(
        client,
        queueUrl,
        payments.map((body) => ({ body })),
      ),
  };
}
