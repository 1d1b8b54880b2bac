import { SQSClient } from "@aws-sdk/client-sqs";
import type { ReconciliationQueue } from "../../money-ports.ts";
import { sendBatches } from "./send-batches.ts";

/** The queue that `reconcile-payments` works off, each day in its biller's group. */
export function sqsReconciliationQueue({
  queueUrl,
  client = new SQSClient({}),
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): ReconciliationQueue {
  return {
    send: (days) =>
      sendBatches(
        client,
        queueUrl,
        days.map((body) => ({ body, group: body.biller })),
      ),
  };
}
