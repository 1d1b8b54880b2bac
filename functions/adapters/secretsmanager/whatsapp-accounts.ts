import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";

const text = z
  .string("must be text")
  .check(z.minLength(8, "must be 8 characters or more"), z.regex(/^[\x21-\x7e]+$/, "must be printable ASCII"));

const WhatsAppAccount = z.object(
  { accessToken: text, appSecret: text, verifyToken: text },
  "must be {accessToken, appSecret, verifyToken}",
);
type WhatsAppAccount = z.output<typeof WhatsAppAccount>;

/** What a biller sends with, and what Meta signs with and asks for: `<prefix>/<biller>/whatsapp`, five minutes old at most; undefined when there is none. */
export function secretsManagerWhatsAppAccounts({
  prefix,
  ...options
}: SecretsOptions & { readonly prefix: string }): (biller: BillerId) => Promise<WhatsAppAccount | undefined> {
  const read = secretsOf<WhatsAppAccount>(WhatsAppAccount, options);
  return (biller) => read(`${prefix}/${biller}/whatsapp`);
}
