import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paidTotal, statusOf } from "../../../functions/domain/bill.ts";
import { providerError } from "../../../functions/domain/errors.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { registerBill } from "../../../functions/use-cases/register-bill.ts";
import { aBillInput, billWorld, kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });

async function unregistered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  const types = () => world.ports.events.published.map(({ type }) => type);
  const status = async () => {
    const { bill } = await world.story();
    return bill && [statusOf(bill, world.ports.clock.now()), paidTotal(bill)];
  };
  return { ...world, types, status };
}

async function registered(changes: Parameters<typeof aBillInput>[0] = {}) {
  const world = await unregistered();
  await world.register(changes);
  return world;
}

describe("record-payment", () => {
  it("in full ends the reminders, tells the bus and starts the receipt at once", async () => {
    const { pay, status, types, story, ports, dueMessage } = await registered();
    expect(await pay()).toMatchObject({ outcome: "full" });
    expect(await status()).toEqual(["paid", 124_900]);
    expect(types()).toEqual(["bill.paid"]);
    expect((await story()).bill?.progress.cursor).toBeUndefined();
    expect(ports.dueQueues.sent).toEqual([await dueMessage("pay_0001")]);
  });

  it("in part leaves the bill open and its reminders as they are", async () => {
    const { pay, status, types, story } = await registered();
    const { bill } = await story();
    expect(await pay({ amount: rupees(500) })).toMatchObject({ outcome: "partial" });
    expect(await status()).toEqual(["part-paid", 50_000]);
    expect(types()).toEqual(["bill.part-paid"]);
    expect((await story()).bill?.progress).toEqual(bill?.progress);
  });

  it("in two parts pays the bill", async () => {
    const { pay, status, types } = await registered();
    await pay({ amount: rupees(500) });
    expect(await pay({ amount: rupees(749), paymentId: "pay_0002" })).toMatchObject({ outcome: "full" });
    expect(await status()).toEqual(["paid", 124_900]);
    expect(types()).toEqual(["bill.part-paid", "bill.paid"]);
  });

  it("of too much is named so", async () => {
    const { pay, status, types } = await registered();
    expect(await pay({ amount: rupees(2_000) })).toMatchObject({ outcome: "over" });
    expect([await status(), types()]).toEqual([["overpaid", 200_000], ["bill.overpaid"]]);
  });

  it("of a paid bill is a duplicate, counted all the same", async () => {
    const { pay, status, types } = await registered();
    await pay();
    expect(await pay({ paymentId: "pay_0002" })).toMatchObject({ outcome: "duplicate" });
    expect([await status(), types()]).toEqual([
      ["overpaid", 249_800],
      ["bill.paid", "payment.duplicate"],
    ]);
  });

  it("after the bill was canceled or expired is late", async () => {
    const canceled = await registered();
    await cancelBill(canceled.ports, named);
    expect(await canceled.pay()).toMatchObject({ outcome: "late" });
    expect(canceled.types()).toEqual(["bill.canceled", "payment.late"]);
    const expired = await registered({ expiresOn: "2026-11-30" });
    expired.ports.clock.set(kolkata("2026-12-01 19:00"));
    expect(await expired.pay({ paidAt: "2026-12-01T13:00:00Z" })).toMatchObject({ outcome: "late" });
  });

  it("of the early amount in time is full, however late it is told", async () => {
    const { pay, ports } = await registered({ early: { until: "2026-11-20", amount: rupees(1_200) } });
    ports.clock.set(kolkata("2026-11-28 10:00"));
    expect(await pay({ amount: rupees(1_200) })).toMatchObject({ outcome: "full" });
  });

  it("is taken as of now when its payer's clock is ahead: an early amount is not lost, nor a late one owed", async () => {
    const { pay, story } = await registered({ late: { from: "2026-12-01", amount: rupees(1_300) } });
    expect(await pay({ paidAt: "2026-12-05T13:00:00Z" })).toMatchObject({ outcome: "full" });
    expect((await story()).payments[0]?.paidAt).toBe(kolkata("2026-11-15 09:30"));
  });

  it("in another currency is kept for operators, and the bill stays open", async () => {
    const { pay, status, types, ports } = await registered();
    expect(await pay({ amount: { value: 1_500, currency: "USD" } })).toMatchObject({ outcome: "wrong-currency" });
    expect([await status(), types()]).toEqual([["open", 0], ["payment.unmatched"]]);
    expect(ports.payments.unmatched).toMatchObject([{ paymentId: "pay_0001" }]);
    expect(ports.dueQueues.sent).toEqual([]);
  });

  it("in another currency is counted when its bill is amended to that currency", async () => {
    const { pay, register, status, types, ports } = await registered();
    await pay({ amount: { value: 1_500, currency: "USD" } });
    await register({ amountDue: { value: 1_500, currency: "USD" } });
    expect([await status(), types()]).toEqual([
      ["paid", 1_500],
      ["payment.unmatched", "bill.paid"],
    ]);
    expect(ports.payments.unmatched).toEqual([]);
  });

  it("of the same id from another source is another payment", async () => {
    const { pay, status } = await registered();
    await pay({ amount: rupees(500) });
    await pay({ amount: rupees(500), source: "razorpay" });
    expect(await status()).toEqual(["part-paid", 100_000]);
  });
});

