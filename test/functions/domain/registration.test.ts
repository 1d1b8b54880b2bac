import { describe, expect, it } from "vitest";
import { statusOf } from "../../../functions/domain/bill.ts";
import { BillInput } from "../../../functions/domain/bill-input.ts";
import { toIso } from "../../../functions/domain/local-time.ts";
import { changesNothing, detailOf, newBill, termsOf } from "../../../functions/domain/registration.ts";
import { aBiller } from "../../support/builders.ts";
import { biller, identity, kolkata, least, most, now, registered, rupees, terms } from "./registered-bills.ts";

describe("the terms of a registration", () => {
  it("take language and zone from the biller, and today as the issue date, where they are left out", () => {
    expect(terms(least)).toMatchObject({
      customer: { language: "en", timeZone: "Asia/Kolkata" },
      issuedOn: "2026-11-15",
      zone: "Asia/Kolkata",
      exactness: "EXACT",
    });
  });

  it("are the customer's own where they are said", () => {
    const said = terms(most);
    expect(said).toMatchObject({
      customer: { language: "bn", timeZone: "America/New_York" },
      issuedOn: "2026-11-14",
      zone: "Asia/Kolkata",
    });
    expect(Object.keys(said)).not.toContain("asOf");
    for (const apart of ["items", "metadata", "clickPayUrl"]) expect(Object.keys(said)).not.toContain(apart);
  });

  it("go by the biller's today, and never issue a bill after it is due", () => {
    expect(terms(least, { now: Date.parse("2026-11-15T18:29:00Z") }).issuedOn).toBe("2026-11-15");
    expect(terms(least, { now: Date.parse("2026-11-15T18:30:00Z") }).issuedOn).toBe("2026-11-16");
    expect(terms(least, { now: kolkata("2026-12-24 10:00") }).issuedOn).toBe("2026-11-30");
  });

  it("keep the stored issue date where it is left out, whatever today is", () => {
    const stored = registered(least);
    expect(terms(least, { stored, now: kolkata("2026-11-20 10:00") }).issuedOn).toBe("2026-11-15");
  });

  it("hold each consent once and in one order, so that another order changes nothing", () => {
    const consenting = (...consents: string[]) => ({ ...least, customer: { ...least.customer, consents } });
    expect(terms(consenting("email", "sms", "email")).customer.consents).toEqual(["sms", "email"]);
    expect(terms(consenting()).customer).not.toHaveProperty("consents");
    const stored = registered(consenting("sms", "email"));
    expect(changesNothing(stored, terms(consenting("email", "sms"), { stored }))).toBe(true);
    expect(changesNothing(stored, terms(least, { stored }))).toBe(false);
  });

  it("keep items, metadata and the ClickPay link apart, and know them by a digest", () => {
    expect(detailOf(BillInput.parse(least))).toBeUndefined();
    expect(detailOf(BillInput.parse({ ...least, items: [] }))).toBeUndefined();
    expect(detailOf(BillInput.parse(most))).toEqual({
      items: most.items,
      clickPayUrl: most.clickPayUrl,
      metadata: most.metadata,
    });
    expect(detailOf(BillInput.parse({ ...least, clickPayUrl: most.clickPayUrl }))).toEqual({
      clickPayUrl: most.clickPayUrl,
    });
    expect(terms(least).detailDigest).toBeUndefined();
    const other = terms({ ...most, items: [{ name: "Energy 183 kWh", amount: rupees(120_000) }] });
    expect(other.detailDigest).not.toBe(terms(most).detailDigest);
  });
});

describe("a bill registered again", () => {
  it("changes nothing when it says the same, at any later time", () => {
    for (const input of [least, most]) {
      const stored = registered(input);
      const again = terms(input, { stored, now: kolkata("2026-12-24 10:00") });
      expect(changesNothing(stored, again)).toBe(true);
    }
  });

  it("changes nothing by the order in which its members are written", () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([key, member]) => [key, turned(member)]),
            )
          : value;
    const stored = registered(most);
    expect(changesNothing(stored, terms(turned(most) as object, { stored }))).toBe(true);
  });

  it.each([
    ["the title", { title: "Electricity, December 2026" }],
    ["the amount", { amountDue: rupees(124_901) }],
    ["the due date", { dueDate: "2026-12-01", late: undefined }],
    ["the exactness", { exactness: "EXACT" }],
    ["the minimum", { minimum: rupees(10_001) }],
    ["no minimum any more", { minimum: undefined }],
    ["the early date", { early: { ...most.early, until: "2026-11-24" } }],
    ["the late amount", { late: { ...most.late, amount: rupees(127_401) } }],
    ["the last day", { expiresOn: "2027-05-31" }],
    ["the category", { category: "water" }],
    ["the name", { customer: { ...most.customer, name: "Asha Sengupta" } }],
    ["the language", { customer: { ...most.customer, language: "en" } }],
    ["the phone number", { customer: { ...most.customer, addresses: { sms: "+919830012346" } } }],
    [
      "one more address",
      { customer: { ...most.customer, addresses: { sms: "+919830012345", email: "asha@example.org" } } },
    ],
    ["a consent", { customer: { ...most.customer, consents: ["sms"] } }],
    ["the items", { items: [] }],
    ["the metadata", { metadata: { meter: "77812" } }],
    ["the ClickPay link", { clickPayUrl: "https://bbps.io/pay/Ab12Cd35" }],
    ["no ClickPay link any more", { clickPayUrl: undefined }],
  ])("is amended by %s", (_case, changes) => {
    const stored = registered(most);
    const input = Object.fromEntries(
      Object.entries({ ...most, ...changes }).filter(([, value]) => value !== undefined),
    );
    expect(changesNothing(stored, terms(input, { stored }))).toBe(false);
  });

  it("is amended when the biller's zone or language, on which it leans, has changed", () => {
    const stored = registered(least);
    for (const settings of [aBiller({ timeZone: "Asia/Singapore" }), aBiller({ language: "hi" })]) {
      expect(changesNothing(stored, termsOf(BillInput.parse(least), settings, { now, stored }))).toBe(false);
    }
  });
});

describe("a new bill", () => {
  it("waits for its first step", () => {
    const bill = registered(least);
    expect(bill).toMatchObject({ version: 1, registeredAt: now, payments: {}, biller: "example-power" });
    expect(bill.progress.cursor).toMatchObject({ step: "issued", hop: 1, channel: "sms" });
    expect(toIso(bill.progress.cursor?.at ?? 0)).toBe("2026-11-15T04:30:00.000Z");
    expect(statusOf(bill, now)).toBe("open");
  });

  it("keeps what it is as of", () => {
    expect(newBill({ ...identity, asOf: 5 }, terms(least), { biller, now }).asOf).toBe(5);
    expect("asOf" in registered(least)).toBe(false);
  });

  it("waits for nothing when it has expired before it came", () => {
    const late = kolkata("2027-06-01 10:00");
    expect(newBill(identity, terms(most), { biller, now: late }).progress).toEqual({ done: [] });
  });
});
