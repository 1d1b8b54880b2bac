import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bill, BillInput, type BillTerms, statusOf } from "../../../functions/domain/bill.ts";
import { type Moment, toIso } from "../../../functions/domain/local-time.ts";
import {
  amendedBill,
  changesNothing,
  detailOf,
  newBill,
  planned,
  termsOf,
} from "../../../functions/domain/registration.ts";
import { aBill, aBiller } from "../../support/builders.ts";

const kolkata = (text: string): Moment => Date.parse(`${text.replace(" ", "T")}:00+05:30`);
const rupees = (value: number) => ({ value, currency: "INR" });
const now = kolkata("2026-11-15 08:00");
const biller = aBiller();

const least = {
  customer: { id: "10023", addresses: { sms: "+919830012345" } },
  title: "Electricity, November 2026",
  amountDue: rupees(124_900),
  dueDate: "2026-11-30",
};
const most = {
  ...least,
  customer: { ...least.customer, name: "Asha Sen", language: "bn", timeZone: "America/New_York" },
  category: "electricity",
  exactness: "EXACT_DOWN",
  minimum: rupees(10_000),
  early: { until: "2026-11-25", amount: rupees(122_400) },
  late: { from: "2026-12-01", amount: rupees(127_400) },
  issuedOn: "2026-11-14",
  expiresOn: "2027-05-30",
  asOf: "2026-11-15T04:00:00Z",
  items: [{ name: "Energy 182 kWh", amount: rupees(120_000) }],
  metadata: { meter: "77812", tariff: "A1" },
};

const terms = (input: object, known: { stored?: Bill; now?: Moment } = {}): BillTerms =>
  termsOf(BillInput.parse(input), biller, { now, ...known });
const identity = { code: aBill().code, billId: aBill().billId };
const registered = (input: object): Bill => newBill(identity, terms(input), { biller, now });

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
    expect(Object.keys(said)).not.toContain("items");
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

  it("keep items and metadata apart, and know them by a digest", () => {
    expect(detailOf(BillInput.parse(least))).toBeUndefined();
    expect(detailOf(BillInput.parse({ ...least, items: [] }))).toBeUndefined();
    expect(detailOf(BillInput.parse(most))).toEqual({ items: most.items, metadata: most.metadata });
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
    ["the late amount", { late: { ...most.late, amount: rupees(1) } }],
    ["the last day", { expiresOn: "2027-05-31" }],
    ["the category", { category: "water" }],
    ["the name", { customer: { ...most.customer, name: "Asha Sengupta" } }],
    ["the language", { customer: { ...most.customer, language: "en" } }],
    ["the phone number", { customer: { ...most.customer, addresses: { sms: "+919830012346" } } }],
    [
      "one more address",
      { customer: { ...most.customer, addresses: { sms: "+919830012345", email: "asha@example.org" } } },
    ],
    ["the items", { items: [] }],
    ["the metadata", { metadata: { meter: "77812" } }],
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

describe("an amended bill", () => {
  const stored: Bill = {
    ...registered(most),
    asOf: 7,
    version: 4,
    pausedAt: now,
    pausedUntil: now + 5,
    resumedAt: now + 5,
    payments: { "standard:a": { amount: 124_900, refunded: 0, paidAt: kolkata("2026-11-28 10:00"), n: 0 } },
  };
  const later = kolkata("2026-11-28 12:00");

  it("has the new terms alone, and keeps everything that happened", () => {
    const amended = amendedBill(stored, terms(least, { stored }), { biller, now: later });
    expect(amended).toMatchObject({
      version: 5,
      amendedAt: later,
      asOf: 7,
      registeredAt: now,
      pausedAt: now,
      pausedUntil: now + 5,
      resumedAt: now + 5,
    });
    expect(amended.payments).toBe(stored.payments);
    for (const gone of ["minimum", "early", "late", "category", "expiresOn", "detailDigest"])
      expect(Object.keys(amended)).not.toContain(gone);
  });

  it("is as of the newest registration", () => {
    expect(amendedBill(stored, terms(least), { biller, now: later, asOf: 9 }).asOf).toBe(9);
  });

  it("keeps no empty members that a store would write", () => {
    const amended = amendedBill(registered(least), terms(least), { biller, now: later });
    expect(Object.values(amended)).not.toContain(undefined);
  });

  it("is part-paid again when a paid bill is owed more, and reminds again", () => {
    const paid = { ...stored, progress: { done: ["issued", "due-soon"] } };
    const { late: _late, early: _early, ...plain } = most;
    const amended = amendedBill(paid, terms({ ...plain, amountDue: rupees(200_000) }, { stored }), {
      biller,
      now: later,
    });
    expect(statusOf(amended, later)).toBe("part-paid");
    expect(amended.progress.cursor).toMatchObject({ step: "due-today" });
    expect(amended.progress.done).toEqual(["issued", "due-soon"]);
  });

  it("never forgets a step that ended, whatever its new dates are", () => {
    fc.assert(
      fc.property(
        fc.subarray(biller.cadence.map(({ step }) => step)),
        fc.integer({ min: 0, max: 60 }),
        (done, days) => {
          const dueDate = new Date(Date.UTC(2026, 10, 30 + days)).toISOString().slice(0, 10);
          const bill = { ...registered(least), progress: { done } };
          const amended = amendedBill(bill, terms({ ...least, dueDate }, { stored: bill }), { biller, now: later });
          expect(amended.progress.done).toEqual(done);
          if (amended.progress.cursor) expect(done).not.toContain(amended.progress.cursor.step);
          else expect(done).toHaveLength(biller.cadence.length);
        },
      ),
    );
  });

  it("leaves the index when nothing was claimed and nothing is left", () => {
    const done = biller.cadence.map(({ step }) => step);
    expect(planned({ ...stored, progress: { ...stored.progress, done } }, biller, later)).toEqual({ done });
  });
});
