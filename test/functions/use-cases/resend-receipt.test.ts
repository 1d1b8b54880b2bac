import { describe, expect, it } from "vitest";
import type { BillerId, BillId } from "../../../functions/domain/ids.ts";
import { toIso } from "../../../functions/domain/local-time.ts";
import { type ResendReceipt, resendReceipt } from "../../../functions/use-cases/resend-receipt.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });
const bill = { biller: "example-power" as BillerId, billId: "EP-2026-11-10023" as BillId };

/** A bill that was paid, whose receipt went out by WhatsApp, was delivered, and has ended. */
async function receipted() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  await world.pay();
  await world.sendNext("pay_0001");
  const { step } = (await world.story()).notifications[0] ?? {};
  await world.report({ step: step ?? "", hop: 0, channel: "whatsapp" });
  await world.sendNext("pay_0001");
  await world.sendNext("pay_0001");
  return {
    ...world,
    again: (request: Partial<ResendReceipt> = {}) => resendReceipt(world.ports, { ...bill, ...request }),
    payment: async () => (await world.story()).payments[0],
    /** Lets the receipt that is on its way go out and end. */
    async end(deliveredBy: "whatsapp" | "sms" = "whatsapp") {
      await world.sendNext("pay_0001");
      const newest = (await world.story()).notifications.at(-1);
      await world.report({ step: newest?.step ?? "", hop: newest?.hop ?? 0, channel: deliveredBy });
      while ((await world.story()).payments[0]?.progress.cursor) await world.sendNext("pay_0001");
    },
  };
}

describe("a receipt that is asked for again", () => {
  it("goes out at once, by the channel that reached the customer", async () => {
    const { again, sendNext, sent, ports } = await receipted();
    expect(await again()).toEqual({
      paymentId: "pay_0001",
      source: "standard",
      channel: "whatsapp",
      at: ports.clock.now(),
    });
    await sendNext("pay_0001");
    expect(sent()).toEqual(["whatsapp receipt", "whatsapp receipt"]);
  });

  it("goes by the channel that was asked for, and by no other", async () => {
    const { again, sendNext, sent } = await receipted();
    expect(await again({ channel: "email" })).toMatchObject({ channel: "email" });
    await sendNext("pay_0001");
    expect(await sendNext("pay_0001")).toEqual({ outcome: "passed" });
    expect(sent()).toEqual(["whatsapp receipt", "email receipt"]);
  });

  it("is told beside the first one, each under a step of its own", async () => {
    const { again, sendNext, story, timeline } = await receipted();
    const first = (await story()).notifications[0]?.step ?? "";
    await again({ channel: "sms" });
    await sendNext("pay_0001");
    const told = (await timeline()).flatMap((entry) =>
      "step" in entry ? [`${entry.step} ${entry.hop} ${entry.channel}: ${entry.status}`] : [],
    );
    expect(told).toEqual([`${first} 0 whatsapp: delivered`, `${first} 1 sms: not-sent`, `${first}-1 0 sms: accepted`]);
  });

  it("is put off as not ready while others keep writing the payment", async () => {
    const { ports } = await receipted();
    const payments = { ...ports.payments, save: async () => false };
    const again = resendReceipt({ ...ports, payments }, bill);
    await expect(again).rejects.toMatchObject({ code: "not-ready", retryable: true });
  });

  it("is queued for its sender without waiting for the sweep", async () => {
    const { again, ports, payment } = await receipted();
    ports.dueQueues.take();
    await again();
    expect(ports.dueQueues.take()).toEqual([
      expect.objectContaining({ sk: "PAY#standard:pay_0001", due: (await payment())?.progress.cursor?.due }),
    ]);
  });

  it("falls back like the first one when its carrier tells of a failure", async () => {
    const { again, sendNext, report, story, sent } = await receipted();
    await again();
    await sendNext("pay_0001");
    const step = (await story()).notifications.at(-1)?.step ?? "";
    await report({ step, hop: 0, channel: "whatsapp", status: "failed" });
    await sendNext("pay_0001");
    expect(sent()).toEqual(["whatsapp receipt", "whatsapp receipt", "sms receipt"]);
  });

  it("does not heed a failure of the first one that comes late", async () => {
    const { again, sendNext, report, story, payment } = await receipted();
    const step = (await story()).notifications[0]?.step ?? "";
    await again();
    await sendNext("pay_0001");
    const before = (await payment())?.progress;
    await report({ step, hop: 0, channel: "whatsapp", status: "failed" });
    expect((await payment())?.progress).toEqual(before);
  });

  it("is that of the newest payment, or of the one that is named", async () => {
    const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await world.register();
    for (const [n, paymentId] of ["pay_0001", "pay_0002"].entries()) {
      await world.pay({ amount: rupees(500), paymentId, paidAt: `2026-11-15T09:0${n}:00+05:30` });
      while ((await world.story()).payments.find((one) => one.paymentId === paymentId)?.progress.cursor)
        await world.sendNext(paymentId);
    }
    expect(await resendReceipt(world.ports, bill)).toMatchObject({ paymentId: "pay_0002" });
    expect(await resendReceipt(world.ports, { ...bill, paymentId: "pay_0001" })).toMatchObject({
      paymentId: "pay_0001",
    });
  });
});

