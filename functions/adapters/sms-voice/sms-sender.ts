import {
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  type SendTextMessageCommandInput,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { Biller } from "../../domain/biller.ts";
import type { Message } from "../../domain/message.ts";
import { notificationReference } from "../../domain/notification.ts";
import type { Carrier } from "../../ports.ts";
import { type AwsConnection, attemptOnce, sendingSettings } from "../aws-sending.ts";
import { byFault } from "../failed-call.ts";
import { smsVoiceRefusals } from "./sms-voice-codes.ts";

type Settings = Extract<NonNullable<Biller["sms"]>, { provider: "end-user-messaging" }>;

/** How SMS are sent: under which configuration set, whose events come back as delivery receipts, and how long a call may take. */
export type SmsVoiceSenderOptions = {
  readonly configurationSet: string;
  readonly timeoutMs: number;
  readonly connection?: AwsConnection;
};

/** India's registered (DLT) ids: without both the message takes the international route. */
function countryParameters({ message, wording }: Message, { entityId, templateIds }: Settings): Record<string, string> {
  const templateId = templateIds?.[`${message}.${wording.language}`];
  return { ...(entityId && { IN_ENTITY_ID: entityId }), ...(templateId && { IN_TEMPLATE_ID: templateId }) };
}

function options(settings: Settings): Partial<SendTextMessageCommandInput> {
  const { maxPriceUsd, timeToLiveSeconds, protectConfigurationId, dryRun } = settings;
  return {
    ...(maxPriceUsd && { MaxPrice: maxPriceUsd }),
    ...(timeToLiveSeconds && { TimeToLive: timeToLiveSeconds }),
    ...(protectConfigurationId && { ProtectConfigurationId: protectConfigurationId }),
    ...(dryRun && { DryRun: true }),
  };
}

/**
 * SMS by End User Messaging `SendTextMessage`, as transactional, from the biller's origination identity, our key in the context's
 * `dispatchId`; one attempt, ended at `timeoutMs`. A dry run that the service passes is accepted like any other: no receipt follows
 * it, so that a hop that waits for one runs out its wait.
 */
export function smsVoiceSmsSender({ timeoutMs, configurationSet, connection = {} }: SmsVoiceSenderOptions): Carrier {
  const client = new PinpointSMSVoiceV2Client({ ...sendingSettings(timeoutMs), ...connection });
  return {
    async send(message, signal) {
      const { key, biller, to, wording } = message;
      if (wording.channel !== "sms") return byFault("not-an-sms");
      if (biller.sms?.provider !== "end-user-messaging") return byFault("no-sender-settings");
      const registered = countryParameters(message, biller.sms);
      const command = new SendTextMessageCommand({
        DestinationPhoneNumber: to.reveal(),
        OriginationIdentity: biller.sms.originationIdentity,
        MessageBody: wording.text,
        MessageType: "TRANSACTIONAL",
        ConfigurationSetName: configurationSet,
        Context: { dispatchId: notificationReference(key) },
        ...(Object.keys(registered).length > 0 && { DestinationCountryParameters: registered }),
        ...options(biller.sms),
      });
      const sendText = async (abortSignal: AbortSignal) => (await client.send(command, { abortSignal })).MessageId;
      return attemptOnce(sendText, { timeoutMs, signal, refusals: smsVoiceRefusals });
    },
  };
}
