import { describe, expect, it } from "vitest";
import type { BillerId, BillId } from "../../../functions/domain/ids.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { getBill } from "../../../functions/use-cases/get-bill.ts";
import { billWorld, kolkata, named } from "../../support/bill-world.ts";

describe("get-bill", () => {
  it("answers a bill with everything that happened to it, oldest first", async () => {
    const { ports, register, sendNext, report, pay } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    await sendNext();
    await sendNext();
    ports.clock.advance(60_000);
    await report({ step: "issued", hop: 1, channel: "sms" });
    await pay({ amount: { value: 100, currency: "INR" } });
    ports.clock.advance(60_000);
    await register({ title: "Electricity, corrected", metadata: { meter: "77812" } });
    ports.clock.advance(60_000);
    await cancelBill(ports, named);
    const { bill, biller, detail, timeline } = await getBill(ports, named);
    expect(bill.title).toBe("Electricity, corrected");
    expect([biller.id, detail]).toEqual([named.biller, { metadata: { meter: "77812" } }]);
    expect(timeline.map(({ kind }) => kind)).toEqual([
      "registered",
      "notification",
      "notification",
      "payment",
      "amended",
      "canceled",
    ]);
    expect(timeline[2]).toMatchObject({ step: "issued", hop: 1, channel: "sms", status: "delivered", language: "bn" });
  });

  it("shows sends, non-sends and receipts with their hops", async () => {
    const { ports, register, sendNext, report, pay } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    await sendNext();
    await report({ step: "issued", hop: 0, channel: "whatsapp", status: "read" });
    await sendNext();
    await pay({ amount: { value: 100, currency: "INR" } });
    await sendNext("pay_0001");
    const { timeline } = await getBill(ports, named);
    const told = timeline.filter(({ kind }) => kind === "notification" || kind === "non-send");
    expect(told).toMatchObject([
      { kind: "notification", step: "issued", hop: 0, channel: "whatsapp", status: "read" },
      { kind: "non-send", step: "issued", hop: 1, channel: "sms", status: "not-sent", reason: "delivered-earlier" },
      { kind: "notification", step: expect.stringMatching(/^receipt\./), hop: 0, channel: "whatsapp" },
    ]);
  });

  it("knows neither a bill that is not there, nor one of which only the cancel came, nor an unknown biller's", async () => {
    const { ports } = await billWorld();
    await expect(getBill(ports, named)).rejects.toMatchObject({ code: "not-found" });
    await cancelBill(ports, named);
    await expect(getBill(ports, named)).rejects.toMatchObject({ code: "not-found" });
    const foreign = { biller: "nobody" as BillerId, billId: "x" as BillId };
    await expect(getBill(ports, foreign)).rejects.toMatchObject({ code: "not-found" });
  });
});