describe("a receipt is not sent again", () => {
  it("while the one before it is on its way", async () => {
    const { again } = await receipted();
    await again();
    await expect(again()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("on its way") });
  });

  it("for ten minutes after it was delivered, and says until when", async () => {
    const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await world.register();
    await world.pay();
    await world.sendNext("pay_0001");
    const { step } = (await world.story()).notifications[0] ?? {};
    await world.report({ step: step ?? "", hop: 0, channel: "whatsapp" });
    await world.sendNext("pay_0001");
    const until = (await world.story()).payments[0]?.progress.cursor?.at ?? 0;
    await expect(resendReceipt(world.ports, bill)).rejects.toMatchObject({
      code: "conflict",
      message: `The receipt was sent moments ago; ask again after ${toIso(until)}.`,
    });
    await world.sendNext("pay_0001");
    expect(await resendReceipt(world.ports, bill)).toMatchObject({ paymentId: "pay_0001" });
  });

  it("while nobody knows what became of the call before, so that no claim is lost", async () => {
    const { again, ports, payment } = await receipted();
    const stored = await payment();
    if (!stored) throw new Error("there is a payment");
    const claim = { step: "receipt", hop: 7, channel: "sms", at: ports.clock.now(), nonce: "q3Zt8vK1xWb0" } as const;
    const claimed = { ...stored, progress: { ...stored.progress, claim }, version: stored.version + 1 };
    await ports.payments.save(claimed, stored.version);
    await expect(again()).rejects.toMatchObject({ code: "conflict" });
    expect((await payment())?.progress.claim).toEqual(claim);
  });

  it("more than three times a day, and again the day after", async () => {
    const { again, end, ports } = await receipted();
    for (let n = 0; n < 3; n++) {
      await again();
      await end();
    }
    await expect(again()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("3 times today"),
    });
    ports.clock.set(kolkata("2026-11-16 00:00"));
    expect(await again()).toMatchObject({ paymentId: "pay_0001" });
  });

  it("for a bill of which nothing was paid, for a payment that is not there, and for a bill that is not", async () => {
    const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await world.register();
    await expect(resendReceipt(world.ports, bill)).rejects.toMatchObject({ code: "not-found" });
    const { again } = await receipted();
    await expect(again({ paymentId: "pay_9999" })).rejects.toMatchObject({ code: "not-found" });
    await expect(again({ source: "bus" })).rejects.toMatchObject({ code: "not-found" });
    await expect(again({ billId: "EP-none" as BillId })).rejects.toMatchObject({ code: "not-found" });
  });

  it("for money that was given back, or by a channel that has no address", async () => {
    const { again, pay } = await receipted();
    await pay({}, "refunded");
    await expect(again()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("given back") });
    const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
    const customer = { id: "10023", addresses: { whatsapp: "+919830012345" } };
    await world.register({ customer });
    await world.pay();
    while ((await world.story()).payments[0]?.progress.cursor) await world.sendNext("pay_0001");
    const byEmail = resendReceipt(world.ports, { ...bill, channel: "email" });
    await expect(byEmail).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("email") });
  });
});
