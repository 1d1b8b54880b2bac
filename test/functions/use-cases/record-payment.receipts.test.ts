import { describe, expect, it } from "vitest";
import type { BillId } from "../../../functions/domain/ids.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  return world;
}

describe("a receipt", () => {
  it("goes to the channel whose delivery was confirmed last, in the customer's language, at any hour", async () => {
    const { pay, report, sendNext, ports, sent, calls } = await registered();
    await sendNext();
    await sendNext();
    await report({ step: "issued", hop: 0, channel: "whatsapp", at: 1 });
    await report({ step: "issued", hop: 1, channel: "sms", at: 2 });
    ports.clock.set(kolkata("2026-11-20 23:30"));
    await pay();
    await sendNext("pay_0001");
    expect(sent().at(-1)).toBe("sms receipt");
    expect(calls.at(-1)?.wording).toMatchObject({ language: "bn" });
    expect(ports.clock.now()).toBe(kolkata("2026-11-20 23:32"));
  });

  it("falls back like a reminder, and stops when it was delivered", async () => {
    const { pay, report, sendNext, sent, story, told } = await registered();
    await pay();
    await sendNext("pay_0001");
    await sendNext("pay_0001");
    const step = (await story()).notifications[0]?.step ?? "";
    await report({ step, hop: 1, channel: "sms" });
    expect(await sendNext("pay_0001")).toEqual({ outcome: "passed" });
    expect(await sendNext("pay_0001")).toEqual({ outcome: "passed" });
    expect((await story()).payments[0]?.progress.cursor).toBeUndefined();
    expect(sent()).toEqual(["whatsapp receipt", "sms receipt"]);
    expect(await told()).toEqual([
      "receipt 0 whatsapp: accepted",
      "receipt 1 sms: delivered",
      "receipt 2 email: not-sent, delivered-earlier",
    ]);
  });

  it("is sent for each payment of a bill", async () => {
    const { pay, sendNext, calls } = await registered();
    await pay({ amount: rupees(500) });
    await pay({ amount: rupees(749), paymentId: "pay_0002" });
    await sendNext("pay_0001");
    await sendNext("pay_0002");
    expect(new Set(calls.map(({ key }) => key.step)).size).toBe(2);
  });

  it("is not sent for a payment of which the bill is not known", async () => {
    const { pay, ports } = await registered();
    await pay({ billId: "EP-none" as BillId });
    expect(ports.dueQueues.sent).toEqual([]);
  });
});
