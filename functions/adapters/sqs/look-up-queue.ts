import { SQSClient } from "@aws-sdk/client-sqs";
import type { LookUpQueue } from "../../money-ports.ts";
import { sendBatches } from "./send-batches.ts";

/** The queue that `look-up-payment` works off. */
export function sqsLookUpQueue({
  queueUrl,
  client = new SQSClient({}),
}: {
  readonly queueUrl: string;
  readonly client?: SQSClient;
}): LookUpQueue {
  return {
    send: (lookUps) =>
      sendBatches(
        client,
        queueUrl,
        lookUps.map((body) => ({ body, group: body.biller })),
      ),
  };
}
