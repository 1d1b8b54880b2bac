import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { providerError } from "../../domain/errors.ts";
import type { DeskMail } from "../../money-ports.ts";
import { type AwsConnection, sendingSettings } from "../aws-sending.ts";
import { mailbox } from "./mailbox.ts";

/** Long enough for SES; one attempt, since the queue tries again. */
const timeoutMs = 10_000;

const utf8 = (text: string) => ({ Data: text, Charset: "UTF-8" });

/** Plain e-mail to the people at a biller by SES v2, from the biller's own address. Throws provider-error when SES does not take it. */
export function sesDeskMail({
  configurationSet,
  connection = {},
}: {
  readonly configurationSet: string;
  readonly connection?: AwsConnection;
}): DeskMail {
  const client = new SESv2Client({ ...sendingSettings(timeoutMs), ...connection });
  return {
    async send({ id, email, desk }, { subject, text }) {
      if (!email || !desk) throw providerError(`The biller ${id} has no address to write from or to.`);
      const command = new SendEmailCommand({
        FromEmailAddress: mailbox(email.from),
        Destination: { ToAddresses: [desk.email] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
        ConfigurationSetName: configurationSet,
      });
      try {
        await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
      } catch (error) {
        throw providerError("SES did not take an e-mail to a biller's desk.", error);
      }
    },
  };
}