describe("a payment told again", () => {
  it("counts once, has one receipt, and tells the bus the same event", async () => {
    const { pay, status, ports, sendNext, sent, story } = await registered();
    await pay();
    await sendNext("pay_0001");
    const before = await story();
    expect(await pay()).toMatchObject({ outcome: "full" });
    expect(await status()).toEqual(["paid", 124_900]);
    expect(await story()).toEqual(before);
    const ids = ports.events.published.map(({ eventId }) => eventId);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(sent()).toEqual(["whatsapp receipt"]);
    expect(ports.dueQueues.sent).toHaveLength(1);
  });

  it("with another amount keeps the first", async () => {
    const { pay, status } = await registered();
    await pay({ amount: rupees(500) });
    await pay({ amount: rupees(700) });
    expect(await status()).toEqual(["part-paid", 50_000]);
  });

  it("by several workers at once counts once", async () => {
    const { pay, status, story, types } = await registered();
    await Promise.all([pay(), pay(), pay()]);
    expect(await status()).toEqual(["paid", 124_900]);
    expect((await story()).payments).toHaveLength(1);
    expect(new Set(types())).toEqual(new Set(["bill.paid"]));
  });

  it("in any order and number comes to the same total", async () => {
    const parts = [100, 200, 300, 400].map((value, n) => ({ amount: rupees(value), paymentId: `pay_${n}` }));
    const order = fc.shuffledSubarray([...parts, ...parts, ...parts], { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(order, async (told) => {
        const { pay, status } = await registered();
        for (const payment of told) await pay(payment);
        expect(await status()).toEqual(["part-paid", 100_000]);
      }),
      { numRuns: 20 },
    );
  });

  it.each(["bills.save", "payments.save", "events.publish", "dueQueues.send", "bills.get"])(
    "after it broke off at %s is done whole",
    async (call) => {
      const { pay, status, control, ports, sendNext, sent } = await registered();
      control.beforeCall = (port, method) => {
        if (`${port}.${method}` === call) throw providerError("away");
      };
      await expect(pay()).rejects.toThrow("away");
      control.beforeCall = undefined;
      expect(await pay()).toMatchObject({ outcome: "full" });
      await sendNext("pay_0001");
      expect([await status(), sent()]).toEqual([["paid", 124_900], ["whatsapp receipt"]]);
      expect(ports.events.published.at(-1)?.type).toBe("bill.paid");
    },
  );
});

describe("a payment that matches nothing", () => {
  it("is kept for operators", async () => {
    const { pay, ports, types } = await registered();
    expect(await pay({ billId: "EP-none" })).toMatchObject({ outcome: "unmatched" });
    expect(ports.payments.unmatched).toMatchObject([{ billId: "EP-none", paymentId: "pay_0001" }]);
    expect(types()).toEqual(["payment.unmatched"]);
  });

  it("is matched after all when its bill is registered while it is being kept aside", async () => {
    const { pay, register, control, ports, status, types } = await unregistered();
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "payments.keepUnmatched") return;
      control.beforeCall = undefined;
      await register();
    };
    expect(await pay()).toMatchObject({ outcome: "full" });
    expect([await status(), ports.payments.unmatched]).toEqual([["paid", 124_900], []]);
    expect(new Set(types())).toEqual(new Set(["bill.paid"]));
    expect(ports.dueQueues.sent).toHaveLength(1);
  });

  it("touches nothing of a bill whose link code another biller names", async () => {
    const { ports, story, code, pay } = await registered();
    const before = await story();
    await ports.billers.put(aBiller({ id: "other-power", header: "OTHPWR" }));
    const foreign = await pay({ biller: "other-power", code });
    expect(foreign).toMatchObject({ outcome: "unmatched", payment: { biller: "other-power" } });
    expect(await story()).toEqual(before);
    expect(ports.events.published).toMatchObject([{ type: "payment.unmatched", biller: "other-power" }]);
  });

  it("is not confused with another biller's bill of the same id", async () => {
    const { ports, story, status } = await registered();
    const other = "other-power" as BillerId;
    await ports.billers.put(aBiller({ id: other, header: "OTHPWR" }));
    await registerBill(ports, { biller: other, billId: named.billId, bill: aBillInput() });
    const { pay } = await registered();
    await pay();
    expect(await status()).toEqual(["open", 0]);
    expect((await story()).payments).toEqual([]);
  });

  it("names a bill and the link code of another: neither is touched", async () => {
    const { pay, story, types } = await registered();
    const before = await story();
    expect(await pay({ billId: named.billId, code: "1111111111111" })).toMatchObject({ outcome: "unmatched" });
    expect(await story()).toEqual(before);
    expect(types()).toEqual(["payment.unmatched"]);
  });

  it("is found by its link code alone", async () => {
    const { code, status, pay } = await registered();
    await pay({ code });
    expect(await status()).toEqual(["paid", 124_900]);
  });
});
