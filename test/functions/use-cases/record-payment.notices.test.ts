import { describe, expect, it } from "vitest";
import type { Channel } from "../../../functions/domain/ids.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { NoticeKind } from "../../../functions/domain/notice-kind.ts";
import { noticeStep } from "../../../functions/domain/payment-notice.ts";
import { type RecordPayment, recordPayment } from "../../../functions/use-cases/record-payment.ts";
import { redateStuck } from "../../../functions/use-cases/redate-stuck.ts";
import { aPaymentFact, billWorld, dueMoment, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import type { MemoryOptions } from "../../support/memory-ports.ts";

const key = "standard:pay_0001";
const start = kolkata("2026-11-20 12:00");
const both: readonly NoticeKind[] = ["payment-failed", "payment-pending"];
type Overrides = NonNullable<Parameters<typeof aBiller>[0]>;

/** A biller that wants these notices, and a bill of it whose payment is told of at noon. */
async function world({ paymentNotices = [...both], ...settings }: Overrides = {}, control: MemoryOptions = {}) {
  const biller = aBiller({
    cadence: [{ step: "overdue", relativeTo: "dueDate", days: 30, at: "11:00" }],
    paymentNotices,
    ...settings,
  });
  const made = await billWorld({ start, biller, ...control });
  await made.register();
  const tell = (type: RecordPayment["type"], fact: Parameters<typeof aPaymentFact>[0] = {}) =>
    recordPayment(made.ports, {
      type,
      payment: aPaymentFact({ paidAt: new Date(start).toISOString(), ...fact }),
    });
  const notice = async (kind: NoticeKind = "payment-failed") =>
    (await made.story()).notices?.find((one) => one.kind === kind);
  /** Goes to the notice's next stop and works it off. */
  const sendNext = async (kind: NoticeKind = "payment-failed") => {
    const due = (await notice(kind))?.progress.cursor?.due;
    if (due === undefined) throw new Error("there is no cursor");
    made.ports.clock.set(Math.max(made.ports.clock.now(), dueMoment(due) + minuteMs));
    return (await made.send({ pk: `BILL#${made.code}`, sk: `NOTICE#${kind}#${key}`, due })).outcome;
  };
  const report = (channel: Channel, hop: number, status: "delivered" | "failed", kind: NoticeKind = "payment-failed") =>
    made.report({ step: noticeStep({ kind, key }), channel, hop, status });
  return { ...made, tell, notice, sendNext, report };
}

describe("a payment that failed, or is pending, where the biller wants its customers told", () => {
  it.each([
    ["payment.failed", "payment-failed", "failed"],
    ["payment.pending", "payment-pending", "pending"],
  ] as const)("by %s has a message %s, in its own words with the amount and the link", async (type, kind, step) => {
    const { tell, sendNext, calls, told } = await world();
    await tell(type, { amount: { value: 50_000, currency: "INR" } });
    expect(await sendNext(kind)).toBe("accepted");
    expect(calls.map(({ message, key: named }) => [message, named.step])).toEqual([[kind, noticeStep({ kind, key })]]);
    const [{ wording } = {}] = calls;
    expect(wording).toMatchObject({
      channel: "whatsapp",
      name: `bill_payment_${step}_v1`,
      parameters: ["Example Power", "Electricity, November 2026", "₹500.00"],
    });
    expect(await told()).toEqual([`${step} 0 whatsapp: accepted`]);
  });

  it("is told once for each payment and kind, however often it is told to us", async () => {
    const { tell, sendNext, notice, sent, story } = await world();
    await tell("payment.failed");
    await sendNext();
    const before = await notice();
    await tell("payment.failed");
    await tell("payment.failed", { paidAt: new Date(start + minuteMs).toISOString() });
    expect(await notice()).toEqual(before);
    expect(sent()).toEqual(["whatsapp failed"]);
    await tell("payment.failed", { paymentId: "pay_0002" });
    expect((await story()).notices).toHaveLength(2);
  });

  it("is left alone where the biller does not want it, for a settled bill and for one of another currency", async () => {
    const quiet = await world({ paymentNotices: ["payment-failed"] });
    await quiet.tell("payment.pending");
    const paid = await world();
    await paid.pay({ paymentId: "pay_0009" });
    await paid.tell("payment.failed");
    const foreign = await world();
    await foreign.tell("payment.failed", { amount: { value: 5, currency: "USD" } });
    for (const { story } of [quiet, paid, foreign]) expect((await story()).notices).toBeUndefined();
  });

  it("keeps quiet when the money arrives within minutes, and says so in the story", async () => {
    const { tell, sendNext, pay, told, sent } = await world();
    await tell("payment.pending");
    await tell("payment.failed", { paymentId: "pay_0002" });
    await pay({ amount: { value: 10_000, currency: "INR" } });
    expect(await sendNext("payment-pending")).toBe("passed");
    expect(await told()).toEqual(["pending 0 whatsapp: not-sent, superseded"]);
    expect(sent()).toEqual([]);
  });

  it("makes up for a notice that a crash kept from being planned", async () => {
    const { tell, notice, ports } = await world();
    const { add } = ports.notices;
    ports.notices.add = () => Promise.reject(new Error("away"));
    await expect(tell("payment.failed")).rejects.toThrow("away");
    ports.notices.add = add;
    expect(await tell("payment.failed")).toEqual({ outcome: "unchanged" });
    expect(await notice()).toMatchObject({ kind: "payment-failed", key, amount: 124_900 });
  });
});

describe("a notice on its way", () => {
  it("falls back like a receipt when its carrier reports a failure, and stops when it got through", async () => {
    const { tell, sendNext, report, notice, told, sent, ports } = await world();
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
    const { tell, notice, ports, code } = await world();
    await ports.notifications.record({ code, step: "issued", hop: 1 }, { channel: "sms", deliveredAt: start });
    await tell("payment.failed");
    expect((await notice())?.hops.map(({ channel }) => channel)).toEqual(["sms", "whatsapp", "email"]);
  });

  it("goes to no address that was suppressed", async () => {
    const { tell, sendNext, told, ports, story } = await world();
    const { bill } = await story();
    const address = bill?.customer.addresses.whatsapp;
    if (!bill || !address) throw new Error("there is no address");
    const hash = await ports.suppressions.hashOf(bill.biller, "whatsapp", address);
    await ports.suppressions.put(hash, { channel: "whatsapp", reason: "stop-reply", at: start });
    await tell("payment.failed");
    await sendNext();
    expect(await told()).toEqual(["failed 0 whatsapp: not-sent, suppressed"]);
  });

  it("waits for the send window, and is not counted by the customer's cap", async () => {
    const { tell, sendNext, notice, sent } = await world({
      window: { start: "14:00", end: "18:00" },
      caps: { perDay: 1 },
    });
    await tell("payment.failed");
    await tell("payment.failed", { paymentId: "pay_0002" });
    expect(await sendNext()).toBe("deferred");
    expect((await notice())?.progress.cursor?.at).toBe(kolkata("2026-11-20 14:00"));
    expect(await sendNext()).toBe("accepted");
    expect(sent()).toEqual(["whatsapp failed"]);
  });

  it("whose sender died after its claim ends as unknown, and the report that comes later settles it", async () => {
    const { tell, sendNext, report, told, notice, carriers } = await world();
    await tell("payment.failed");
    carriers.whatsapp.answerWith({ outcome: "unknown", reason: "timed-out" });
    expect(await sendNext()).toBe("unknown");
    await report("whatsapp", 0, "delivered");
    expect(await told()).toEqual(["failed 0 whatsapp: delivered"]);
    expect((await notice())?.progress.claim).toMatchObject({ step: "failed", hop: 0 });
  });

  it("that is reported before its record is there is believed by its claim, and a stranger's is not", async () => {
    const { tell, report, ports, notice } = await world();
    await tell("payment.failed");
    expect(await report("whatsapp", 0, "delivered")).toMatchObject({ outcome: "foreign" });
    const stored = await notice();
    if (!stored) throw new Error("there is no notice");
    const claim = { step: "failed", hop: 0, channel: "whatsapp", at: start, nonce: "n" } as const;
    await ports.notices.save({ ...stored, progress: { ...stored.progress, claim }, version: 2 }, 1);
    expect(await report("whatsapp", 0, "delivered")).toMatchObject({ outcome: "recorded", status: "delivered" });
  });

  it("is swept like everything that is due, and picked up again when its message was lost", async () => {
    const { tell, sweep, ports, code } = await world();
    await tell("payment.failed");
    ports.clock.advance(4 * minuteMs);
    await sweep();
    expect(ports.dueQueues.take()).toMatchObject([{ pk: `BILL#${code}`, sk: `NOTICE#payment-failed#${key}` }]);
    ports.clock.advance(60 * minuteMs);
    await sweep();
    const redated = await redateStuck(ports, { lane: "0" as never, deadline: ports.clock.now() + 30_000 });
    expect(redated).toEqual({ redated: 1, ended: 0, failed: 0 });
  });
});
