import * as z from "zod/mini";
import { isCallable, notCallable } from "./callable-url.ts";
import { textField } from "./text-field.ts";

const httpsUrl = (most: number) =>
  z
    .string()
    .check(
      z.maxLength(most),
      z.regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[\w!$&'()*+,;=:@%./?{}~-]*)?$/, "must be an https URL"),
    );

/** One that is called from here. */
const calledUrl = httpsUrl(200).check(z.refine(isCallable, notCallable));

const Upi = z.strictObject({
  payeeAddress: z
    .string()
    .check(
      z.regex(/^[A-Za-z0-9.-]{2,200}@[A-Za-z][A-Za-z0-9]{1,49}$/, "must be a UPI address such as examplepower@icici"),
    ),
  payeeName: textField(99),
  merchantCode: z.exactOptional(z.string().check(z.regex(/^\d{4}$/, "must be 4 digits"))),
});

const phone = /^\+55\d{10,11}$/;
const taxId = /^(\d{11}|\d{14})$/;
/** In ASCII, which is all that a code holds. */
const emailKey = /^[!-?A-~]{1,64}@[!-?A-~]{1,60}$/;
const randomKey = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const PixKey = z.string().check(
  z.maxLength(77),
  z.refine(
    (key) => [phone, taxId, emailKey, randomKey].some((form) => form.test(key)),
    "must be a Pix key: CPF, CNPJ, +55 telephone number, e-mail address or random key",
  ),
);

const Pix = z.strictObject({
  key: PixKey,
  /** As the payer's bank shows it; BR Code holds 25 plain letters of it. */
  merchantName: textField(60),
  merchantCity: textField(40),
  /** Where the biller's bank offers the Pix API: codes are then made there, one for each attempt. Its credentials are the secret `pix`. */
  psp: z.exactOptional(z.strictObject({ url: calledUrl, tokenUrl: calledUrl })),
});

const PayNow = z
  .strictObject({
    uen: z.exactOptional(
      z.string().check(z.regex(/^[0-9A-Z]{9,13}$/, "must be a UEN, with its suffix where there is one")),
    ),
    mobile: z.exactOptional(z.string().check(z.regex(/^\+65[89]\d{7}$/, "must be a mobile number of Singapore, +65…"))),
    payeeName: textField(60),
  })
  .check(
    z.refine(({ uen, mobile }) => (uen === undefined) !== (mobile === undefined), {
      path: ["uen"],
      message: "either uen or mobile is required, not both",
    }),
  );

const External = z.strictObject({
  /** May hold `{billId}`, `{customerId}`, `{amount}` (major units) and `{currency}`, each percent-encoded where it is put in. */
  url: httpsUrl(500),
  label: z.exactOptional(textField(40)),
});

/**
 * How a biller is paid: one entry for each rail, but `click-pay`, which needs none, and `pix-psp`, which stands within `pix`. A rail without
 * a setting of its own is on with `{}`; keys of gateways are secrets, never settings.
 */
export const RailSettings = z.strictObject({
  upi: z.exactOptional(Upi),
  pix: z.exactOptional(Pix),
  payNow: z.exactOptional(PayNow),
  /** Payment Links; keys in the secret `razorpay`. */
  razorpay: z.exactOptional(z.strictObject({})),
  /** Checkout Sessions; key in the secret `stripe`. */
  stripe: z.exactOptional(z.strictObject({})),
  external: z.exactOptional(External),
});
export type RailSettings = z.output<typeof RailSettings>;
