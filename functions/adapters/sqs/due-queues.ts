import { SQSClient } from "@aws-sdk/client-sqs";
import { type Channel, channels } from "../../domain/ids.ts";
import { parseDue } from "../../domain/progress.ts";
import type { DueQueues } from "../../ports.ts";
import { sendBatches } from "./send-batches.ts";

type DueQueuesOptions = { readonly urls: Readonly<Record<Channel, string>>; readonly client?: SQSClient };

/** The three channel queues: each message goes to that of its due key's channel, in its biller's group. */
export function sqsDueQueues({ urls, client = new SQSClient({}) }: DueQueuesOptions): DueQueues {
  return {
    async send(messages) {
      const routed = messages.map((body) => ({ body, ...parseDue(body.due) }));
      await Promise.all(
        channels.map((channel) =>
          sendBatches(
            client,
            urls[channel],
            routed
              .filter((message) => message.channel === channel)
              .map(({ body, biller }) => ({ body, group: biller })),
          ),
        ),
      );
    },
  };
}
