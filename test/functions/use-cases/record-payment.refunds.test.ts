import { describe, expect, it } from "vitest";
import { paidTotal, statusOf } from "../../../functions/domain/bill.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  const types = () => world.ports.events.published.map(({ type }) => type);
  const status = async () => {
    const { bill } = await world.story();
    return bill && [statusOf(bill, world.ports.clock.now()), paidTotal(bill)];
  };
  return { ...world, types, status };
}

describe("a refund", () => {
  it("takes what was given back off the total, once", async () => {
    const { pay, status, types } = await registered();
    await pay({ amount: rupees(500) });
    await pay({ amount: rupees(200) }, "refunded");
    await pay({ amount: rupees(200) }, "refunded");
    expect(await status()).toEqual(["part-paid", 30_000]);
    await pay({ amount: rupees(500), refundedTotal: rupees(100) }, "refunded");
    expect(await status()).toEqual(["part-paid", 30_000]);
    await pay({ amount: rupees(500), refundedTotal: rupees(500) }, "refunded");
    expect(await status()).toEqual(["open", 0]);
    expect(new Set(types())).toEqual(new Set(["bill.part-paid", "bill.refunded"]));
  });

  it("before its payment is known when the payment comes", async () => {
    const { pay, status, types } = await registered();
    await pay({ amount: rupees(200) }, "refunded");
    expect([await status(), types()]).toEqual([["open", 0], []]);
    await pay({ amount: rupees(500) });
    expect([await status(), types()]).toEqual([
      ["part-paid", 30_000],
      ["bill.part-paid", "bill.refunded"],
    ]);
  });

  it("of everything before the receipt went out leaves no receipt to send", async () => {
    const { pay, sendNext, sent, told } = await registered();
    await pay();
    await pay({ refundedTotal: rupees(1_249) }, "refunded");
    await sendNext("pay_0001");
    expect(sent()).toEqual([]);
    expect(await told()).toEqual(["receipt 0 whatsapp: not-sent, nothing-due"]);
  });

  it("reopens what is owed, and does not remind of it by itself", async () => {
    const { pay, sendNext, sent, story } = await registered();
    await sendNext();
    await pay();
    await pay({ refundedTotal: rupees(1_249) }, "refunded");
    expect((await story()).bill?.progress.cursor?.step).toBe("close");
    expect(sent()).toEqual(["whatsapp issued"]);
  });
});
