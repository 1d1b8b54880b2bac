import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { billsCsv, billsWithErrorsCsv, creditsCsv } from "../../examples/generate.ts";
import { BillerSettings } from "../../functions/domain/biller.ts";
import { creditHeader, creditReader } from "../../functions/domain/credit-row.ts";
import { OfferSettings } from "../../functions/domain/offer.ts";
import { importWorld } from "../support/import-world.ts";

const example = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");

describe("the examples", () => {
  it("are what their generator writes", () => {
    expect(example("bills.csv")).toBe(billsCsv);
    expect(example("bills-with-errors.csv")).toBe(billsWithErrorsCsv);
    expect(example("credits.csv")).toBe(creditsCsv);
  });

  it("have a biller that the API takes", () => {
    const biller = BillerSettings.parse(JSON.parse(example("biller.json")));
    expect(biller).toMatchObject({ header: "EXPOWR", rails: { upi: { payeeAddress: "examplepower@icici" } } });
  });

  it("have an offer that the API takes: ₹35 on each of the first three payments", () => {
    const offers = Object.values(JSON.parse(example("offers.json")) as object).map((one) => OfferSettings.parse(one));
    expect(offers).toMatchObject([{ kind: "cashback", amount: { value: 3_500, currency: "INR" }, perCustomer: 3 }]);
  });

  it("have bank credits of which each can be read", () => {
    const [header = "", ...lines] = example("credits.csv").trimEnd().split("\n");
    const read = creditReader("csv", creditHeader(header.split(","), 1));
    const credits = lines.map((text, n) => read({ text, line: n + 2 }));
    expect(credits.map(({ outcome }) => outcome)).toEqual(["read", "read", "read", "read", "read"]);
  });

  it("have bills that are all registered, and unchanged the second time", async () => {
    const { importAll } = await importWorld();
    const answer = await importAll(example("bills.csv"));
    expect(answer).toMatchObject({ status: "done", registered: answer.rows, rejects: [] });
    expect(answer.rows).toBeGreaterThanOrEqual(240);
    expect(await importAll(example("bills.csv"))).toMatchObject({ unchanged: answer.rows });
  });

  it("have bills as varied as a real list", () => {
    const rows = parse(example("bills.csv"), { columns: true }) as readonly Record<string, string>[];
    const share = (test: (row: Record<string, string>) => unknown): number => rows.filter(test).length / rows.length;
    const reach = (row: Record<string, string>): string =>
      ["whatsapp", "sms", "email"].filter((channel) => row[`customer.addresses.${channel}`]).join("+");
    expect(new Set(rows.map(reach)).size).toBe(6);
    expect(share((row) => row["customer.language"] === "bn")).toBeGreaterThan(0.4);
    expect(share((row) => row["customer.language"] === "en")).toBeGreaterThan(0.2);
    expect(share((row) => /\p{Script=Bengali}/u.test(row["customer.name"] ?? ""))).toBeGreaterThan(0.25);
    for (const column of ["minimum", "early.amount", "late.amount", "expiresOn"]) {
      expect(share((row) => row[column])).toBeGreaterThan(0.05);
    }
    const amounts = rows.map((row) => Number(row["amountDue"]));
    expect([Math.min(...amounts), Math.max(...amounts)]).toEqual([87, 48_000]);
  });

  it("have a file with six bad rows, each reported for what is wrong with it", async () => {
    const { importAll } = await importWorld();
    const answer = await importAll(example("bills-with-errors.csv"));
    expect(answer).toMatchObject({ status: "done", rows: 12, registered: 6, rejected: 6 });
    expect(answer.rejects.map(({ line, column }) => `${line} ${column}`)).toEqual([
      "4 customer.addresses.sms",
      "6 amountDue",
      "7 dueDate",
      "9 customer.addresses.whatsapp",
      "11 billId",
      "12 currency",
      "12 title",
    ]);
  });
});
