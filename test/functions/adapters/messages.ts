import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Message, Wording } from "../../../functions/domain/message.ts";
import { aBiller } from "../../support/builders.ts";
import { plainCode } from "../../support/memory-recorders.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 0 };

const wordings: { readonly [C in Wording["channel"]]: Extract<Wording, { channel: C }> } = {
  sms: {
    channel: "sms",
    language: "en",
    template: "builtin/issued.en@1",
    text: "Example Power: bill of Rs. 1,249.00 due 30 Nov. https://pay.example.com/EXPOWR/code",
    segments: 1,
  },
  email: {
    channel: "email",
    language: "bn",
    template: "builtin/issued.bn@1",
    subject: "আপনার বিল",
    text: "https://pay.example.com/EXPOWR/code",
    html: "<p>আপনার বিল</p>",
  },
  whatsapp: {
    channel: "whatsapp",
    language: "pt-BR",
    template: "whatsapp/bill_issued_v1.pt-BR",
    name: "bill_issued_v1",
    parameters: ["Example Power", "R$ 1.249,00"],
    urlSuffix: "EXPOWR/code",
  },
};

/** A message of a channel as it comes to its carrier. */
export const aMessage = (channel: Wording["channel"], overrides: Partial<Message> = {}): Message => ({
  key,
  biller: aBiller(),
  message: "issued",
  to: channel === "email" ? new EmailAddress("asha@example.org") : new PhoneNumber("+919830012345"),
  wording: wordings[channel],
  ...overrides,
});
