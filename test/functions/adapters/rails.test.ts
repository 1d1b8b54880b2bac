import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rails } from "../../../functions/adapters/rails.ts";
import type { BillDetail } from "../../../functions/domain/bill.ts";
import { outstanding } from "../../../functions/domain/bill.ts";
import { Exactness } from "../../../functions/domain/bill-input.ts";
import { type CurrencyCode, money } from "../../../functions/domain/money.ts";
import { isFixed, payBounds } from "../../../functions/domain/pay-amount.ts";
import type { PayFacts, RailName } from "../../../functions/domain/rail.ts";
import { facts, paid } from "./rails/pay-facts.ts";

/** A member for each name there is: one that is forgotten here is a type error. */
const everyName: Readonly<Record<RailName, true>> = {
  upi: true,
  pix: true,
  "pix-psp": true,
  "pay-now": true,
  "click-pay": true,
  razorpay: true,
  stripe: true,
  external: true,
};

const psp = { url: "https://pix.example.com/v2", tokenUrl: "https://pix.example.com/oauth/token" };
const pix = { key: "39580525000189", merchantName: "Luz Exemplo SA", merchantCity: "São Paulo" };
const settings = {
  upi: { payeeAddress: "examplepower@icici", payeeName: "Example Power" },
  payNow: { uen: "201812345A", payeeName: "Example Power Pte Ltd" },
  razorpay: {},
  stripe: {},
  external: { url: "https://bills.example.com/{billId}?amount={amount}" },
};

const someFacts: fc.Arbitrary<PayFacts> = fc
  .record({
    rails: fc.record(
      {
        upi: fc.constant(settings.upi),
        pix: fc.constantFrom(pix, { ...pix, psp }),
        payNow: fc.constant(settings.payNow),
        razorpay: fc.constant({}),
        stripe: fc.constant({}),
        external: fc.constantFrom(settings.external, { url: "https://bills.example.com/" }),
      },
      { requiredKeys: [] },
    ),
    currency: fc.constantFrom("INR", "BRL", "SGD", "USD", "JPY", "KWD"),
    value: fc.oneof(fc.integer({ min: 1, max: 10 ** 12 }), fc.integer({ min: 1, max: 500 })),
    least: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
    counted: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
    exactness: fc.constantFrom(...Exactness.options),
    title: fc.string({ unit: "binary", maxLength: 80 }),
    detail: fc.constantFrom<(BillDetail | undefined)[]>(undefined, {}, { clickPayUrl: "https://bbps.io/pay/Ab12Cd34" }),
    canceled: fc.constantFrom(undefined, { at: 1 }),
  })
  .map(({ rails: offered, currency, value, least, counted, canceled, detail, ...bill }) => {
    const amountDue = { value, currency };
    const minimum = least === undefined ? {} : { minimum: { value: Math.min(least, value), currency } };
    const given = facts({
      bill: {
        ...bill,
        amountDue,
        ...minimum,
        ...(counted !== undefined && paid(counted)),
        ...(canceled && { canceled }),
      },
      rails: offered,
    });
    return { ...given, detail };
  });

describe("the rails", () => {
  it("are each there once, in the order in which pages offer them", () => {
    expect(rails().map(({ name }) => name)).toEqual(Object.keys(everyName));
  });

  it.each(rails())("$name offers what it is able to, or nothing", (rail) => {
    const { capabilities } = rail;
    fc.assert(
      fc.property(someFacts, (given) => {
        const way = rail.offer(given);
        if (!way) return;
        const owed = outstanding(given.bill, given.now);
        const most = payBounds(given.bill, owed);
        expect(owed.value).toBeGreaterThan(0);
        expect(way.rail).toBe(rail.name);
        if (capabilities.currencies) expect(capabilities.currencies).toContain(owed.currency);
        expect(way.bounds.minimum.value).toBeGreaterThanOrEqual(most.minimum.value);
        expect(way.bounds.maximum?.value ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
          most.maximum?.value ?? Number.POSITIVE_INFINITY,
        );
        // Whatever is owed can be paid.
        expect(way.bounds.minimum.value).toBeLessThanOrEqual(owed.value);
        expect(way.bounds.maximum?.value ?? owed.value).toBeGreaterThanOrEqual(owed.value);
        if (isFixed(way.bounds)) expect(way.fixed).toBe(true);
        // An amount that is not to be chosen before is held by the rail itself, or there is none to hold.
        const isReady = way.link !== undefined || way.code !== undefined;
        if (capabilities.amount === "exact") expect(isReady).toBe(false);
        for (const target of way.formTargets) expect(target).toMatch(/^([a-z]+:|https:\/\/[A-Za-z0-9.*:-]+)$/);
        if (way.link)
          expect(way.link).toMatch(/^(upi:\/\/pay\?|https:\/\/(bbps\.io|bills\.example\.com)\/)[\x21-\x7e]*$/);
        if (way.code) expect(way.code).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });

  it.each(rails().filter(({ kind }) => kind === "composed"))("$name starts whatever amount it offers", (rail) => {
    if (rail.kind !== "composed") throw new Error("nobody is asked");
    fc.assert(
      fc.property(someFacts, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (given, share, isOpen) => {
        const way = rail.offer(given);
        if (!way) return;
        const { minimum, maximum } = way.bounds;
        const most = maximum?.value ?? 999_999_999_999;
        const value = Math.round(minimum.value + share * (Math.max(most, minimum.value) - minimum.value));
        const amount = money(value, minimum.currency as CurrencyCode);
        const returnUrl = "https://pay.example.com/EXPOWR/code";
        const started = rail.start({ ...given, amount, mode: isOpen ? "open" : "code", returnUrl });
        const text = started.outcome === "open" ? started.link : started.code;
        expect(text).toMatch(/^[\x20-\x7e]+$/);
        if (started.outcome === "open") expect(text).toMatch(/^(upi:|https:)\/\//);
      }),
    );
  });

  it("cannot make a checkout without the means for it", async () => {
    const given = facts({ rails: { ...settings, pix: { ...pix, psp } } });
    for (const rail of rails()) {
      if (rail.kind !== "gateway") continue;
      const attempt = {
        ...given,
        amount: given.bill.amountDue,
        mode: "open",
        returnUrl: "https://pay.example.com",
      } as const;
      const made = await rail.create({ ...attempt, n: 1, startedAt: given.now });
      expect(made).toMatchObject({ outcome: "unavailable" });
    }
  });
});
