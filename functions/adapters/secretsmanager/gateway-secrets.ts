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
 * What a biller's accounts at the gateways are opened with: `<prefix>/<biller>/razorpay`, `…/stripe` and `…/pix`, five minutes old at most;
 * undefined where there is none.
 */
export function secretsManagerGatewaySecrets({ prefix, ...options }: SecretsOptions & { readonly prefix: string }) {
  const readRazorpay = secretsOf<z.output<typeof Razorpay>>(Razorpay, options);
  const readStripe = secretsOf<z.output<typeof Stripe>>(Stripe, options);
  const readPix = secretsOf<z.output<typeof Pix>>(Pix, options);
  return {
    razorpay: (biller: BillerId) => readRazorpay(`${prefix}/${biller}/razorpay`),
    stripe: (biller: BillerId) => readStripe(`${prefix}/${biller}/stripe`),
    pix: (biller: BillerId) => readPix(`${prefix}/${biller}/pix`),
  };
}
