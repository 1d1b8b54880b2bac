import { describe, expect, it } from "vitest";
import { BillInput } from "../../../functions/domain/bill-input.ts";
import { asSent, refusals, refusedPaths } from "./refusals.ts";

const rupees = (value: number) => ({ value, currency: "INR" });

const input = {
  customer: {
    id: "10023",
    name: "Asha Sen",
    language: "bn",
    timeZone: "Asia/Kolkata",
    addresses: { whatsapp: "+919830012345", sms: "+919830012345", email: "asha@example.org" },
  },
  title: "Electricity, November 2026",
  category: "electricity",
  amountDue: rupees(124_900),
  exactness: "EXACT_DOWN",
  minimum: rupees(10_000),
  early: { until: "2026-11-25", amount: rupees(122_400) },
  late: { from: "2026-12-01", amount: rupees(127_400) },
  issuedOn: "2026-11-15",
  dueDate: "2026-11-30",
  expiresOn: "2027-05-30",
  asOf: "2026-11-15T04:00:00Z",
  items: [{ name: "Energy 182 kWh", amount: rupees(120_000) }],
  metadata: { meter: "77812" },
};

const changed = (changes: Record<string, unknown>): unknown => asSent({ ...input, ...changes });
const customer = (changes: Record<string, unknown>): unknown =>
  changed({ customer: { ...input.customer, ...changes } });

