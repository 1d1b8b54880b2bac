import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { BillInput } from "../../../functions/domain/bill-input.ts";
import { DuebellError } from "../../../functions/domain/errors.ts";
import { parseInput, parseJson } from "../../../functions/middleware/parse-input.ts";

/** What is refused of an input, as `path: message`. */
function refused(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof DuebellError && error.code === "invalid-input") {
      return [error.message, ...error.fields.map(({ path, message }) => `${path}: ${message}`)];
    }
    throw error;
  }
  return [];
}

const bill = {
  customer: { id: "10023", addresses: { sms: "+919830012345" } },
  title: "Electricity",
  amountDue: { value: 124_900, currency: "INR" },
  dueDate: "2026-11-30",
};

describe("parse-input", () => {
  it("answers what the schema reads", () => {
    expect(parseInput(z.object({ n: z.pipe(z.string(), z.transform(Number)) }), { n: "7" }, "It")).toEqual({ n: 7 });
  });

  it("names every field that was refused, in dotted form", () => {
    const input = { ...bill, dueDate: "soon", customer: { id: "a b", addresses: { sms: "98300", email: "asha" } } };
    expect(refused(() => parseInput(BillInput, input, "The bill"))).toEqual([
      "The bill is not valid.",
      expect.stringMatching(/^customer\.id: must be/),
      expect.stringMatching(/^customer\.addresses\.sms: must be a phone number/),
      expect.stringMatching(/^customer\.addresses\.email: must be an e-mail address/),
      "dueDate: must be a calendar date, YYYY-MM-DD",
    ]);
  });

  it("says which fields are required", () => {
    const found = refused(() => parseInput(BillInput, { customer: {} }, "The bill"));
    expect(found).toEqual(
      expect.arrayContaining(["customer.id: is required", "customer.addresses: is required", "title: is required"]),
    );
    expect(found).toEqual(expect.arrayContaining(["amountDue: is required", "dueDate: is required"]));
  });

  it("refuses unknown fields by name, wherever they are", () => {
    const input = { ...bill, colour: 1, amountDue: { ...bill.amountDue, cents: 2, tax: 3 } };
    expect(
      refused(() => parseInput(BillInput, input, "The bill"))
        .slice(1)
        .toSorted(),
    ).toEqual([
      "amountDue.cents: is not a known field",
      "amountDue.tax: is not a known field",
      "colour: is not a known field",
    ]);
  });

  it.each([undefined, null, 7, "text", [], true])("refuses %o in place of an object", (input) => {
    expect(refused(() => parseInput(BillInput, input, "The bill"))[0]).toBe("The bill is not valid.");
  });

  it("repeats nothing of what was sent", () => {
    const secret = "asha-sen-secret";
    const input = { customer: { id: `${secret} !`, addresses: { email: secret } }, title: 7, dueDate: secret };
    expect(JSON.stringify(refused(() => parseInput(BillInput, input, "The bill")))).not.toContain(secret);
  });
});

describe("parse-json", () => {
  it("reads JSON text", () => {
    expect(parseJson(z.object({ a: z.int() }), '{"a":1}', "The body")).toEqual({ a: 1 });
  });

  it.each(["", "{", "{'a': 1}", '{"a": 1} x', "undefined"])("refuses %o", (text) => {
    expect(refused(() => parseJson(z.object({}), text, "The body"))).toEqual([
      "The body is not valid JSON.",
      "body: must be JSON",
    ]);
  });
});
