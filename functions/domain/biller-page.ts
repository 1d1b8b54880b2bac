import * as z from "zod/mini";
import { isCallable, notCallable } from "./callable-url.ts";

/** A logo as a `data:` URL: an image in the page itself. */
export const Logo = z
  .string()
  .check(
    z.maxLength(4000),
    z.regex(
      /^data:image\/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/,
      "must be a base64 data: URL of a PNG, JPEG, WebP or SVG image",
    ),
  );

const AndroidApp = z.strictObject({
  packageName: z
    .string()
    .check(z.regex(/^[A-Za-z][\w]*(\.[A-Za-z][\w]*)+$/, "must be a package name"), z.maxLength(150)),
  sha256CertFingerprints: z
    .array(
      z
        .string()
        .check(
          z.regex(
            /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/,
            "must be a SHA-256 fingerprint: 32 pairs of hex digits with colons",
          ),
        ),
    )
    .check(z.minLength(1), z.maxLength(5)),
});

const IosApp = z.strictObject({
  appId: z.string().check(z.regex(/^[A-Z0-9]{10}\.[A-Za-z0-9.-]{1,155}$/, "must be <team id>.<bundle id>")),
});

/** The biller's own apps, which may open its links (`/.well-known` association files). */
export const BillerApps = z.strictObject({
  android: z.exactOptional(z.array(AndroidApp).check(z.minLength(1), z.maxLength(5))),
  ios: z.exactOptional(z.array(IosApp).check(z.minLength(1), z.maxLength(5))),
});
export type BillerApps = z.output<typeof BillerApps>;

/**
 * Where the biller's own system says what is due now, as a biller of Bharat BillPay offers it: `/bills/fetch` is put behind `url`. What
 * it wants in its `authorization` header is the secret `bill-fetch`.
 */
export const BillFetch = z.strictObject({
  url: z
    .string()
    .check(
      z.maxLength(200),
      z.regex(/^https:\/\/[^\s?#@]+[^\s?#@/]$/, "must be an https URL without a slash at its end"),
      z.refine(isCallable, notCallable),
    ),
  /** What the customer is named by there; its value is the customer's id, or what `metadata` of the bill holds under `fromMetadata`. */
  identifier: z.strictObject({
    name: z.string().check(z.regex(/^[\w .-]{1,60}$/, "must be 1 to 60 letters, digits, spaces, _ . or -")),
    fromMetadata: z.exactOptional(
      z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/, "must be a key of the bill's metadata")),
    ),
  }),
  /** 2000 unless told. */
  timeoutMs: z.exactOptional(z.int().check(z.minimum(200), z.maximum(5000))),
  /** How often the biller's system may be asked in a minute, for all bills together; 600 unless told. */
  perMinute: z.exactOptional(z.int().check(z.minimum(1), z.maximum(60_000))),
  /** What its total is of a bill that is paid in part: what is still owed (unless told), or the whole bill. */
  total: z.exactOptional(z.enum(["outstanding", "billed"])),
});
export type BillFetch = z.output<typeof BillFetch>;

/** How long a biller's own system may take to answer, in milliseconds. */
export const fetchTimeoutOf = ({ timeoutMs = 2_000 }: BillFetch): number => timeoutMs;

/** How often a biller's own system may be asked in a minute. */
export const fetchLimitOf = ({ perMinute = 600 }: BillFetch): number => perMinute;
