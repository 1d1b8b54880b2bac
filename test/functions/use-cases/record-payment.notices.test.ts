import { describe, expect, it } from "vitest";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import { noticeStep } from "../../../functions/domain/payment-notice.ts";
import { redateStuck } from "../../../functions/use-cases/redate-stuck.ts";
import { kolkata } from "../../support/bill-world.ts";
import { noticeKey, noticeStart, noticeWorld } from "../../support/notice-world.ts";

describe("a payment that failed, or is pending, where the biller wants its customers told", () => {
  it.each([
    ["payment.failed", "payment-failed", "failed"],
    ["payment.pending", "payment-pending", "pending"],
  ] as const)("by %s has a message %s, in its own words with the amount and the link", async (type, kind, step) => {
    const { tell, sendNext, calls, told } = await noticeWorld();
    await tell(type, { amount: { value: 50_000, currency: "INR" } });
    expect(await sendNext(kind)).toBe("accepted");
    expect(calls.map(({ message, key: named }) => [message, named.step])).toEqual([
      [kind, noticeStep({ kind, key: noticeKey })],
    ]);
    const [{ wording } = {}] = calls;
    expect(wording).toMatchObject({
      channel: "whatsapp",
      name: `bill_payment_${step}_v1`,
      parameters: ["Example Power", "Electricity, November 2026", "₹500.00"],
    });
    expect(await told()).toEqual([`${step} 0 whatsapp: accepted`]);
  });

  it("is told once for each payment and kind, however often it is told to us", async () => {
    const { tell, sendNext, notice, sent, story } = await noticeWorld();
    await tell("payment.failed");
    await sendNext();
    const before = await notice();
    await tell("payment.failed");
    await tell("payment.failed", { paidAt: new Date(noticeStart + minuteMs).toISOString() });
    expect(await notice()).toEqual(before);
    expect(sent()).toEqual(["whatsapp failed"]);
    await tell("payment.failed", { paymentId: "pay_0002" });
    expect((await story()).notices).toHaveLength(2);
  });

  it("is told once where many payments fail within minutes, of the last that did", async () => {
    const { tell, sendAll, ports, calls, told } = await noticeWorld();
    for (let n = 0; n < 20; n++) {
      ports.clock.set(noticeStart + n * 12_000);
      await tell("payment.failed", { paymentId: `pay_${n}`, paidAt: new Date(ports.clock.now()).toISOString() });
      if (n % 5 === 4) await sendAll();
    }
    for (let round = 0; round < 40; round++) {
      ports.clock.advance(minuteMs);
      await sendAll();
    }
    const last = noticeStep({ kind: "payment-failed", key: "standard:pay_19" });
    expect(calls.map(({ key: named }) => `${named.step} ${named.hop}`)).toEqual([`${last} 0`, `${last} 1`]);
    expect((await told()).filter((line) => line === "failed 0 whatsapp: not-sent, superseded")).toHaveLength(19);
  });

  it("is told once a day, whatever fails after that", async () => {
    const { tell, sendAll, ports, sent, report } = await noticeWorld();
    const failAt = async (hours: number) => {
      ports.clock.set(noticeStart + hours * 60 * minuteMs);
      const paymentId = hours === 0 ? "pay_0001" : `pay_${hours}`;
      await tell("payment.failed", { paymentId, paidAt: new Date(ports.clock.now()).toISOString() });
      ports.clock.advance(3 * minuteMs);
      await sendAll();
    };
    await failAt(0);
    await report("whatsapp", 0, "delivered");
    await failAt(1);
    await failAt(3);
    expect(sent()).toEqual(["whatsapp failed"]);
    await failAt(24.1);
    expect(sent()).toEqual(["whatsapp failed", "whatsapp failed"]);
  });

  it("is left alone where the biller does not want it, for a settled bill and for one of another currency", async () => {
    const quiet = await noticeWorld({ paymentNotices: ["payment-failed"] });
    await quiet.tell("payment.pending");
    const paid = await noticeWorld();
    await paid.pay({ paymentId: "pay_0009" });
    await paid.tell("payment.failed");
    const foreign = await noticeWorld();
    await foreign.tell("payment.failed", { amount: { value: 5, currency: "USD" } });
    for (const { story } of [quiet, paid, foreign]) expect((await story()).notices).toBeUndefined();
  });

  it("keeps quiet when the money arrives within minutes, and says so in the story", async () => {
    const { tell, sendNext, pay, told, sent } = await noticeWorld();
    await tell("payment.pending");
    await tell("payment.failed", { paymentId: "pay_0002" });
    await pay({ amount: { value: 10_000, currency: "INR" } });
    expect(await sendNext("payment-pending")).toBe("passed");
    expect(await told()).toEqual(["pending 0 whatsapp: not-sent, superseded"]);
    expect(sent()).toEqual([]);
  });

  it("makes up for a notice that a crash kept from being planned", async () => {
    const { tell, notice, ports } = await noticeWorld();
    const { add } = ports.notices;
    ports.notices.add = () => Promise.reject(new Error("away"));
    await expect(tell("payment.failed")).rejects.toThrow("away");
    ports.notices.add = add;
    expect(await tell("payment.failed")).toEqual({ outcome: "unchanged" });
    expect(await notice()).toMatchObject({ kind: "payment-failed", key: noticeKey, amount: 124_900 });
  });
});

