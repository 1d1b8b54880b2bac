import { createHash } from "node:crypto";
import type { CarrierSurroundings } from "./carrier.ts";
import type { WhatsAppNumber } from "./whatsapp-account.ts";

/** A WhatsApp number linked to the AWS account: its ids at Meta, and the ARNs of number and business account. */
export type SocialNumber = WhatsAppNumber & { readonly arn: string; readonly wabaArn: string };

/** The hexadecimal part of a phone number's id or ARN at End User Messaging Social; undefined for any other text. */
export const socialIdOf = (idOrArn: string): string | undefined =>
  /^(?:arn:[\w-]+:social-messaging:[\w-]+:\d{12}:)?phone-number-id[-/]([0-9A-Za-z]{1,100})$/.exec(idOrArn)?.[1];

const digitsOf = (text: string, length: number): string => {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return BigInt(`0x${hash}`).toString().padStart(length, "0").slice(-length);
};

/** A number that is linked under `id`; what Meta would have given it is made up from that, the same each time. */
export const linkedNumber = (id: string, { region, accountId }: CarrierSurroundings): SocialNumber => {
  const arn = `arn:aws:social-messaging:${region}:${accountId}`;
  return {
    arn: `${arn}:phone-number-id/${id}`,
    wabaArn: `${arn}:waba/${createHash("sha256").update(id).digest("hex").slice(0, 32)}`,
    phoneNumberId: `2${digitsOf(id, 14)}`,
    wabaId: `1${digitsOf(id, 14)}`,
    displayPhoneNumber: `91${digitsOf(id, 10)}`,
  };
};
