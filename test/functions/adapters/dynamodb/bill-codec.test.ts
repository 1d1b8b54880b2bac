import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BillRow, decodeBill, encodeBill } from "../../../../functions/adapters/dynamodb/bill-codec.ts";
import { fromItem, toItem } from "../../../../functions/adapters/dynamodb/table.ts";
import { EmailAddress, PhoneNumber } from "../../../../functions/domain/addresses.ts";
import type { Answer } from "../../../../functions/domain/answer.ts";
import type { Bill, Tombstone } from "../../../../functions/domain/bill.ts";
import { aBill, aCustomer, aFullBill } from "../../../support/builders.ts";
import { plainly } from "../../../support/contracts/stores.ts";
import { itemBytes } from "../../../support/item-bytes.ts";

const thereAndBack = (bill: Bill | Tombstone): Bill | Tombstone =>
  decodeBill(fromItem<BillRow>(toItem(encodeBill(bill, 8))));

const optional = Object.keys(aFullBill()).filter((name) => !(name in aBill()) || name === "category");

const without = (bill: Bill, names: readonly string[]): Bill =>
  Object.fromEntries(Object.entries(bill).filter(([name]) => !names.includes(name))) as Bill;

describe("the row of a bill", () => {
  it("brings back a bill that lacks any of what is optional", () => {
    const lacking = fc.property(fc.subarray(optional), (names) => {
      const bill = without(aFullBill(), names);
      expect(plainly(thereAndBack(bill))).toEqual(plainly(bill));
    });
    fc.assert(lacking);
  });

  it("brings back a customer with any of the addresses, with or without a name", () => {
    const { addresses, name } = aCustomer();
    const chosen = fc.property(
      fc.subarray(Object.entries(addresses), { minLength: 1 }),
      fc.boolean(),
      (some, named) => {
        const { name: _, ...nameless } = aCustomer({ addresses: Object.fromEntries(some) });
        const bill = aBill({ customer: named ? { ...nameless, name: name ?? "" } : nameless });
        expect(plainly(thereAndBack(bill))).toEqual(plainly(bill));
      },
    );
    fc.assert(chosen);
  });

  it.each(["frequency-cap", "spend-cap"] as const)("brings back a stop that is held by the %s", (held) => {
    const { progress, ...bill } = aFullBill();
    const cursor = progress.cursor && { ...progress.cursor, held };
    const waiting = { ...bill, progress: { ...progress, ...(cursor && { cursor }) } };
    expect((thereAndBack(waiting) as Bill).progress.cursor).toEqual(cursor);
  });

  it("brings back what an amendment changed, and answers with any of what they hold", () => {
    const formerly = fc.subarray(Object.entries(aFullBill().formerly), { minLength: 1 }).map(Object.fromEntries);
    const answer = fc
      .subarray([["payOn", "2026-11-28"] as const, ["channel", "sms"] as const])
      .map((more) => ({ answer: "will-pay", at: 1_795_000_000_000, ...Object.fromEntries(more) }) as Answer);
    const held = fc.property(formerly, fc.array(answer, { minLength: 1, maxLength: 5 }), (before, answers) => {
      const bill = aBill({ formerly: before, answers });
      expect(plainly(thereAndBack(bill))).toEqual(plainly(bill));
    });
    fc.assert(held);
  });

  it("brings back addresses that mask themselves", () => {
    const { customer } = thereAndBack(aBill()) as Bill;
    expect(customer.addresses.sms).toBeInstanceOf(PhoneNumber);
    expect(customer.addresses.email).toBeInstanceOf(EmailAddress);
    expect(JSON.stringify(customer)).not.toContain("asha@");
  });

  it("has the keys of the due index while there is a cursor, and neither without one", () => {
    const waiting = encodeBill(aBill(), 8);
    expect(waiting).toMatchObject({ lane: expect.stringMatching(/^[0-7]$/), due: aBill().progress.cursor?.due });
    const ended = encodeBill(aBill({ progress: { done: ["issued"] } }), 8);
    expect(Object.keys(ended)).not.toContain("lane");
    expect(Object.keys(ended)).not.toContain("due");
  });
});

/** What a bill is like after its second reminder, with one part payment. */
function realisticBill(overrides: Partial<Bill> = {}): Bill {
  const { progress, payments, early, late, asOf, detailDigest } = aFullBill();
  const [[key, payment] = ["", undefined]] = Object.entries(payments);
  const { spared: _, ...rest } = progress;
  return {
    ...aBill(),
    early,
    late,
    asOf,
    detailDigest,
    progress: rest,
    payments: payment ? { [key]: payment } : {},
    ...overrides,
  };
}

describe("the size of a bill", () => {
  it.each([
    ["in English", realisticBill()],
    ["in Bengali", realisticBill({ customer: aCustomer({ name: "আশা সেন" }), title: "বিদ্যুৎ বিল, নভেম্বর ২০২৬" })],
  ])("with three addresses, cursor, claim, two steps done and a payment stays in one write unit, %s", (_, bill) => {
    expect(Object.keys(bill.payments)).toHaveLength(1);
    expect(bill.progress).toMatchObject({ cursor: {}, claim: {}, done: ["issued", "welcome"] });
    expect(itemBytes(toItem(encodeBill(bill, 8)))).toBeLessThan(1_000);
  });

  it("is counted as DynamoDB counts it", () => {
    expect(itemBytes({ pk: { S: "বি" } })).toBe(2 + 6);
    expect(itemBytes({ n: { N: "1794717000000" } })).toBe(1 + 4 + 1);
    expect(itemBytes({ n: { N: "-27" } })).toBe(1 + 2 + 1);
    expect(itemBytes({ l: { L: [{ S: "ab" }, { BOOL: true }] } })).toBe(1 + 3 + (1 + 2) + (1 + 1));
    expect(itemBytes({ m: { M: { k: { S: "v" } } } })).toBe(1 + 3 + 1 + (1 + 1));
  });
});
