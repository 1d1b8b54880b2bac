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
  const { code: _code, ...nameless } = aPayment({ version: 1 });
  const { progress: _progress, ...full } = aFullPayment();

  it("is kept and forgotten, each as often as it is told, and stands in no bill", async () => {
    const { payments, bills } = await open();
    expect(await payments.keepUnmatched(aPayment())).toBe(true);
    expect(await payments.keepUnmatched(aPayment())).toBe(true);
    expect(await bills.story(code)).toMatchObject({ payments: [], notifications: [], opens: [] });
    await payments.forgetUnmatched(aPayment());
    await expect(payments.forgetUnmatched(aPayment())).resolves.toBeUndefined();
    expect(await payments.getUnmatched(aPayment().biller, key)).toBeUndefined();
  });

  it.each([
    ["with everything it can hold", { ...full, progress: { done: [] } }],
    ["without a link code", nameless],
  ])("comes back %s, and waits for nothing", async (_, payment) => {
    const { payments } = await open();
    await payments.keepUnmatched(payment);
    expect(await payments.getUnmatched(payment.biller, key)).toEqual(payment);
  });

  it("is kept over what was kept before, or only over the version that was read", async () => {
    const { payments } = await open();
    expect(await payments.keepUnmatched({ ...nameless, version: 1 }, 0)).toBe(true);
    expect(await payments.keepUnmatched({ ...nameless, version: 1 }, 0)).toBe(false);
    expect(await payments.keepUnmatched({ ...nameless, version: 2, refunded: 5 }, 1)).toBe(true);
    expect(await payments.keepUnmatched({ ...nameless, version: 9 }, 1)).toBe(false);
    expect(await payments.getUnmatched(nameless.biller, key)).toMatchObject({ version: 2, refunded: 5 });
    expect(await payments.keepUnmatched({ ...nameless, version: 7 })).toBe(true);
    expect(await payments.getUnmatched(nameless.biller, key)).toMatchObject({ version: 7, refunded: 0 });
  });

  it("is listed in the order of the keys, page by page, of its biller alone", async () => {
    const { payments } = await open();
    for (const paymentId of ["c", "a", "d", "b"]) await payments.keepUnmatched({ ...nameless, paymentId });
    await payments.keepUnmatched(aPayment({ biller: "other-power" }));
    const idsOf = async (range: { readonly after?: string; readonly limit: number }) =>
      (await payments.findUnmatched(nameless.biller, range)).map(({ paymentId }) => paymentId);
    expect(await idsOf({ limit: 3 })).toEqual(["a", "b", "c"]);
    expect(await idsOf({ after: "standard:c", limit: 3 })).toEqual(["d"]);
    expect(await idsOf({ after: "standard:bb", limit: 1 })).toEqual(["c"]);
  });
}