describe("a bill as it is handed over", () => {
  it("is taken as it is documented", () => {
    expect(refusals(BillInput, input)).toEqual([]);
  });

  it("needs a customer with an id and an address, a title, an amount and a due date, and no more", () => {
    const least = {
      customer: { id: "10023", addresses: { sms: "+919830012345" } },
      title: "Rent",
      amountDue: rupees(1),
      dueDate: "2026-11-30",
    };
    expect(BillInput.parse(least)).toMatchObject({ title: "Rent", exactness: "EXACT" });
    for (const field of ["customer", "title", "amountDue", "dueDate"]) {
      expect(refusedPaths(BillInput, { ...least, [field]: undefined })).toEqual([field]);
    }
  });

  it.each([
    ["an unknown field", changed({ amount: 5 }), ""],
    ["an unknown field within", customer({ phone: "+919830012345" }), "customer"],
    ["a customer without an id", customer({ id: undefined }), "customer.id"],
    ["a customer id with a space", customer({ id: "10 023" }), "customer.id"],
    ["no address", customer({ addresses: {} }), "customer.addresses"],
    ["a local phone number", customer({ addresses: { sms: "9830012345" } }), "customer.addresses.sms"],
    ["a bad e-mail address", customer({ addresses: { email: "asha" } }), "customer.addresses.email"],
    ["an unknown channel", customer({ addresses: { sms: "+919830012345", fax: "1" } }), "customer.addresses"],
    ["a consent to an unknown channel", customer({ consents: ["fax"] }), "customer.consents.0"],
    ["a zone there is not", customer({ timeZone: "Asia/Calcuta" }), "customer.timeZone"],
    ["a name that is too long", customer({ name: "a".repeat(81) }), "customer.name"],
    ["a name with a line break", customer({ name: "Asha\r\nSen" }), "customer.name"],
    ["a title with a line separator", changed({ title: "a\u2028b" }), "title"],
    ["a title that turns the direction of text", changed({ title: "a\u202Eb" }), "title"],
    ["an empty title", changed({ title: "" }), "title"],
    ["a category with a space", changed({ category: "Electric power" }), "category"],
    ["an amount of zero", changed({ amountDue: rupees(0), minimum: undefined }), "amountDue.value"],
    ["an amount with a fraction", changed({ amountDue: rupees(1249.5) }), "amountDue.value"],
    ["an amount in words", changed({ amountDue: "1249.00" }), "amountDue"],
    [
      "an unknown currency",
      changed({
        amountDue: { value: 1, currency: "RUP" },
        minimum: undefined,
        early: undefined,
        late: undefined,
        items: undefined,
      }),
      "amountDue.currency",
    ],
    ["an unknown exactness", changed({ exactness: "EXACTLY" }), "exactness"],
    ["a date that is none", changed({ dueDate: "2026-11-31" }), "dueDate"],
    ["an asOf without a zone", changed({ asOf: "2026-11-15T04:00:00" }), "asOf"],
    ["a ClickPay link of another host", changed({ clickPayUrl: "https://bbps.io.example.com/x" }), "clickPayUrl"],
    ["a ClickPay link with a user", changed({ clickPayUrl: "https://bbps.io@example.com/x" }), "clickPayUrl"],
    ["a ClickPay link without TLS", changed({ clickPayUrl: "http://bbps.io/x" }), "clickPayUrl"],
    ["a ClickPay link with a quote", changed({ clickPayUrl: 'https://bbps.io/"><script>' }), "clickPayUrl"],
    ["an item without a name", changed({ items: [{ amount: rupees(1) }] }), "items.0.name"],
    ["too many items", changed({ items: Array.from({ length: 51 }, () => input.items[0]) }), "items"],
    ["metadata that is no text", changed({ metadata: { meter: 77_812 } }), "metadata.meter"],
    ["metadata that is too long", changed({ metadata: { meter: "7".repeat(201) } }), "metadata.meter"],
  ])("names the field that is wrong: %s", (_case, bill, path) => {
    expect(refusedPaths(BillInput, bill)).toEqual([path]);
  });

  it.each([
    ["a minimum above the amount", { minimum: rupees(124_901) }, "minimum.value: must not be more than amountDue"],
    [
      "a minimum in another currency",
      { minimum: { value: 1, currency: "USD" } },
      "minimum.currency: must be the currency of amountDue",
    ],
    [
      "an early amount in another currency",
      { early: { until: "2026-11-25", amount: { value: 1, currency: "USD" } } },
      "early.amount.currency: must be the currency of amountDue",
    ],
    [
      "a late amount in another currency",
      { late: { from: "2026-12-01", amount: { value: 127_400, currency: "USD" } } },
      "late.amount.currency: must be the currency of amountDue",
    ],
    [
      "an item in another currency",
      { items: [input.items[0], { name: "x", amount: { value: 1, currency: "USD" } }] },
      "items.1.amount.currency: must be the currency of amountDue",
    ],
    [
      "early after the due date",
      { early: { until: "2026-12-01", amount: rupees(1) } },
      "early.until: must not be after dueDate",
    ],
    [
      "an early amount above the amount",
      { early: { until: "2026-11-25", amount: rupees(124_901) } },
      "early.amount.value: must not be more than amountDue",
    ],
    [
      "a late amount below the amount",
      { late: { from: "2026-12-01", amount: rupees(124_899) } },
      "late.amount.value: must not be less than amountDue",
    ],
    [
      "late on the due date",
      { late: { from: "2026-11-30", amount: rupees(127_400) } },
      "late.from: must be after dueDate",
    ],
    ["issued after the due date", { issuedOn: "2026-12-01" }, "issuedOn: must not be after dueDate"],
    ["expired before the due date", { expiresOn: "2026-11-29" }, "expiresOn: must not be before dueDate"],
  ])("refuses %s", (_case, changes, refusal) => {
    expect(refusals(BillInput, changed(changes))).toEqual([refusal]);
  });

  it("may be early until the due date, issued on it, and expire with it", () => {
    const tight = {
      early: { until: "2026-11-30", amount: rupees(1) },
      issuedOn: "2026-11-30",
      expiresOn: "2026-11-30",
    };
    expect(refusals(BillInput, changed(tight))).toEqual([]);
  });

  it("names every wrong field at once", () => {
    const bill = changed({ title: "", dueDate: "soon", customer: { id: "", addresses: { sms: "1" } } });
    expect(refusedPaths(BillInput, bill).toSorted()).toEqual([
      "customer.addresses.sms",
      "customer.id",
      "dueDate",
      "title",
    ]);
  });

  it("is refused, not failed on, when it is no bill at all", () => {
    for (const nothing of [
      undefined,
      null,
      5,
      "bill",
      [],
      {},
      { amountDue: null },
      { early: 5, items: [null], minimum: [] },
    ]) {
      expect(refusals(BillInput, nothing).length).toBeGreaterThan(0);
    }
  });
});
