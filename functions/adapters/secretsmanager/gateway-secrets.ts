import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";

/** Printable ASCII: it goes into a header. */
const text = z
  .string("must be text")
  .check(
    z.minLength(8, "must be 8 characters or more"),
    z.maxLength(1_000),
    z.regex(/^[\x21-\x7e]+$/, "must be printable ASCII"),
  );

/** The user of Basic authorization, which ends at the first colon. */
const user = text.check(z.regex(/^[^:]+$/, "must not hold a colon"));

const pem = (kind: string) =>
  z
    .string("must be text")
    .check(z.maxLength(20_000), z.regex(new RegExp(`^-----BEGIN [A-Z ]*${kind}-----\\s`), "must be PEM"));

const Razorpay = z.object({ keyId: user, keySecret: text }, "must be {keyId, keySecret}");

const Stripe = z.object({ secretKey: text }, "must be {secretKey}");

const MercadoPago = z.object({ accessToken: text }, "must be {accessToken}");

const ForWebhooks = z.object({ webhookSecrets: z.unknown() });

/** A secret that is there for its webhooks only is no account; one with half of its keys is a fault. */
const unlessForWebhooks = <T>(schema: z.ZodMiniType<T>, keys: readonly string[]) =>
  z.pipe(
    z.transform((json: unknown) => {
      const isForWebhooks = ForWebhooks.safeParse(json).success && !keys.some((key) => key in Object(json));
      return isForWebhooks ? undefined : json;
    }),
    z.optional(schema),
  );

const Pix = z
  .object(
    {
      clientId: user,
      clientSecret: text,
      certificate: z.exactOptional(pem("CERTIFICATE")),
      privateKey: z.exactOptional(pem("PRIVATE KEY")),
    },
    "must be {clientId, clientSecret} with certificate and privateKey where the bank wants them",
  )
  .check(
    z.refine(({ certificate, privateKey }) => (certificate === undefined) === (privateKey === undefined), {
      path: ["privateKey"],
      message: "must come together with certificate",
    }),
  );

/**
 * What a biller's accounts at the gateways are opened with: `<prefix>/<biller>/razorpay`, `…/stripe`, `…/mercado-pago` and `…/pix`, five
 * minutes old at most; undefined where there is none. What else such a secret holds is others' business.
 */
export function secretsManagerGatewaySecrets({ prefix, ...options }: SecretsOptions & { readonly prefix: string }) {
  const readRazorpay = secretsOf(unlessForWebhooks(Razorpay, ["keyId", "keySecret"]), options);
  const readStripe = secretsOf(unlessForWebhooks(Stripe, ["secretKey"]), options);
  const readMercadoPago = secretsOf(unlessForWebhooks(MercadoPago, ["accessToken"]), options);
  const readPix = secretsOf<z.output<typeof Pix>>(Pix, options);
  return {
    razorpay: (biller: BillerId) => readRazorpay(`${prefix}/${biller}/razorpay`),
    stripe: (biller: BillerId) => readStripe(`${prefix}/${biller}/stripe`),
    mercadoPago: (biller: BillerId) => readMercadoPago(`${prefix}/${biller}/mercado-pago`),
    pix: (biller: BillerId) => readPix(`${prefix}/${biller}/pix`),
  };
}
