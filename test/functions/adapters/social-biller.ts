import { aBiller } from "../../support/builders.ts";

/** A number of End User Messaging Social, as its id names it. */
export const socialNumber = "phone-number-id-0123456789abcdef0123456789abcdef";

/** The same number, as its ARN names it. */
export const socialArn =
  "arn:aws:social-messaging:ap-south-1:111122223333:phone-number-id/0123456789abcdef0123456789abcdef";

/** A biller that sends WhatsApp messages by End User Messaging Social. */
export const socialBiller = aBiller({ whatsapp: { provider: "end-user-messaging", phoneNumberId: socialNumber } });
