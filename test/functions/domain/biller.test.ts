import { describe, expect, it } from "vitest";
import { BillerSettings, hopsOf, hopWaitMs, Language, messageOf, waitMs } from "../../../functions/domain/biller.ts";
import { aBiller } from "../../support/builders.ts";
import { asSent, refusals, refusedPaths } from "./refusals.ts";

const { id: _id, ...settings } = aBiller();
const step = { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" };
const refused = (changes: object): readonly string[] => refusals(BillerSettings, asSent({ ...settings, ...changes }));
const refusedIn = (changes: object): readonly string[] =>
  refusedPaths(BillerSettings, asSent({ ...settings, ...changes }));

describe("the settings of a biller", () => {
  it("are taken as they are documented, with no former headers unless named", () => {
    expect(refused({})).toEqual([]);
    const { formerHeaders: _none, ...without } = settings;
    expect(BillerSettings.parse(without).formerHeaders).toEqual([]);
  });

  it.each(["name", "header", "country", "language", "timeZone", "cadence", "hops"])("must say %s", (field) => {
    expect(refusedIn({ [field]: undefined })).toEqual([field]);
  });

  it.each([
    ["an unknown field", { color: "red" }, ""],
    ["a header that is too short", { header: "EX" }, "header"],
    ["a header in lower case", { header: "expowr" }, "header"],
    ["a bad former header", { formerHeaders: ["OLDPOWR", "old"] }, "formerHeaders.1"],
    ["a country in words", { country: "India" }, "country"],
    ["a language in words", { language: "Bengali" }, "language"],
    ["a zone by its letters", { timeZone: "IST" }, "timeZone"],
    ["a name over two lines", { name: "Example\nPower" }, "name"],
    ["a name that turns the direction of text", { name: "Example \u202Erewop" }, "name"],
    ["an empty name", { name: "" }, "name"],
    ["no step", { cadence: [] }, "cadence"],
    ["the same step twice", { cadence: [step, { ...step, days: 1 }] }, "cadence"],
    ["a step called close", { cadence: [{ ...step, step: "close" }] }, "cadence"],
    ["a step called receipt", { cadence: [{ ...step, step: "receipt", message: "issued" }] }, "cadence"],
    ["a step called failed", { cadence: [{ ...step, step: "failed" }] }, "cadence"],
    ["a step called pending", { cadence: [{ ...step, step: "pending" }] }, "cadence"],
    ["a receipt for a reminder", { cadence: [{ ...step, message: "receipt" }] }, "cadence"],
    ["a failed payment for a reminder", { cadence: [{ ...step, message: "payment-failed" }] }, "cadence"],
    ["a pending payment for a reminder", { cadence: [{ ...step, step: "payment-pending" }] }, "cadence"],
    ["a step with a dot", { cadence: [{ ...step, step: "a.b" }] }, "cadence.0.step"],
    ["a step in capitals", { cadence: [{ ...step, step: "Issued" }] }, "cadence.0.step"],
    ["a step relative to nothing", { cadence: [{ ...step, relativeTo: "paidOn" }] }, "cadence.0.relativeTo"],
    ["half a day", { cadence: [step, { ...step, step: "b", days: 0.5 }] }, "cadence.1.days"],
    ["years of days", { cadence: [{ ...step, days: 400 }] }, "cadence.0.days"],
    ["a time without minutes", { cadence: [{ ...step, at: "10" }] }, "cadence.0.at"],
    ["no hop", { hops: [] }, "hops"],
    ["no hop of a step", { cadence: [{ ...step, hops: [] }] }, "cadence.0.hops"],
    ["an unknown channel", { hops: [{ channel: "fax" }] }, "hops.0.channel"],
    ["a channel twice", { hops: [{ channel: "sms" }, { channel: "sms" }] }, "hops"],
    ["a wait in words", { hops: [{ channel: "sms", wait: "an hour" }] }, "hops.0.wait"],
    ["a wait of seconds", { hops: [{ channel: "sms", wait: "PT30S" }] }, "hops.0.wait"],
    ["an unknown success", { hops: [{ channel: "sms", success: "sent" }] }, "hops.0.success"],
    ["a window that ends before it starts", { window: { start: "20:00", end: "09:00" } }, "window.end"],
    ["an unknown SMS provider", { sms: { provider: "pigeon" } }, "sms.provider"],
    ["a sender id of digits", { sms: { provider: "sns", senderId: "12345" } }, "sms.senderId"],
    ["a price in words", { sms: { provider: "sns", maxPriceUsd: "5 cents" } }, "sms.maxPriceUsd"],
    [
      "a template without a language",
      { sms: { provider: "sns", templateIds: { issued: "1107" } } },
      "sms.templateIds.issued",
    ],
    [
      "a sender with a line break",
      { email: { from: "Example <bills@example.com>\r\nBcc: x@example.com" } },
      "email.from",
    ],
    ["a sender without an address", { email: { from: "Example Power" } }, "email.from"],
    [
      "a phone number for its id",
      { whatsapp: { provider: "cloud-api", phoneNumberId: "+91983" } },
      "whatsapp.phoneNumberId",
    ],
    [
      "a UPI address with a space",
      { rails: { upi: { payeeAddress: "ex power@icici", payeeName: "Ex" } } },
      "rails.upi.payeeAddress",
    ],
    [
      "a merchant code of letters",
      { rails: { upi: { payeeAddress: "ex@icici", payeeName: "Ex", merchantCode: "ABCD" } } },
      "rails.upi.merchantCode",
    ],
    ["an unknown rail", { rails: { cash: {} } }, "rails"],
  ])("name the field that is wrong: %s", (_case, changes, path) => {
    expect(refusedIn(changes)).toEqual([path]);
  });

  it("must have settings for every channel that a hop names, also the hop of one step", () => {
    const message = "hops: names a channel that has no settings of its own";
    expect(refused({ email: undefined })).toEqual([message]);
    expect(
      refused({ hops: [{ channel: "sms" }], cadence: [{ ...step, hops: [{ channel: "email" }] }], email: undefined }),
    ).toEqual([message]);
    expect(refused({ hops: [{ channel: "sms" }], cadence: [step], email: undefined, whatsapp: undefined })).toEqual([]);
  });

  it("must have settings of e-mail where there is a desk, which is written to from there", () => {
    const desk = { email: "desk@example.com" };
    expect(refused({ desk })).toEqual([]);
    expect(refused({ desk, hops: [{ channel: "sms" }], cadence: [step], email: undefined })).toEqual([
      "desk: needs the settings of email too: its mail is sent from email.from",
    ]);
  });

  it("are refused whole, every wrong field named at once", () => {
    const changes = { header: "ex", language: "English", cadence: [{ ...step, at: "25:00" }] };
    expect(refusedIn(changes).toSorted()).toEqual(["cadence.0.at", "header", "language"]);
  });

  it("are refused, not failed on, when they are no settings at all", () => {
    for (const nothing of [
      undefined,
      null,
      5,
      "settings",
      [],
      {},
      { hops: 5, cadence: "daily" },
      { hops: [null], cadence: [null] },
    ]) {
      expect(refusals(BillerSettings, nothing).length).toBeGreaterThan(0);
    }
  });
});

describe("a wait", () => {
  it.each([
    ["PT1M", 1],
    ["PT30M", 30],
    ["PT4H", 240],
    ["PT1H30M", 90],
    ["P1D", 1_440],
    ["P1DT12H", 2_160],
    ["P30D", 43_200],
  ])("of %s is %i minutes", (text, minutes) => {
    expect(waitMs(text)).toBe(minutes * 60_000);
    expect(refusals(BillerSettings, { ...settings, hops: [{ channel: "sms", wait: text }] })).toEqual([]);
  });

  it.each(["P", "PT", "P1DT", "30M", "PT30", "P1W", "P1M", "PT1.5H", "pt30m", "-PT30M", "PT0M", "P31D", "PT9999H", ""])(
    "is not written %j",
    (text) => {
      expect(refusals(BillerSettings, { ...settings, hops: [{ channel: "sms", wait: text }] })).toEqual([
        "hops.0.wait: must be a duration from PT1M to P30D",
      ]);
    },
  );

  it("is an hour where a hop does not say", () => {
    expect(hopWaitMs({ channel: "sms" })).toBe(3_600_000);
    expect(hopWaitMs({ channel: "sms", wait: "PT4H" })).toBe(4 * 3_600_000);
  });
});

describe("a step", () => {
  const biller = aBiller();
  const [issued, , , , last] = biller.cadence;

  it("says the message of its own name unless it names another", () => {
    expect(issued && messageOf(issued)).toBe("issued");
    expect(last && messageOf(last)).toBe("overdue");
  });

  it("goes through the biller's hops unless it has its own", () => {
    expect(hopsOf(biller, issued)).toBe(biller.hops);
    expect(hopsOf(biller, last)).toEqual([{ channel: "sms" }]);
    expect(hopsOf(biller, undefined)).toBe(biller.hops);
  });
});

describe("a language", () => {
  it("has two or three letters, and maybe a region", () => {
    for (const language of ["bn", "en", "pt-BR", "kok"]) expect(refusals(Language, language)).toEqual([]);
    for (const language of ["", "e", "EN", "pt-br", "pt_BR", "en-IN-x", "bengali"]) {
      expect(refusals(Language, language)).toEqual([": must be a language such as bn or pt-BR"]);
    }
  });
});
