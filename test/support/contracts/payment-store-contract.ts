import { describe, expect, it } from "vitest";
import { paymentKey } from "../../../functions/domain/payment.ts";
import { aFullPayment, aPayment } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const { code } = aPayment();
const key = paymentKey(aPayment());

/** Promises about payments. */
export function paymentStoreContract(open: OpenStores): void {
  describe("a payment", () => {
    it("is unknown until it is added", async () => {
      const { payments } = await open();
      expect(await payments.get(code, key)).toBeUndefined();
    });

    it.each([
      ["with everything it can hold", aFullPayment()],
      ["with nothing that is optional", aPayment()],
      ["with colons in its id", aPayment({ paymentId: "utr:4412:0009" })],
    ])("comes back %s", async (_, payment) => {
      const { payments } = await open();
      expect(await payments.add(payment)).toEqual(payment);
      expect(await payments.get(code, paymentKey(payment))).toEqual(payment);
      expect(await payments.get(code, paymentKey(payment), { consistent: true })).toEqual(payment);
    });

    it("stays as it was first added", async () => {
      const { payments } = await open();
      await payments.add(aPayment());
      expect(await payments.add(aPayment({ amount: { value: 1, currency: "INR" } }))).toEqual(aPayment());
      expect(await payments.get(code, key)).toEqual(aPayment());
    });

    it("is the same to all who add it at once", async () => {
      const { payments } = await open();
      const told = await Promise.all([1, 2, 3, 4].map((receivedAt) => payments.add(aPayment({ receivedAt }))));
      expect(new Set(told.map(({ receivedAt }) => receivedAt)).size).toBe(1);
    });

    it("is another when another source uses the same id", async () => {
      const { payments } = await open();
      await payments.add(aPayment());
      await payments.add(aPayment({ source: "bus", refunded: 5 }));
      expect(await payments.get(code, key)).toEqual(aPayment());
    });
  });
  describe("saving a payment over what was read", () => writingContract(open));
  describe("a payment that matches no bill", () => unmatchedContract(open));
}

function writingContract(open: OpenStores): void {
  it("succeeds over the version that is stored, and only over that", async () => {
    const { payments } = await open();
    await payments.add(aPayment());
    expect(await payments.save(aPayment({ version: 2, outcome: "full" }), 1)).toBe(true);
    expect(await payments.save(aPayment({ version: 2, outcome: "late" }), 1)).toBe(false);
    expect(await payments.get(code, key)).toEqual(aPayment({ version: 2, outcome: "full" }));
  });

  it("is refused when nothing is there", async () => {
    const { payments } = await open();
    expect(await payments.save(aPayment({ version: 2 }), 1)).toBe(false);
    expect(await payments.get(code, key)).toBeUndefined();
  });

  it("is refused when nothing was there and now something is", async () => {
    const { payments } = await open();
    expect(await payments.save(aPayment(), 0)).toBe(true);
    expect(await payments.save(aPayment(), 0)).toBe(false);
  });
}

function unmatchedContract(open: OpenStores): void {
  it("is kept and forgotten, each as often as it is told, and stands in no bill", async () => {
    const { payments, bills } = await open();
    await payments.keepUnmatched(aPayment());
    await payments.keepUnmatched(aPayment());
    expect(await bills.story(code)).toEqual({ payments: [], notifications: [], opens: [] });
    await payments.forgetUnmatched(aPayment());
    await expect(payments.forgetUnmatched(aPayment())).resolves.toBeUndefined();
  });
}
