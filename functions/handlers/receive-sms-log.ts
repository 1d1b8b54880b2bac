import { deliveries, smsDeliveryLogs } from "../compose.ts";
import { environment } from "../config.ts";
import { logSubscriptionHandler } from "../middleware/log-subscription.ts";

const env = environment("receive-sms-log");
const queue = deliveries(env);

export const handler = logSubscriptionHandler(async (event) => {
  const { lines, skipped } = smsDeliveryLogs(event);
  await queue.send(lines);
  return { queued: lines.length, ...skipped };
});
