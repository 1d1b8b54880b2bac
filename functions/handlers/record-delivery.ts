import { carrierReports, lastReceive, recordingDeliveries } from "../compose.ts";
import { environment } from "../config.ts";
import { queueHandler } from "../middleware/queue.ts";
import { recordDeliveries } from "../use-cases/record-delivery.ts";

const env = environment("record-delivery");
const ports = recordingDeliveries(env);

export const handler = queueHandler(async (body, { receiveCount }) => {
  const { messages, skipped } = carrierReports(JSON.parse(body));
  const recorded = await recordDeliveries(ports, messages, { lastReceive: receiveCount >= env.MAX_RECEIVES });
  return messages.length > 0 ? recorded : { outcome: skipped[0] ?? recorded.outcome };
}, lastReceive(env));
