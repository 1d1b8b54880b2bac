import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Message, Wording } from "../../../functions/domain/message.ts";
import { microUsd, priceOf } from "../../../functions/domain/spend.ts";
import { aBiller } from "../../support/builders.ts";

const said = { language: "en", template: "builtin/issued.en@1" };
const smsOf = (segments: number): Wording => ({ ...said, channel: "sms", text: "Pay", segments });
const whatsApp: Wording = { ...said, channel: "whatsapp", name: "issued", parameters: [], urlSuffix: "1abc" };
const email: Wording = { ...said, channel: "email", subject: "Pay", text: "Pay", html: "<p>Pay" };

const spend = {
  perDayUsd: "50.00",
  prices: { "+91": "0.00278", "+9198": "0.003", "+1": "0.00581", "+55": "0.01" },
  prefixesPerDayUsd: { "+91": "20.5", "+1": "5.00", "+1900": "0.00001" },
};
const capped = aBiller({
  sms: { provider: "sns", spend },
  whatsapp: {
    provider: "cloud-api",
    phoneNumberId: "100000000000001",
    spend: { perDayUsd: "1.00", prices: { "+91": "0.0014" } },
  },
});

const price = (to: string, wording: Wording = smsOf(1), biller: Message["biller"] = capped) =>
  priceOf({ biller, to: new PhoneNumber(to), wording });

describe("the price of a message", () => {
  it("is that of the longest beginning of the number, for each part", () => {
    expect(price("+919730000001")).toMatchObject({ micros: 2_780 });
    expect(price("+919830000001")).toMatchObject({ micros: 3_000 });
    expect(price("+919830000001", smsOf(3))).toMatchObject({ micros: 9_000 });
    expect(price("+12025550100")).toMatchObject({ micros: 5_810 });
  });

  it("is the dearest there is for a number that no beginning matches", () => {
    expect(price("+447700900001")).toEqual({ micros: 10_000, limitMicros: 50_000_000 });
  });

  it("goes with the caps of the day and of the longest beginning that has one", () => {
    expect(price("+919830000001")).toEqual({
      micros: 3_000,
      limitMicros: 50_000_000,
      prefix: { digits: "91", limitMicros: 20_500_000 },
    });
    expect(price("+19005550100")?.prefix).toEqual({ digits: "1900", limitMicros: 10 });
    expect(price("+5511900000001")).toEqual({ micros: 10_000, limitMicros: 50_000_000 });
  });

  it("is counted by the message on WhatsApp, under its own caps", () => {
    expect(price("+919830000001", whatsApp)).toEqual({ micros: 1_400, limitMicros: 1_000_000 });
  });

  it("is nobody's concern for e-mail, or where the biller caps nothing", () => {
    expect(priceOf({ biller: capped, to: new EmailAddress("asha@example.org"), wording: email })).toBeUndefined();
    expect(price("+919830000001", smsOf(1), aBiller())).toBeUndefined();
    const { sms: _sms, ...none } = capped;
    expect(price("+919830000001", smsOf(1), none)).toBeUndefined();
  });
});

describe("dollars", () => {
  it("are read to the millionth, without a rounding error", () => {
    expect(["0.00001", "0.1", "1.00", "999999.99999"].map(microUsd)).toEqual([10, 100_000, 1_000_000, 999_999_999_990]);
    fc.assert(
      fc.property(fc.nat(999_999), fc.nat(99_999), (dollars, fraction) => {
        const text = `${dollars}.${String(fraction).padStart(5, "0")}`;
        expect(microUsd(text)).toBe(dollars * 1_000_000 + fraction * 10);
      }),
    );
  });
});
