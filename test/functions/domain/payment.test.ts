import { describe, expect, it } from "vitest";
import { type Bill, paidTotal, statusOf } from "../../../functions/domain/bill.ts";
import {
  countPayment,
  excessOf,
  isBelowMinimum,
  judgePayment,
  mergePayment,
  type Payment,
  PaymentFact,
  paymentKey,
  receiptStep,
} from "../../../functions/domain/payment.ts";
import { aBill, aPayment } from "../../support/builders.ts";
import { asSent, refusals, refusedPaths } from "./refusals.ts";

const rupees = (value: number) => ({ value, currency: "INR" });
const kolkata = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+05:30`);
const noon = kolkata("2026-11-20 12:00");

const fact = {
  biller: "example-power",
  billId: "EP-2026-11-10023",
  paymentId: "pay_0001",
  amount: rupees(124_900),
  rail: "upi",
  paidAt: "2026-11-20T18:30:00+05:30",
  source: "standard",
};

describe("what is told of a payment", () => {
  it("may say what was given back so far, in the same currency", () => {
    expect(refusals(PaymentFact, { ...fact, refundedTotal: rupees(500) })).toEqual([]);
    expect(refusals(PaymentFact, { ...fact, refundedTotal: { value: 500, currency: "USD" } })).toEqual([
      "refundedTotal.currency: must be the currency of amount",
    ]);
  });

  it("names its bill by the biller's id, by the link's code, or by both", () => {
    const code = "1111111111111";
    for (const names of [{}, { code }, { billId: undefined, code }]) {
      expect(refusals(PaymentFact, asSent({ ...fact, ...names }))).toEqual([]);
    }
    expect(refusals(PaymentFact, asSent({ ...fact, billId: undefined }))).toEqual([
      "billId: either billId or code is required",
    ]);
  });

  it.each([
    ["no payment id", { paymentId: undefined }, "paymentId"],
    ["a payment id with a space", { paymentId: "pay 1" }, "paymentId"],
    ["a payment id that is too long", { paymentId: "p".repeat(101) }, "paymentId"],
    ["an amount below zero", { amount: rupees(-1) }, "amount.value"],
    ["an amount of zero", { amount: rupees(0) }, "amount.value"],
    ["an amount in words", { amount: "1249" }, "amount"],
    ["a refund in another currency", { refundedTotal: { value: 1, currency: "USD" } }, "refundedTotal.currency"],
    ["a rail in words", { rail: "UPI app" }, "rail"],
    ["a rail with an end in capitals", { rail: "upiX" }, "rail"],
    ["a rail with a beginning in capitals", { rail: "Xupi" }, "rail"],
    ["a time without a zone", { paidAt: "2026-11-20T18:30:00" }, "paidAt"],
    ["a source in capitals", { source: "Razorpay" }, "source"],
    ["a source with a colon", { source: "a:b" }, "source"],
    ["a code of another shape", { code: "short" }, "code"],
    ["an unknown field", { status: "captured" }, ""],
  ])("names the field that is wrong: %s", (_case, changes, path) => {
    expect(refusedPaths(PaymentFact, asSent({ ...fact, ...changes }))).toEqual([path]);
  });

  it("names the bill it touches by a key that no other source and id share", () => {
    expect(paymentKey({ source: "standard", paymentId: "a:b" })).toBe("standard:a:b");
    expect(receiptStep(aPayment())).toMatch(/^receipt\.[a-z0-9]{1,16}$/);
    expect(receiptStep(aPayment({ source: "razorpay" }))).not.toBe(receiptStep(aPayment()));
  });
});

describe("a payment told again", () => {
  const success = aPayment();
  const refund = (refunded: number, amount = refunded): Payment =>
    aPayment({ amount: rupees(amount), refunded, confirmed: false, paidAt: noon + 9_000_000 });

  it("is the same, so that nothing is written", () => {
    expect(mergePayment(success, aPayment())).toBe(success);
    expect(mergePayment(success, aPayment({ receivedAt: noon + 1, rail: "card" }))).toBe(success);
  });

  it("keeps the amount and time of its first success", () => {
    const other = aPayment({ amount: rupees(1), paidAt: noon + 1 });
    expect(mergePayment(success, other)).toBe(success);
  });

  it("only ever gives more back", () => {
    const given = mergePayment(success, refund(500));
    expect(given).toMatchObject({ amount: rupees(124_900), refunded: 500, confirmed: true, paidAt: success.paidAt });
    expect(mergePayment(given, refund(300))).toBe(given);
    expect(mergePayment(given, refund(700)).refunded).toBe(700);
  });

  it("takes amount, time and rail from its success where a refund came first", () => {
    const merged = mergePayment(refund(500), success);
    expect(merged).toMatchObject({ amount: rupees(124_900), refunded: 500, confirmed: true, rail: "upi" });
    expect(merged.paidAt).toBe(success.paidAt);
  });

  it("keeps the rail that is known when its success names none, and takes the success's when it does", () => {
    const { rail: _rail, ...unsaid } = aPayment();
    expect(mergePayment(refund(500), unsaid).rail).toBe("upi");
    expect(mergePayment({ ...refund(500), rail: "card" }, aPayment()).rail).toBe("upi");
  });

  it("has nothing taken off it that went back in another currency, whichever was told first", () => {
    const dollars = aPayment({ amount: { value: 500, currency: "USD" }, refunded: 500, confirmed: false });
    expect(mergePayment(success, dollars)).toBe(success);
    expect(mergePayment(dollars, success)).toMatchObject({ amount: rupees(124_900), refunded: 0, confirmed: true });
    expect(mergePayment(refund(700), dollars)).toMatchObject({ amount: rupees(700), refunded: 700, confirmed: false });
  });

  it("is confirmed by a success that says the same as its refund did", () => {
    const same = aPayment({ confirmed: false });
    expect(mergePayment(same, aPayment())).toMatchObject({ confirmed: true });
    expect(mergePayment(same, same)).toBe(same);
  });

  it("is worth nothing while only refunds of it are known", () => {
    const merged = mergePayment(refund(500), refund(800));
    expect(merged).toMatchObject({ amount: rupees(800), refunded: 800, confirmed: false });
    expect(paidTotal(countPayment(aBill(), merged))).toBe(0);
  });
});

describe("a counted payment", () => {
  it("adds to the bill once", () => {
    const once = countPayment(aBill(), aPayment());
    expect(paidTotal(once)).toBe(124_900);
    expect(countPayment(once, aPayment())).toBe(once);
    expect(statusOf(once, noon)).toBe("paid");
  });

  it("is another one under another id, or from another source", () => {
    const counted = [aPayment(), aPayment({ paymentId: "pay_0002" }), aPayment({ source: "razorpay" })].reduce(
      countPayment,
      aBill(),
    );
    expect(Object.values(counted.payments).map(({ n }) => n)).toEqual([0, 1, 2]);
    expect(paidTotal(counted)).toBe(3 * 124_900);
  });

  it("never gives back more than was paid", () => {
    expect(paidTotal(countPayment(aBill(), aPayment({ refunded: 500_000 })))).toBe(0);
  });

  it("keeps its place when more of it is given back", () => {
    const two = [aPayment(), aPayment({ paymentId: "pay_0002" }), aPayment({ refunded: 900 })].reduce(
      countPayment,
      aBill(),
    );
    expect(two.payments["standard:pay_0001"]).toMatchObject({ refunded: 900, n: 0 });
    expect(two.payments["standard:pay_0002"]).toMatchObject({ refunded: 0, n: 1 });
  });

  it("is not undone by what was read before it was confirmed", () => {
    const early = aPayment({ amount: rupees(30_000), refunded: 30_000, confirmed: false });
    const later = mergePayment(early, aPayment());
    const counted = countPayment(aBill(), later);
    expect(paidTotal(counted)).toBe(94_900);
    expect(countPayment(counted, early)).toBe(counted);
  });

  it("is dated by its success where a refund was counted first", () => {
    const early = aPayment({ refunded: 1_000, confirmed: false, paidAt: noon + 9_000_000 });
    const counted = countPayment(countPayment(aBill(), early), mergePayment(early, aPayment()));
    expect(counted.payments["standard:pay_0001"]?.paidAt).toBe(aPayment().paidAt);
  });
});

describe("the outcome of a payment", () => {
  const of = (overrides: Parameters<typeof aPayment>[0], bill: Bill): string => {
    const payment = aPayment(overrides);
    return judgePayment(countPayment(bill, payment), payment);
  };
  const partPaid = countPayment(aBill(), aPayment({ paymentId: "part", amount: rupees(24_900) }));
  const whole = countPayment(aBill(), aPayment({ paymentId: "whole" }));
  const canceledLater = aBill({ canceled: { at: noon + 1 } });
  const expired = aBill({ expiresOn: "2026-12-31" });

  it.each([
    ["full when it is what is owed", {}, aBill(), "full"],
    ["partial when it is less", { amount: rupees(124_899) }, aBill(), "partial"],
    ["over when it is more", { amount: rupees(124_901) }, aBill(), "over"],
    ["full when it is the rest", { amount: rupees(100_000) }, partPaid, "full"],
    ["over when it is more than the rest", {}, partPaid, "over"],
    ["duplicate when the bill was paid before", {}, whole, "duplicate"],
    ["duplicate when it is only a little on top", { amount: rupees(1) }, whole, "duplicate"],
    ["late after the bill was canceled", { paidAt: noon + 1 }, canceledLater, "late"],
    ["full when it was paid before the cancel", { paidAt: noon }, canceledLater, "full"],
    ["late after the last day", { paidAt: kolkata("2027-01-01 00:00") }, expired, "late"],
    ["full on the last day", { paidAt: kolkata("2026-12-31 23:59") }, expired, "full"],
    ["for nothing in another currency", { amount: { value: 124_900, currency: "USD" } }, aBill(), "wrong-currency"],
    [
      "full with the early amount in time",
      { amount: rupees(100_000) },
      aBill({ early: { until: "2026-11-25", amount: rupees(100_000) } }),
      "full",
    ],
    [
      "partial with the early amount too late",
      { amount: rupees(100_000), paidAt: kolkata("2026-11-26 00:00") },
      aBill({ early: { until: "2026-11-25", amount: rupees(100_000) } }),
      "partial",
    ],
    ["full though a part of it went back before it was told", { refunded: 10_000 }, aBill(), "full"],
    ["full though all of it went back before it was told", { refunded: 124_900 }, aBill(), "full"],
    [
      "over though the excess went back before it was told",
      { amount: rupees(125_000), refunded: 100 },
      aBill(),
      "over",
    ],
  ] as const)("is %s", (_case, overrides, bill, outcome) => {
    expect(of(overrides, bill)).toBe(outcome);
  });

  it("stays what it was, whatever is counted after it", () => {
    const first = aPayment({ paymentId: "first", paidAt: noon + 5 });
    const bill = countPayment(aBill(), first);
    const later = [aPayment({ paymentId: "second", paidAt: noon }), aPayment({ paymentId: "third" })].reduce(
      countPayment,
      bill,
    );
    expect(judgePayment(later, first)).toBe(judgePayment(bill, first));
    expect(judgePayment(later, aPayment({ paymentId: "second", paidAt: noon }))).toBe("duplicate");
  });

  it("is that of a bill open again when an earlier payment was given back", () => {
    const refunded = countPayment(whole, aPayment({ paymentId: "whole", refunded: 124_900 }));
    expect(statusOf(refunded, noon)).toBe("open");
    expect(of({}, refunded)).toBe("full");
  });
});

describe("the names of a payment", () => {
  it("are added as they are told, each once and twelve at most, and the first body that told it stays", () => {
    const known = aPayment({ references: ["rrn:1"], raw: "webhooks/1" });
    const told = aPayment({ references: ["rrn:1", "razorpay:order_1"], raw: "webhooks/2" });
    expect(mergePayment(known, told)).toMatchObject({ references: ["rrn:1", "razorpay:order_1"], raw: "webhooks/1" });
    expect(mergePayment(told, known)).toBe(told);
    const many = aPayment({ references: Array.from({ length: 12 }, (_, n) => `txid:${n}`) });
    expect(mergePayment(many, told).references).toEqual(many.references);
    expect(mergePayment(known, many).references).toHaveLength(12);
    expect(mergePayment(aPayment(), told)).toMatchObject({ references: told.references, raw: "webhooks/2" });
  });
});

describe("what came beyond what is owed", () => {
  it.each([
    ["nothing of a part", 100_000, 0],
    ["nothing of the whole", 124_900, 0],
    ["the rest of too much", 125_000, 100],
  ])("is %s", (_, value, excess) => {
    const payment = aPayment({ amount: rupees(value) });
    expect(excessOf(countPayment(aBill(), payment), payment)).toBe(excess);
  });

  it("is all of a payment after the bill was paid, none of one that is not counted, and stays when it was given back", () => {
    const [first, second] = [aPayment(), aPayment({ paymentId: "pay_0002", refunded: 900 })];
    const bill = countPayment(countPayment(aBill(), first), second);
    expect([excessOf(bill, second), excessOf(bill, first)]).toEqual([124_900, 0]);
    expect(excessOf(aBill(), first)).toBe(0);
  });

  it("is not asked of a part, which is below the minimum only where there is one and it is more", () => {
    const least = (value: number) => ({ minimum: rupees(value) as NonNullable<Bill["minimum"]> });
    const payment = aPayment({ amount: rupees(500) });
    expect([least(501), least(500), {}].map((bill) => isBelowMinimum(bill, payment))).toEqual([true, false, false]);
  });
});
