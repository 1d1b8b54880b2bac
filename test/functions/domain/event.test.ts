import { describe, expect, it } from "vitest";
import { eventOf } from "../../../functions/domain/event.ts";
import { aBill } from "../../support/builders.ts";

const bill = aBill({ billId: "B.1" });

describe("an event", () => {
  it("has an id made of the fact alone, so that the same fact told later has the same id", () => {
    const first = eventOf("bill.paid", bill, { id: "standard:pay_1", at: 1 });
    const again = eventOf("bill.paid", bill, { id: "standard:pay_1", at: 2, ids: { source: "standard" } });
    expect(first.eventId).toBe("bill.paid/example-power/B.1/standard:pay_1");
    expect(again.eventId).toBe(first.eventId);
  });

  it("has another id for another type, biller, bill or fact", () => {
    const fact = { id: "standard:pay_1", at: 1 };
    const events = [
      eventOf("bill.paid", bill, fact),
      eventOf("bill.part-paid", bill, fact),
      eventOf("bill.paid", aBill({ billId: "B.1", biller: "other" }), fact),
      eventOf("bill.paid", aBill({ billId: "B.2" }), fact),
      eventOf("bill.paid", { biller: bill.biller }, fact),
      eventOf("bill.paid", bill, { id: "standard:pay_2", at: 1 }),
    ];
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  });

  it("holds ids and the time, and nothing else of the bill", () => {
    expect(eventOf("payment.late", bill, { id: "x", at: 5, ids: { paymentId: "pay_1" } })).toEqual({
      type: "payment.late",
      eventId: "payment.late/example-power/B.1/x",
      biller: "example-power",
      billId: "B.1",
      at: 5,
      ids: { paymentId: "pay_1" },
    });
    expect(Object.keys(eventOf("payment.unmatched", { biller: bill.biller }, { id: "x", at: 5 }))).toEqual([
      "type",
      "eventId",
      "biller",
      "at",
    ]);
  });
});
