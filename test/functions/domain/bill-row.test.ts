import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { BillInput } from "../../../functions/domain/bill-input.ts";
import { type BillRow, rowReader } from "../../../functions/domain/bill-row.ts";
import { csvColumns, csvHeader } from "../../../functions/domain/csv-columns.ts";
import { UnreadableFile } from "../../../functions/domain/import.ts";
import { fieldWording } from "../../../functions/middleware/field-wording.ts";

beforeAll(() => {
  z.config({ localeError: fieldWording });
});

const wholeBill = {
  billId: "N-2026-11-10023",
  "customer.id": "10023",
  "customer.name": "Asha Sen",
  "customer.language": "bn",
  "customer.timeZone": "Asia/Kolkata",
  "customer.consents": "sms  whatsapp",
  "customer.addresses.whatsapp": "+919830012345",
  "customer.addresses.sms": "+919830012345",
  "customer.addresses.email": "asha@example.org",
  title: "Electricity, November 2026",
  category: "electricity",
  amountDue: "1249",
  currency: "INR",
  exactness: "EXACT_DOWN",
  minimum: "100.5",
  "early.until": "2026-11-25",
  "early.amount": "1224.00",
  "late.from": "2026-12-01",
  "late.amount": "1274.00",
  issuedOn: "2026-11-15",
  dueDate: "2026-11-30",
  expiresOn: "2027-05-30",
  asOf: "2026-11-15T04:00:00Z",
  clickPayUrl: "https://bbps.io/pay/Ab12Cd34",
  "metadata.meter": "77812",
  "metadata.zone.code": "KOL-4",
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const { billId, title, dueDate, currency } = wholeBill;
const address = { "customer.addresses.sms": "+919830012345" };
const needed = { billId, "customer.id": "7", ...address, title, amountDue: "0.01", currency, dueDate };

function fromCsv(cells: Record<string, string>): BillRow {
  const read = rowReader("csv", csvHeader(Object.keys(cells), 1));
  return read({ line: 2, text: Object.values(cells).map(quoted).join(",") });
}

const fromJson = (bill: unknown): BillRow => rowReader("ndjson")({ line: 1, text: JSON.stringify(bill) });

/** What is wrong with the row, as `column: message`. */
const complaints = (row: BillRow): string[] =>
  row.outcome === "refused" ? row.rejects.map(({ column, message }) => `${column}: ${message}`) : [];

const inr = (value: number) => ({ value, currency: "INR" });

const sameBill = {
  billId: "N-2026-11-10023",
  customer: {
    id: "10023",
    name: "Asha Sen",
    language: "bn",
    timeZone: "Asia/Kolkata",
    consents: ["sms", "whatsapp"],
    addresses: { whatsapp: "+919830012345", sms: "+919830012345", email: "asha@example.org" },
  },
  title: "Electricity, November 2026",
  category: "electricity",
  amountDue: inr(124900),
  exactness: "EXACT_DOWN",
  minimum: inr(10050),
  early: { until: "2026-11-25", amount: inr(122400) },
  late: { from: "2026-12-01", amount: inr(127400) },
  issuedOn: "2026-11-15",
  dueDate: "2026-11-30",
  expiresOn: "2027-05-30",
  asOf: "2026-11-15T04:00:00Z",
  clickPayUrl: "https://bbps.io/pay/Ab12Cd34",
  metadata: { meter: "77812", "zone.code": "KOL-4" },
};

describe("a row of a CSV file", () => {
  it("is the bill that the API would take, amounts in major units", () => {
    const row = fromCsv(wholeBill);
    expect(complaints(row)).toEqual([]);
    expect(row).toEqual(fromJson(sameBill));
  });

  it("leaves out what its cells leave empty", () => {
    const emptied = Object.fromEntries(Object.keys(wholeBill).map((column) => [column, ""]));
    expect(fromCsv({ ...emptied, ...needed })).toEqual(fromCsv(needed));
    expect(fromCsv(needed).outcome).toBe("read");
  });

  it.each([
    ["billId", "a/b", "billId: must be 1 to 64 characters of A-Z a-z 0-9 . _ - and not . or .."],
    ["billId", "", "billId: is required"],
    ["customer.id", "", "customer.id: is required"],
    [
      "customer.addresses.sms",
      "9830012345",
      "customer.addresses.sms: must be a phone number in E.164 form, such as +919830012345",
    ],
    ["customer.addresses.email", "asha@", "customer.addresses.email: must be an e-mail address"],
    [
      "amountDue",
      "1,249.00",
      "amountDue: must be a decimal amount of INR with at most 2 decimal places, such as 1249.00",
    ],
    ["amountDue", "", "amountDue: is required"],
    ["minimum", "-5", "minimum: must be a decimal amount of INR with at most 2 decimal places, such as 1249.00"],
    ["minimum", "1300", "minimum: must not be more than amountDue"],
    ["early.amount", "", "early.amount: is required"],
    [
      "late.amount",
      "12.345",
      "late.amount: must be a decimal amount of INR with at most 2 decimal places, such as 1249.00",
    ],
    ["late.from", "2026-11-30", "late.from: must be after dueDate"],
    ["currency", "Rs", "currency: must be an ISO 4217 currency code, such as INR"],
    ["currency", "", "currency: is required"],
    ["title", "", "title: is required"],
    ["exactness", "exact", "exactness: must be one of EXACT, EXACT_DOWN, EXACT_UP, ANY"],
    ["customer.consents", "sms fax", "customer.consents: must be one of sms, email, whatsapp"],
    ["metadata.meter", "x".repeat(201), "metadata.meter: must have at most 200 characters"],
  ])("with %s %j is refused under that column alone", (column, cell, complaint) => {
    expect(complaints(fromCsv({ ...wholeBill, [column]: cell }))).toEqual([complaint]);
  });

  it.each([
    ["amountDue", "0", "amountDue: must be more than zero"],
    ["dueDate", "30/11/2026", "dueDate: must be a calendar date, YYYY-MM-DD"],
    ["dueDate", "2026-02-30", "dueDate: must be a calendar date, YYYY-MM-DD"],
  ])("with no more than it needs and %s %j is refused under that column alone", (column, cell, complaint) => {
    expect(complaints(fromCsv({ ...needed, [column]: cell }))).toEqual([complaint]);
  });

  it("is told everything that is wrong with it at once, and keeps its bill id", () => {
    const row = fromCsv({ ...wholeBill, "customer.addresses.sms": "x", amountDue: "free", title: "" });
    expect(row).toMatchObject({ outcome: "refused", billId: "N-2026-11-10023" });
    expect(complaints(row).map((text) => text.split(":")[0])).toEqual(["amountDue", "customer.addresses.sms", "title"]);
  });

  it("without any address is refused under the first address column there is", () => {
    const { "customer.addresses.whatsapp": _, ...columns } = wholeBill;
    const row = fromCsv({ ...columns, "customer.addresses.sms": "", "customer.addresses.email": "" });
    expect(complaints(row)).toEqual(["customer.addresses.sms: must hold at least one address"]);
  });

  it("takes a currency without decimal places as it is", () => {
    const { minimum, "early.until": a, "early.amount": b, "late.from": c, "late.amount": d, ...columns } = wholeBill;
    expect(fromCsv({ ...columns, currency: "JPY", amountDue: "1249" })).toMatchObject({
      bill: { amountDue: { value: 1249 } },
    });
    expect(complaints(fromCsv({ ...columns, currency: "JPY", amountDue: "1249.5" }))).toEqual([
      "amountDue: must be a decimal amount of JPY without decimal places, such as 1249",
    ]);
  });

  it("with too few or too many cells is refused as a whole", () => {
    const read = rowReader("csv", ["billId", "customer.id", "title"]);
    expect(complaints(read({ line: 2, text: "a,b" }))).toEqual(["title: the row has 2 cells, the header 3"]);
    expect(complaints(read({ line: 2, text: "a,b,c,d" }))).toEqual([": the row has 4 cells, the header 3"]);
  });

  it("cannot reach the prototype of objects by the name of a column", () => {
    const row = fromCsv({ ...wholeBill, "metadata.__proto__": "x", "metadata.constructor": "y" });
    expect(complaints(row)).toEqual([expect.stringMatching(/must not use constructor, prototype or __proto__/)]);
    expect(Object.prototype).not.toHaveProperty("meter");
  });
});

describe("the header of a CSV file", () => {
  const why = (header: readonly string[]): readonly string[] => {
    try {
      csvHeader(header, 1);
      return [];
    } catch (error) {
      return error instanceof UnreadableFile
        ? error.rejects.map(({ column, message }) => `${column}: ${message}`)
        : ["?"];
    }
  };
  const columns = ["billId", "customer.id", "title", "amountDue", "currency", "dueDate", "customer.addresses.sms"];

  it("has a column for every field of a bill but its items", () => {
    const fields = Object.keys(BillInput.shape).filter((field) => field !== "items" && field !== "metadata");
    const firstNames = new Set([...csvColumns].map((column) => column.split(".")[0]));
    expect([...firstNames].sort()).toEqual([...fields, "billId", "currency"].sort());
  });

  it("may name its columns in any order, with metadata", () => {
    expect(why([...columns, "metadata.meter"].toReversed())).toEqual([]);
  });

  it.each([
    [[...columns, "titel"], ["titel: is not a known column"]],
    [[...columns, "title"], ["title: stands in the header twice"]],
    [[...columns, ""], [": a column of the header has no name"]],
    [[...columns, "items.0.name"], ["items.0.name: line items are only taken as NDJSON"]],
    [[...columns, "metadata."], ["metadata.: must be metadata. and a key of 1 to 40 characters of A-Z a-z 0-9 . _ -"]],
    [columns.slice(2), ["billId: is missing from the header", "customer.id: is missing from the header"]],
    [
      columns.slice(0, -1),
      [
        "customer.addresses.sms: the header has none of customer.addresses.whatsapp, customer.addresses.sms, customer.addresses.email",
      ],
    ],
  ])("%j is refused with every column that is wrong", (header, complaint) => {
    expect(why(header)).toEqual(complaint);
  });

  it("may have a hundred columns", () => {
    const many = Array.from({ length: 94 }, (_, n) => `metadata.k${n}`);
    expect(why([...columns, ...many])).toEqual([": the header has 101 columns; at most 100 are taken"]);
  });
});

describe("a line of an NDJSON file", () => {
  it.each([
    ["{", ": is not valid JSON"],
    ["[]", ": must be a JSON object"],
    ["null", ": must be a JSON object"],
  ])("%s is refused as a whole", (text, complaint) => {
    expect(complaints(rowReader("ndjson")({ line: 1, text }))).toEqual([complaint]);
  });

  it("is refused with the dotted path of every field that is wrong", () => {
    const row = fromJson({
      ...sameBill,
      billId: 7,
      amountDue: { value: 12.5, currency: "INR" },
      customer: { ...sameBill.customer, nick: "A", addresses: { sms: "1", fax: "2" } },
      items: [
        { name: "Energy", amount: inr(1) },
        { name: "", amount: inr(1) },
      ],
      metadata: { "a b": "x" },
      clickPay: "x",
    });
    expect(complaints(row)).toEqual([
      "billId: must be a text",
      "customer.addresses.sms: must be a phone number in E.164 form, such as +919830012345",
      "customer.addresses.fax: is not a known field",
      "customer.nick: is not a known field",
      "amountDue.value: must be a whole number of minor units",
      "items.1.name: must have at least 1 character",
      "metadata.a b: must be 1 to 40 characters of A-Z a-z 0-9 . _ -",
      "clickPay: is not a known field",
    ]);
  });

  it("without a required field says so", () => {
    const { title: _, amountDue, ...rest } = sameBill;
    expect(complaints(fromJson(rest))).toEqual(["title: is required", "amountDue: is required"]);
  });
});
