import { type MessageAttributeValue, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Biller } from "../../domain/biller.ts";
import type { Message } from "../../domain/message.ts";
import type { Carrier } from "../../ports.ts";
import { type AwsConnection, attemptOnce, sendingSettings } from "../aws-sending.ts";
import { byFault } from "../failed-call.ts";
import { snsRefusals } from "./sns-codes.ts";

type SnsSettings = Partial<Extract<NonNullable<Biller["sms"]>, { provider: "sns" }>>;

/** The biller's settings for SNS; without any, the account's own hold. Undefined where it sends by another provider. */
function settingsOf({ sms }: Biller): SnsSettings | undefined {
  if (!sms) return {};
  return sms.provider === "sns" ? sms : undefined;
}

const text = (value: string): MessageAttributeValue => ({ DataType: "String", StringValue: value });

function attributes({ message, wording }: Message, settings: SnsSettings): Record<string, MessageAttributeValue> {
  const { senderId, entityId, maxPriceUsd, templateIds } = settings;
  const templateId = templateIds?.[`${message}.${wording.language}`];
  return {
    "AWS.SNS.SMS.SMSType": text("Transactional"),
    ...(senderId && { "AWS.SNS.SMS.SenderID": text(senderId) }),
    ...(maxPriceUsd && { "AWS.SNS.SMS.MaxPrice": { DataType: "Number", StringValue: maxPriceUsd } }),
    ...(entityId && { "AWS.MM.SMS.EntityId": text(entityId) }),
    ...(templateId && { "AWS.MM.SMS.TemplateId": text(templateId) }),
  };
}

/** SMS by SNS `Publish` to the phone number, as transactional, under the biller's sender id and registered (DLT) ids; one attempt, ended at `timeoutMs`. */
export function snsSmsSender({
  timeoutMs,
  connection = {},
}: {
  readonly timeoutMs: number;
  readonly connection?: AwsConnection;
}): Carrier {
  const client = new SNSClient({ ...sendingSettings(timeoutMs), ...connection });
  return {
    async send(message, signal) {
      const settings = settingsOf(message.biller);
      if (message.wording.channel !== "sms") return byFault("not-an-sms");
      if (!settings) return byFault("no-sender-settings");
      const command = new PublishCommand({
        PhoneNumber: message.to.reveal(),
        Message: message.wording.text,
        MessageAttributes: attributes(message, settings),
      });
      const publish = async (abortSignal: AbortSignal) => (await client.send(command, { abortSignal })).MessageId;
      return attemptOnce(publish, { timeoutMs, signal, refusals: snsRefusals });
    },
  };
}
