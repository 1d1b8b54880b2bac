import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFetched } from "../../../../functions/adapters/bill-fetch/fetched-bill.ts";
import { aBill } from "../../../support/builders.ts";

const bill = aBill({ billId: "BILL-2026-11-0001" });

/** The biller's bill as Setu's documents show it. */
const theirs = (changes: object = {}) => ({
  billerBillID: "BILL-2026-11-0001",
  generatedOn: "2026-11-15T00:00:00.000Z",
  dueDate: "2026-11-30T00:00:00.000Z",
  recurrence: "ONE_TIME",
  amountExactness: "EXACT",
  customerAccount: { id: "10023" },
  aggregates: { total: { displayName: "Total due", amount: { value: 124_900, currencyCode: "INR" } } },
  items: [],
  ...changes,
});
const totalOf = (amount: object) => theirs({ aggregates: { total: { displayName: "Total due", amount } } });

const answer = (bills: unknown, changes: { billFetchStatus?: string } = {}) => ({
  status: 200,
  success: true,
  data: { customer: { name: "Asha" }, billDetails: { billFetchStatus: "AVAILABLE", bills, ...changes } },
});

const read = (body: unknown, status = 200) =>
  readFetched({ status, body: typeof body === "string" ? body : JSON.stringify(body) }, bill);

const failed = (reason: string) => ({ outcome: "failed", reason });

describe("the answer of a biller's own system", () => {
  it("says what is due, until when and how exactly", () => {
    expect(read(answer([theirs()]))).toEqual({
      outcome: "due",
      amountDue: { value: 124_900, currency: "INR" },
      dueDate: "2026-11-30",
      exactness: "EXACT",
    });
  });

  it("is about ours among several", () => {
    const other = theirs({ billerBillID: "BILL-2026-10-0001" });
    expect(read(answer([other, totalOf({ value: 5, currencyCode: "" })]))).toMatchObject({ amountDue: { value: 5 } });
  });

  it.each([
    ["an empty list", answer([], { billFetchStatus: "NO_OUTSTANDING" })],
    ["no list", answer(undefined, { billFetchStatus: "NO_OUTSTANDING" })],
    ["other bills only", answer([theirs({ billerBillID: "BILL-2026-10-0001" })])],
    ["an amount of zero", answer([totalOf({ value: 0, currencyCode: "INR" })])],
  ])("is nothing due with %s", (_what, body) => {
    expect(read(body)).toEqual({ outcome: "nothing-due" });
  });

  it.each([
    ["2026-11-30", "2026-11-30"],
    ["2026-11-30T00:00:00Z", "2026-11-30"],
    ["2026-11-29T18:30:00.000Z", "2026-11-30"],
    ["2026-11-30T23:59:59+05:30", "2026-11-30"],
    ["2026-11-30T20:00:00Z", "2026-12-01"],
  ])("is due, with %s, on %s in Kolkata", (dueDate, day) => {
    expect(read(answer([theirs({ dueDate })]))).toMatchObject({ dueDate: day });
  });

  it("leaves out what it does not know how to say", () => {
    const vague = theirs({ dueDate: null, amountExactness: "RANGE", items: null });
    expect(read(answer([vague]))).toEqual({ outcome: "due", amountDue: { value: 124_900, currency: "INR" } });
  });

  it.each([
    ["an unknown customer", 400, { success: false, error: { code: "customer-not-found" } }, "customer-not-found"],
    ["any other refusal", 400, { success: false, error: { code: "bad-request" } }, "refused"],
    ["a login page", 302, "", "refused"],
    ["an error of theirs", 503, "Service Unavailable", "server-error"],
    ["no JSON", 200, "<html>", "malformed"],
    ["no success", 200, { ...answer([theirs()]), success: false }, "malformed"],
    ["an unknown status", 200, answer([theirs()], { billFetchStatus: "MAYBE" }), "malformed"],
    ["no list of what is available", 200, answer(undefined), "malformed"],
    [
      "ours among what is not outstanding",
      200,
      answer([theirs()], { billFetchStatus: "NO_OUTSTANDING" }),
      "contradiction",
    ],
    ["ours twice", 200, answer([theirs(), theirs()]), "contradiction"],
    ["another currency", 200, answer([totalOf({ value: 5, currencyCode: "USD" })]), "wrong-currency"],
    ["rupees with a fraction", 200, answer([totalOf({ value: 12.5, currencyCode: "INR" })]), "malformed"],
    ["an amount as text", 200, answer([totalOf({ value: "12", currencyCode: "INR" })]), "malformed"],
    ["less than nothing", 200, answer([totalOf({ value: -1, currencyCode: "INR" })]), "malformed"],
    ["more than any bill", 200, answer([totalOf({ value: 2e12, currencyCode: "INR" })]), "malformed"],
    ["a day that is none", 200, answer([theirs({ dueDate: "2026-02-30" })]), "malformed"],
    ["a due date in words", 200, answer([theirs({ dueDate: "tomorrow" })]), "malformed"],
    ["51 items", 200, answer([theirs({ items: Array.from({ length: 51 }, () => ({})) })]), "malformed"],
  ])("is a failure with %s", (_what, status, body, reason) => {
    expect(read(body, status)).toEqual(failed(reason));
  });

  it("never throws, whatever is in it", () => {
    const json = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.constant(theirs()), fc.array(tie("any"), { maxLength: 3 })),
    })).any;
    fc.assert(
      fc.property(
        json,
        fc.constantFrom("AVAILABLE", "NO_OUTSTANDING"),
        fc.nat(600),
        (value, billFetchStatus, status) => {
          for (const body of [
            value,
            answer(value, { billFetchStatus }),
            answer([theirs({ items: value })]),
            answer([theirs({ dueDate: value })]),
          ])
            expect(["due", "nothing-due", "failed"]).toContain(read(body, status).outcome);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (body) => {
        expect(read(body)).toEqual(failed("malformed"));
      }),
    );
  });
});

describe("the items of a biller's own system", () => {
  const amount = { value: 120_000, currencyCode: "INR" };
  const itemsOf = (...items: unknown[]) => read(answer([theirs({ items })]));

  it.each([
    ["an amount", { displayName: "Energy 182 kWh", amount }],
    ["a total", { name: "Energy 182 kWh", total: { displayName: "Total", amount } }],
    ["aggregates", { displayName: "Energy 182 kWh", aggregates: { total: { amount } } }],
    ["an amount without a currency", { displayName: "Energy 182 kWh", amount: { value: 120_000, currencyCode: "" } }],
  ])("are read from %s", (_what, item) => {
    const items = [{ name: "Energy 182 kWh", amount: { value: 120_000, currency: "INR" } }];
    expect(itemsOf(item)).toMatchObject({ items });
  });

  it("are not taken where one of them is not understood", () => {
    expect(itemsOf({ displayName: "Energy", amount }, { displayName: "Rent" })).not.toHaveProperty("items");
    expect(itemsOf({ displayName: "Energy", amount: { value: 1, currencyCode: "USD" } })).not.toHaveProperty("items");
    expect(itemsOf({ displayName: "\u202e", amount })).not.toHaveProperty("items");
  });

  it("have names that can be seen, of 60 characters at most", () => {
    expect(itemsOf({ displayName: `En\u202eer\u0000gy\n${"x".repeat(90)}`, amount })).toMatchObject({
      items: [{ name: `Energy ${"x".repeat(53)}` }],
    });
  });
});
