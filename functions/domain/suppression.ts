import * as z from "zod/mini";
import { EmailAddressText, PhoneNumberText } from "./addresses.ts";
import { byPreference } from "./suppression-reason.ts";
import { textField } from "./text-field.ts";

const reason = textField(100).check(z.refine((text) => text !== byPreference, `must not be ${byPreference}`));

/** What the API is told to suppress: an address of its channel's kind, and why, in the biller's words. */
export const SuppressionRequest = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("email"), address: EmailAddressText, reason }),
  z.strictObject({ channel: z.enum(["sms", "whatsapp"]), address: PhoneNumberText, reason }),
]);
export type SuppressionRequest = z.output<typeof SuppressionRequest>;

/** What the API is told to message again, and why, where the biller says so. */
export const ConsentRequest = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("email"), address: EmailAddressText, reason: z.exactOptional(reason) }),
  z.strictObject({
    channel: z.enum(["sms", "whatsapp"]),
    address: PhoneNumberText,
    reason: z.exactOptional(reason),
  }),
]);
export type ConsentRequest = z.output<typeof ConsentRequest>;
