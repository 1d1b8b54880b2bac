import { format, inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalAddress,
  EmailAddress,
  EmailAddressText,
  PhoneNumber,
  PhoneNumberText,
} from "../../../functions/domain/addresses.ts";
import { refusals } from "./refusals.ts";

const phoneText = fc.stringMatching(/^\+[1-9]\d{6,14}$/);

describe("a phone number", () => {
  it.each(["+919830012345", "+6581234567", "+1234567", "+123456789012345"])("is taken as %s", (text) => {
    expect(PhoneNumberText.parse(text).reveal()).toBe(text);
  });

  it.each([
    "",
    "919830012345",
    "+091983001234",
    "+91 98300 12345",
    "+91-9830012345",
    "+123456",
    "+1234567890123456",
    "+९१९८३००१२३४५",
    "+919830012345\n",
  ])("is not taken as %j", (text) => {
    expect(refusals(PhoneNumberText, text)).toEqual([": must be a phone number in E.164 form, such as +919830012345"]);
  });

  it("shows its country and its last four digits", () => {
    expect(String(new PhoneNumber("+919830012345"))).toBe("+91••••••2345");
  });

  it("is as long masked as it is, and never gives the middle away", () => {
    fc.assert(
      fc.property(phoneText, (text) => {
        const shown = String(new PhoneNumber(text));
        expect(shown).toHaveLength(text.length);
        expect(shown.slice(3, -4)).toBe("•".repeat(text.length - 7));
      }),
    );
  });
});

describe("an e-mail address", () => {
  it.each([
    "asha@example.org",
    "a@b.co",
    "first.last+bill@mail.example.com",
    "o'neil@example.org",
    "x@xn--bcher-kva.example",
  ])("is taken as %s", (text) => {
    expect(EmailAddressText.parse(text).reveal()).toBe(text);
  });

  it.each([
    "",
    "asha",
    "asha@",
    "@example.org",
    "asha@example",
    "asha@@example.org",
    "asha @example.org",
    "asha@exa mple.org",
    "asha@-example.org",
    "asha@example-.org",
    "asha@example..org",
    "asha@example.org\r\nBcc: x@example.com",
    "Asha <asha@example.org>",
    `${"a".repeat(65)}@example.org`,
    `a@${"b".repeat(64)}.org`,
    `a@${"b.".repeat(100)}org`,
    "আশা@example.org",
  ])("is not taken as %j", (text) => {
    expect(refusals(EmailAddressText, text)).toEqual([": must be an e-mail address"]);
  });

  it("shows the first letters and the ending", () => {
    expect(String(new EmailAddress("asha@example.org"))).toBe("a•••@e•••.org");
    expect(String(new EmailAddress("asha@mail.example.co.in"))).toBe("a•••@m•••.in");
  });

  it("is refused in time, however long and whatever is repeated", () => {
    const texts = [`${"a".repeat(100_000)}@`, `a@${"a.".repeat(50_000)}`, `a@${"a-".repeat(50_000)}`];
    const started = performance.now();
    for (const text of texts) expect(EmailAddressText.safeParse(text).success).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("an address", () => {
  const phone = new PhoneNumber("+919830012345");
  const email = new EmailAddress("asha@example.org");

  it.each([
    ["JSON", (address: unknown) => JSON.stringify({ customer: { address } })],
    ["a template literal", (address: unknown) => `to ${address}`],
    [
      "inspection at any depth",
      (address: unknown) => inspect({ a: { b: { c: { address } } } }, { depth: 9, showHidden: true }),
    ],
    ["a format string", (address: unknown) => format("%s %o %O %j", address, address, address, address)],
    [
      "an error",
      (address: unknown) =>
        String(new Error("cannot send", { cause: address })) + inspect(new Error("no", { cause: address })),
    ],
    ["its own keys", (address: unknown) => JSON.stringify(Object.entries(address as object))],
  ])("stays masked in %s", (_where, shown) => {
    for (const address of [phone, email]) {
      expect(shown(address)).not.toContain(address.reveal());
      expect(shown(address)).not.toContain("983001");
      expect(shown(address)).not.toContain("asha");
    }
  });

  it("is one mailbox in any case, and one phone number as it is written", () => {
    expect(canonicalAddress("email", new EmailAddress("Asha@Example.ORG"))).toBe("asha@example.org");
    expect(canonicalAddress("email", new EmailAddress("a.sha@example.org"))).toBe("a.sha@example.org");
    expect(canonicalAddress("sms", phone)).toBe("+919830012345");
    expect(canonicalAddress("whatsapp", phone)).toBe("+919830012345");
  });
});
