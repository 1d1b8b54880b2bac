import { lastReceive, sending, smsCarrier, smsReferences, smsTexts } from "../compose.ts";
import { environment } from "../config.ts";
import { DueMessage } from "../messages.ts";
import { log } from "../middleware/log.ts";
import { queueHandler } from "../middleware/queue.ts";
import { sendNotification } from "../use-cases/send-notification.ts";

const env = environment("send-notification-sms");
const ports = { ...sending(env), carrier: smsCarrier(env), wording: smsTexts(), smsReferences: smsReferences(env) };
const settings = {
  senderTimeoutMs: env.SEND_TIMEOUT_SECONDS * 1_000,
  maxReceives: env.MAX_RECEIVES,
  linkBaseUrl: env.LINK_BASE_URL,
  rates: { snsPartsPerSecond: env.SNS_PARTS_PER_SECOND },
};

export const handler = queueHandler(async (body, { receiveCount, deadline }) => {
  const message = DueMessage.parse(JSON.parse(body));
  const sent = await sendNotification(ports, { ...settings, message, deadline, receiveCount });
  if (sent.liveFailed) log("warn", "live-failed", sent.liveFailed);
  return sent;
}, lastReceive(env));
