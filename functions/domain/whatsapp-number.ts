/** The one name of a WhatsApp sender: Meta's phone number id as it is, and End User Messaging's as `phone-number-id-<id>` where its ARN was given. */
export const whatsAppSender = (named: string): string =>
  named.replace(/^.*phone-number-id[-/]([0-9A-Za-z]+)$/, "phone-number-id-$1");

/** The number a biller sends WhatsApp messages from, by the name under which the biller is found again. */
export const whatsAppSenderOf = ({ phoneNumberId }: { readonly phoneNumberId: string }): string =>
  whatsAppSender(phoneNumberId);

/** A country in which WhatsApp's own form of a mobile number differs from the one that is dialed by a digit after the prefix. */
type ExtraDigit = {
  /** A number as it is dialed or as WhatsApp writes it: what is before the digit and behind it. */
  readonly shape: RegExp;
  readonly digit: string;
};

// Brazil: where the area code is 31 or above, WhatsApp writes numbers without their ninth digit; below, only those that had none when
// they were registered. A number of eight digits from 2 to 5 there is a landline, whose mobile neighbor is somebody else.
// Mexico: WhatsApp puts a 1 before the ten digits that are dialed.
const extraDigits: readonly ExtraDigit[] = [
  { shape: /^(55(?:[1-2]\d(?=9?[6-9]\d{7}$)|[3-9]\d))9?(\d{8})$/, digit: "9" },
  { shape: /^(52)1?(\d{10})$/, digit: "1" },
];

/**
 * The E.164 addresses that a WhatsApp id (the number's digits) may stand for, so that one of them is what the biller gave: `wa_id`
 * lacks the ninth digit of many numbers of Brazil and has a 1 too many in Mexico. Empty for what is no phone number.
 */
export function whatsAppAddresses(id: string): readonly string[] {
  if (!/^[1-9]\d{6,14}$/.test(id)) return [];
  for (const { shape, digit } of extraDigits) {
    const [, before, behind] = shape.exec(id) ?? [];
    if (before !== undefined) return [`+${before}${digit}${behind}`, `+${before}${behind}`];
  }
  return [`+${id}`];
}
