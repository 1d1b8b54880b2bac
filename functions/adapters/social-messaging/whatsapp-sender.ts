import { SendWhatsAppMessageCommand, SocialMessagingClient } from "@aws-sdk/client-socialmessaging";
import { whatsAppSenderOf } from "../../domain/whatsapp-number.ts";
import type { Carrier } from "../../ports.ts";
import { type AwsConnection, attemptOnce, sendingSettings } from "../aws-sending.ts";
import { byFault } from "../failed-call.ts";
import { whatsAppBody } from "../whatsapp-body.ts";
import { socialMessagingRefusals } from "./social-messaging-codes.ts";

/** How long a call may take, and in which version of Meta's API the message is written (`v24.0`). */
export type SocialMessagingOptions = {
  readonly timeoutMs: number;
  readonly metaApiVersion: string;
  readonly connection?: AwsConnection;
};

/** WhatsApp by AWS End User Messaging Social `SendWhatsAppMessage`: Meta's own request, from the biller's number there; the reference is the id of AWS, and our key comes back with the statuses; one attempt, ended at `timeoutMs`. */
export function socialMessagingWhatsAppSender({
  timeoutMs,
  metaApiVersion,
  connection = {},
}: SocialMessagingOptions): Carrier {
  const client = new SocialMessagingClient({ ...sendingSettings(timeoutMs), ...connection });
  return {
    async send(message, signal) {
      const { wording, biller } = message;
      if (wording.channel !== "whatsapp") return byFault("not-a-whatsapp-message");
      if (biller.whatsapp?.provider !== "end-user-messaging") return byFault("no-sender-settings");
      const command = new SendWhatsAppMessageCommand({
        originationPhoneNumberId: whatsAppSenderOf(biller.whatsapp),
        message: new TextEncoder().encode(JSON.stringify(whatsAppBody(message, wording))),
        metaApiVersion,
      });
      const send = async (abortSignal: AbortSignal) => (await client.send(command, { abortSignal })).messageId;
      return attemptOnce(send, { timeoutMs, signal, refusals: socialMessagingRefusals });
    },
  };
}
