import { describe, expect, it } from "vitest";
import type { CurrencyCode } from "../../../functions/domain/money.ts";
import { isOnItsWay, nextAttempt, stands } from "../../../functions/domain/payment-attempt.ts";
import { aCheckout, aFormerCheckout, anAttempt } from "../../support/attempts.ts";
import { aBill } from "../../support/builders.ts";
import { issueMorning } from "../../support/memory-clock.ts";

const minuteMs = 60_000;
const threeDaysMs = 3 * 24 * 60 * minuteMs;
const paidAt = (at: number) =>
  aBill({ payments: { "standard:pay_1": { amount: 100, refunded: 0, paidAt: at, n: 1 } } });
const { amount, code } = anAttempt();
const wanted = { bill: aBill(), amount };

describe("an attempt that is there", () => {
  it.each([
    ["is open for two minutes yet", { checkout: aCheckout() }, 18 * minuteMs - 1, true],
    ["is about to close", { checkout: aCheckout() }, 18 * minuteMs, false],
    ["is unanswered for less than five minutes", {}, 5 * minuteMs - 1, true],
    ["is unanswered for five minutes", {}, 5 * minuteMs, false],
  ])("is gone on with or not when it %s", (_, overrides, passed, expected) => {
    expect(stands(anAttempt(overrides), wanted, issueMorning + passed)).toBe(expected);
  });

  it("is not gone on with for another amount, nor once something was paid since", () => {
    const attempt = anAttempt({ checkout: aCheckout() });
    const inDollars = { ...amount, currency: "USD" as CurrencyCode };
    for (const other of [{ ...amount, value: 1 }, inDollars])
      expect(stands(attempt, { ...wanted, amount: other }, issueMorning)).toBe(false);
    expect(stands(attempt, { ...wanted, bill: paidAt(issueMorning) }, issueMorning)).toBe(false);
    expect(stands(attempt, { ...wanted, bill: paidAt(issueMorning - 1) }, issueMorning)).toBe(true);
  });
});

describe("the next attempt", () => {
  const { started: _started, ...checkout } = aCheckout();
  const replaced = { ...checkout, amount, startedAt: issueMorning };
  const next = (known: Parameters<typeof nextAttempt>[0], passed = 0, bill = aBill()) =>
    nextAttempt(known, { bill, amount, rail: "razorpay" }, issueMorning + passed);

  it("is the first, or one more", () => {
    expect(next(undefined)).toEqual({ code, rail: "razorpay", n: 1, amount, startedAt: issueMorning, version: 1 });
    const third = next(anAttempt({ n: 2, version: 5 }), minuteMs);
    expect(third).toEqual({ code, rail: "razorpay", n: 3, amount, startedAt: issueMorning + minuteMs, version: 6 });
  });

  it("takes over the checkout that is there, or that was to be ended before", () => {
    expect(next(anAttempt({ checkout: aCheckout() })).replaces).toEqual(replaced);
    expect(next(anAttempt({ replaces: aFormerCheckout() })).replaces).toEqual(aFormerCheckout());
  });

  it("leaves alone a checkout that expired, once something was paid since or after three days", () => {
    const known = anAttempt({ checkout: aCheckout() });
    expect(next(known, 20 * minuteMs).replaces).toEqual(replaced);
    expect(next(known, 20 * minuteMs - 1, paidAt(issueMorning)).replaces).toEqual(replaced);
    expect(next(known, 20 * minuteMs, paidAt(issueMorning)).replaces).toBeUndefined();
    expect(next(known, threeDaysMs - 1).replaces).toEqual(replaced);
    expect(next(known, threeDaysMs).replaces).toBeUndefined();
  });
});

describe("the payment of a checkout", () => {
  it("is on its way until something is counted that was paid since, three days at most", () => {
    const former = aFormerCheckout({ startedAt: issueMorning });
    expect(isOnItsWay(former, aBill(), issueMorning + threeDaysMs - 1)).toBe(true);
    expect(isOnItsWay(former, aBill(), issueMorning + threeDaysMs)).toBe(false);
    expect(isOnItsWay(former, paidAt(issueMorning), issueMorning)).toBe(false);
    expect(isOnItsWay(former, paidAt(issueMorning - 1), issueMorning)).toBe(true);
  });
});
