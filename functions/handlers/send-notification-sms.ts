import { sending, smsCarrier, smsReferences, smsTexts } from "../compose.ts";
import { environment } from "../config.ts";
import { DueMessage } from "../messages.ts";
import { queueHandler } from "../middleware/queue.ts";
import { sendNotification } from "../use-cases/send-notification.ts";

const env = environment("send-notification-sms");
const ports = { ...sending(env), carrier: smsCarrier(), wording: smsTexts(), smsReferences: smsReferences(env) };
const settings = { senderTimeoutMs: env.SEND_TIMEOUT_SECONDS * 1_000, linkBaseUrl: env.LINK_BASE_URL };

export const handler = queueHandler(async (body, { receiveCount, deadline }) => {
  const message = DueMessage.parse(JSON.parse(body));
  return await sendNotification(ports, { ...settings, message, deadline, receiveCount });
});
