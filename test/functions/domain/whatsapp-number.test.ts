import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PhoneNumberText } from "../../../functions/domain/addresses.ts";
import { whatsAppAddresses, whatsAppSender, whatsAppSenderOf } from "../../../functions/domain/whatsapp-number.ts";

describe("a WhatsApp sender", () => {
  const id = "0123456789abcdef0123456789abcdef";

  it.each([
    [`phone-number-id-${id}`],
    [`phone-number-id/${id}`],
    [`arn:aws:social-messaging:ap-south-1:111122223333:phone-number-id/${id}`],
    [`arn:aws-us-gov:social-messaging:us-gov-west-1:111122223333:phone-number-id-${id}`],
  ])("of End User Messaging has one name, whichever is used: %s", (named) => {
    expect(whatsAppSender(named)).toBe(`phone-number-id-${id}`);
    expect(whatsAppSenderOf({ phoneNumberId: named })).toBe(`phone-number-id-${id}`);
  });

  it("of the Cloud API is named by Meta's id", () => {
    expect(whatsAppSenderOf({ phoneNumberId: "200000000000001" })).toBe("200000000000001");
  });
});

describe("the addresses behind a WhatsApp id", () => {
  it.each([
    ["an Indian number", "919830012345", ["+919830012345"]],
    ["a number of Singapore", "6581234567", ["+6581234567"]],
    ["a mobile of Belo Horizonte without its ninth digit", "553187654321", ["+5531987654321", "+553187654321"]],
    ["a mobile of Belo Horizonte with its ninth digit", "5531987654321", ["+5531987654321", "+553187654321"]],
    ["a newer mobile of Recife", "558132345678", ["+5581932345678", "+558132345678"]],
    ["an old mobile of São Paulo", "551187654321", ["+5511987654321", "+551187654321"]],
    ["a newer mobile of São Paulo", "5511945678901", ["+5511945678901"]],
    ["a landline of São Paulo", "551132345678", ["+551132345678"]],
    ["a Mexican number as WhatsApp writes it", "5215512345678", ["+5215512345678", "+525512345678"]],
    ["a Mexican number as it is dialed", "525512345678", ["+5215512345678", "+525512345678"]],
  ])("of %s are those which the biller may have given", (_, waId, addresses) => {
    expect(whatsAppAddresses(waId)).toEqual(addresses);
  });

  it.each([[""], ["0123456789"], ["+919830012345"], ["12345"], ["1234567890123456"], ["IN.1349000000000001"]])(
    "are none for what is no number: %s",
    (waId) => {
      expect(whatsAppAddresses(waId)).toEqual([]);
    },
  );

  it("hold the id itself, are numbers all, and are the same from whichever form", () => {
    const digits = fc
      .tuple(fc.constantFrom("55", "52", "91", ""), fc.stringMatching(/^[1-9]\d{6,11}$/))
      .map(([prefix, rest]) => prefix + rest);
    fc.assert(
      fc.property(digits, (waId) => {
        const addresses = whatsAppAddresses(waId);
        expect(addresses).toContain(`+${waId}`);
        for (const address of addresses) {
          expect(PhoneNumberText.safeParse(address).success).toBe(true);
          expect(whatsAppAddresses(address.slice(1))).toEqual(addresses);
        }
      }),
    );
  });
});
