import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodePayment,
  encodePayment,
  encodeUnmatched,
  type PaymentRow,
} from "../../../../functions/adapters/dynamodb/payment-codec.ts";
import { fromItem, toItem } from "../../../../functions/adapters/dynamodb/table.ts";
import type { Payment } from "../../../../functions/domain/payment.ts";
import { aFullPayment, aPayment } from "../../../support/builders.ts";
import { itemBytes } from "../../../support/item-bytes.ts";

const optional = ["billId", "rail", "outcome", "decidedAt", "hops", "references", "raw", "number", "awards", "resent"];

describe("the row of a payment", () => {
  it("brings back a payment that lacks any of what is optional", () => {
    const lacking = fc.property(fc.subarray(optional), (names) => {
      const kept = Object.entries(aFullPayment()).filter(([name]) => !names.includes(name));
      const payment = Object.fromEntries(kept) as Payment;
      expect(decodePayment(fromItem<PaymentRow>(toItem(encodePayment(payment, 8))))).toEqual(payment);
    });
    fc.assert(lacking);
  });

  it("of a payment that matches no bill stands with the biller, outside of the due index", () => {
    const row = encodeUnmatched(aFullPayment());
    expect(row).toMatchObject({ pk: "BILLER#example-power", sk: "UNMATCHED#standard:pay_0001", c: aPayment().code });
    expect(Object.keys(row)).not.toContain("lane");
  });

  it("stays in one write unit", () => {
    expect(itemBytes(toItem(encodePayment(aFullPayment(), 8)))).toBeLessThan(1_024);
  });
});
