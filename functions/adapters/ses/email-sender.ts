import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import type { Message, Wording } from "../../domain/message.ts";
import { notificationReference } from "../../domain/notification.ts";
import type { Carrier } from "../../ports.ts";
import { type AwsConnection, attemptOnce, sendingSettings } from "../aws-sending.ts";
import { byFault } from "../failed-call.ts";
import { mailbox } from "./mailbox.ts";
import { sesRefusals } from "./ses-codes.ts";

type EmailWording = Extract<Wording, { channel: "email" }>;

/** How e-mail is sent: under which configuration set, whose events come back as delivery receipts, and how long a call may take. */
export type EmailSenderOptions = {
  readonly configurationSet: string;
  readonly timeoutMs: number;
  readonly connection?: AwsConnection;
};

const utf8 = (text: string) => ({ Data: text, Charset: "UTF-8" });

/** RFC 8058: both headers, or mailbox providers offer no one-click unsubscribe. */
const unsubscribeHeaders = (url: string) => [
  { Name: "List-Unsubscribe", Value: `<${url}>` },
  { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
];

function content(
  { subject, text, html }: EmailWording,
  unsubscribeUrl: string | undefined,
): SendEmailCommandInput["Content"] {
  return {
    Simple: {
      Subject: utf8(subject),
      Body: { Text: utf8(text), Html: utf8(html) },
      ...(unsubscribeUrl && { Headers: unsubscribeHeaders(unsubscribeUrl) }),
    },
  };
}

/** E-mail by SES v2 `SendEmail`, text and HTML, our key in the tag `dispatchId`; one attempt, ended at `timeoutMs`. */
export function sesEmailSender({ configurationSet, timeoutMs, connection = {} }: EmailSenderOptions): Carrier {
  const client = new SESv2Client({ ...sendingSettings(timeoutMs), ...connection });
  return {
    async send({ key, biller, to, wording, unsubscribeUrl }: Message, signal) {
      if (wording.channel !== "email") return byFault("not-an-email");
      if (!biller.email) return byFault("no-sender-settings");
      const { from, replyTo } = biller.email;
      const command = new SendEmailCommand({
        FromEmailAddress: mailbox(from),
        Destination: { ToAddresses: [to.reveal()] },
        ...(replyTo && { ReplyToAddresses: [mailbox(replyTo)] }),
        Content: content(wording, unsubscribeUrl),
        EmailTags: [{ Name: "dispatchId", Value: notificationReference(key) }],
        ConfigurationSetName: configurationSet,
      });
      const sendEmail = async (abortSignal: AbortSignal) => (await client.send(command, { abortSignal })).MessageId;
      return attemptOnce(sendEmail, { timeoutMs, signal, refusals: sesRefusals });
    },
  };
}
