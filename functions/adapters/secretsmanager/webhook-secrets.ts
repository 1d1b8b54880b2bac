import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { WebhookSecrets } from "../../ports.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";
import { secretsManagerWhatsAppAccounts } from "./whatsapp-accounts.ts";

/** One secret, or two while the old one is still in use. */
const live = (secret: z.ZodMiniType<string>) =>
  z
    .array(secret, "must be a list")
    .check(z.minLength(1, "must hold a secret"), z.maxLength(2, "must hold two secrets at most"));

const printable = (least: number) =>
  z
    .string("must be text")
    .check(
      z.minLength(least, `must be ${least} characters or more`),
      z.maxLength(4_000),
      z.regex(/^[\x20-\x7e]+$/, "must be printable ASCII"),
    );

const standardSecret = z
  .string("must be text")
  .check(z.regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "must be whsec_ and 24 bytes or more in base64"));

const Standard = z.object({ secrets: live(standardSecret) }, "must be {secrets}");

/** An account may be paid through without its webhooks; what else the secret holds is for who asks the gateway. */
const Gateway = z.object({ webhookSecrets: z.exactOptional(live(printable(8))) }, "must be an object");

const Bbps = z.object({ authorizations: live(printable(16)) }, "must be {authorizations}");

/**
 * The secrets of incoming webhooks, `<prefix>/<biller>/<kind>` with the kinds `standard`, `razorpay`, `stripe`, `mercado-pago`, `bbps` and
 * `whatsapp`, five minutes old at most.
 */
export function secretsManagerWebhookSecrets({
  prefix,
  ...options
}: SecretsOptions & { readonly prefix: string }): WebhookSecrets {
  const readStandard = secretsOf<z.output<typeof Standard>>(Standard, options);
  const readGateway = secretsOf<z.output<typeof Gateway>>(Gateway, options);
  const readBbps = secretsOf<z.output<typeof Bbps>>(Bbps, options);
  const ofGateway = (kind: string) => async (biller: BillerId) =>
    (await readGateway(`${prefix}/${biller}/${kind}`))?.webhookSecrets ?? [];
  return {
    standard: async (biller) => (await readStandard(`${prefix}/${biller}/standard`))?.secrets ?? [],
    razorpay: ofGateway("razorpay"),
    stripe: ofGateway("stripe"),
    mercadoPago: ofGateway("mercado-pago"),
    bbps: async (biller) => (await readBbps(`${prefix}/${biller}/bbps`))?.authorizations ?? [],
    whatsApp: secretsManagerWhatsAppAccounts({ prefix, ...options }),
  };
}