describe("a notice on its way", () => {
  it("falls back like a receipt when its carrier reports a failure, and stops when it got through", async () => {
    const { tell, sendNext, report, notice, told, sent, ports } = await noticeWorld();
    await tell("payment.failed");
    await sendNext();
    await report("whatsapp", 0, "failed");
    expect((await notice())?.progress.cursor).toMatchObject({ hop: 1, channel: "sms", at: ports.clock.now() });
    await sendNext();
    await report("sms", 1, "delivered");
    expect(await sendNext()).toBe("passed");
    expect(sent()).toEqual(["whatsapp failed", "sms failed"]);
    expect(await told()).toEqual([
      "failed 0 whatsapp: technical-failure, not-stated",
      "failed 1 sms: delivered",
      "failed 2 email: not-sent, delivered-earlier",
    ]);
    expect(await sendNext()).toBe("passed");
    expect((await notice())?.progress.cursor).toBeUndefined();
  });

  it("goes first over the channel that reached the customer last", async () => {
    const { tell, notice, ports, code } = await noticeWorld();
    await ports.notifications.record({ code, step: "issued", hop: 1 }, { channel: "sms", deliveredAt: noticeStart });
    await tell("payment.failed");
    expect((await notice())?.hops.map(({ channel }) => channel)).toEqual(["sms", "whatsapp", "email"]);
  });

  it("of a bill that was paused meanwhile is not sent", async () => {
    const { tell, sendNext, told, pause, sent } = await noticeWorld();
    await tell("payment.failed");
    await pause(kolkata("2026-12-01 00:00"));
    expect(await sendNext()).toBe("passed");
    expect(await told()).toEqual(["failed 0 whatsapp: not-sent, paused"]);
    expect(sent()).toEqual([]);
  });

  it("is not sent where the money comes while it waits for its slot", async () => {
    const { tell, sendNext, told, pay, ports, sent } = await noticeWorld();
    await tell("payment.failed");
    const { reserve } = ports.pace;
    ports.pace.reserve = async (asked) => {
      ports.pace.reserve = reserve;
      await pay({ paymentId: "pay_0009" });
      return await reserve(asked);
    };
    expect(await sendNext()).toBe("passed");
    expect(await told()).toEqual(["failed 0 whatsapp: not-sent, paid"]);
    expect(sent()).toEqual([]);
  });

  it("goes to no address that was suppressed", async () => {
    const { tell, sendNext, told, ports, story } = await noticeWorld();
    const { bill } = await story();
    const address = bill?.customer.addresses.whatsapp;
    if (!bill || !address) throw new Error("there is no address");
    const hash = await ports.suppressions.hashOf(bill.biller, "whatsapp", address);
    await ports.suppressions.put(hash, { channel: "whatsapp", reason: "stop-reply", at: noticeStart });
    await tell("payment.failed");
    await sendNext();
    expect(await told()).toEqual(["failed 0 whatsapp: not-sent, suppressed"]);
  });

  it("waits for the send window, and is not counted by the customer's cap", async () => {
    const { tell, sendNext, notice, sent } = await noticeWorld({
      window: { start: "14:00", end: "18:00" },
      caps: { perDay: 1 },
    });
    await tell("payment.failed");
    await tell("payment.failed", { paymentId: "pay_0002", paidAt: new Date(noticeStart - minuteMs).toISOString() });
    expect(await sendNext()).toBe("deferred");
    expect((await notice())?.progress.cursor?.at).toBe(kolkata("2026-11-20 14:00"));
    expect(await sendNext()).toBe("accepted");
    expect(sent()).toEqual(["whatsapp failed"]);
  });

  it("whose sender died after its claim ends as unknown, and the report that comes later settles it", async () => {
    const { tell, sendNext, report, told, notice, carriers } = await noticeWorld();
    await tell("payment.failed");
    carriers.whatsapp.answerWith({ outcome: "unknown", reason: "timed-out" });
    expect(await sendNext()).toBe("unknown");
    await report("whatsapp", 0, "delivered");
    expect(await told()).toEqual(["failed 0 whatsapp: delivered"]);
    expect((await notice())?.progress.claim).toMatchObject({ step: "failed", hop: 0 });
  });

  it("that is reported before its record is there is believed by its claim, and a stranger's is not", async () => {
    const { tell, report, ports, notice } = await noticeWorld();
    await tell("payment.failed");
    expect(await report("whatsapp", 0, "delivered")).toMatchObject({ outcome: "foreign" });
    const stored = await notice();
    if (!stored) throw new Error("there is no notice");
    const claim = { step: "failed", hop: 0, channel: "whatsapp", at: noticeStart, nonce: "n" } as const;
    await ports.notices.save({ ...stored, progress: { ...stored.progress, claim }, version: 2 }, 1);
    expect(await report("whatsapp", 0, "delivered")).toMatchObject({ outcome: "recorded", status: "delivered" });
  });

  it("is swept like everything that is due, and picked up again when its message was lost", async () => {
    const { tell, sweep, ports, code } = await noticeWorld();
    await tell("payment.failed");
    ports.clock.advance(4 * minuteMs);
    await sweep();
    expect(ports.dueQueues.take()).toMatchObject([{ pk: `BILL#${code}`, sk: `NOTICE#payment-failed#${noticeKey}` }]);
    ports.clock.advance(60 * minuteMs);
    await sweep();
    const redated = await redateStuck(ports, { lane: "0" as never, deadline: ports.clock.now() + 30_000 });
    expect(redated).toEqual({ redated: 1, ended: 0, failed: 0 });
  });
});
