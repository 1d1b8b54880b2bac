import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { LinkCode } from "../../../functions/domain/link-code.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { DeliveryReport } from "../../../functions/messages.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { billWorld, kolkata, named } from "../../support/bill-world.ts";

const whatsapp = { step: "issued", hop: 0, channel: "whatsapp" } as const;
const sms = { step: "issued", hop: 1, channel: "sms" } as const;
const bounced = { kind: "permanent-failure", reason: "bounced" } as const;

/** A bill announced over WhatsApp, whose SMS waits half an hour. */
async function announced() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  await world.sendNext();
  return world;
}

describe("record-delivery", () => {
  it("records that a message was delivered, and read", async () => {
    const { report, told } = await announced();
    expect(await report(whatsapp)).toEqual({ outcome: "recorded", status: "delivered" });
    expect(await report({ ...whatsapp, status: "read" })).toEqual({ outcome: "recorded", status: "read" });
    expect(await told()).toEqual(["issued 0 whatsapp: read"]);
  });

  it("comes to the same in any order and number of reports", async () => {
    const reports = fc.array(fc.constantFrom("accepted", "delivered", "read", "failed"), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(reports, async (statuses) => {
        const final = async (order: readonly NonNullable<DeliveryReport["status"]>[]) => {
          const { report, story } = await announced();
          for (const status of order) await report({ ...whatsapp, status, at: 5, failure: bounced });
          return (await story()).notifications;
        };
        expect(await final(statuses)).toEqual(await final([...new Set(statuses)].toSorted()));
      }),
      { numRuns: 25 },
    );
  });

  it("keeps a report that comes before our own record of the send", async () => {
    const { register, report, carriers, sendNext, told, story } = await billWorld({
      start: kolkata("2026-11-15 09:30"),
    });
    await register();
    carriers.whatsapp.answerWith(async () => {
      await report({ ...whatsapp, at: 1 });
      return { outcome: "accepted", providerReference: "wamid.1" };
    });
    await sendNext();
    expect(await told()).toEqual(["issued 0 whatsapp: delivered"]);
    expect((await story()).notifications[0]).toMatchObject({
      deliveredAt: 1,
      providerReference: "wamid.1",
      language: "bn",
    });
  });

  it("shows what it was told for a failure that states no kind", async () => {
    const { report, told } = await announced();
    await report({ ...whatsapp, status: "failed" });
    expect(await told()).toEqual(["issued 0 whatsapp: technical-failure, not-stated"]);
  });
});

describe("a failure", () => {
  it("brings the hop behind it forward to the next minute", async () => {
    const { report, sendNext, ports, sent, told } = await announced();
    await report({ ...whatsapp, status: "failed", failure: bounced });
    await sendNext();
    expect(ports.clock.now()).toBeLessThan(kolkata("2026-11-15 10:04"));
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: permanent-failure, bounced", "issued 1 sms: accepted"]);
  });

  it("told twice brings it forward once", async () => {
    const { report, story } = await announced();
    await report({ ...whatsapp, status: "failed" });
    const { bill } = await story();
    await report({ ...whatsapp, status: "failed" });
    expect((await story()).bill).toEqual(bill);
  });

  it("of an earlier hop does not hurry the one that waits behind another", async () => {
    const { report, sendNext, story } = await announced();
    await sendNext();
    const { bill } = await story();
    expect(bill?.progress.cursor).toMatchObject({ step: "issued", hop: 2 });
    await report({ ...whatsapp, status: "failed" });
    expect((await story()).bill).toEqual(bill);
    await report({ ...sms, status: "failed" });
    expect((await story()).bill?.version).toBe((bill?.version ?? 0) + 1);
  });

  it("of the last hop leaves the next step at its time", async () => {
    const { report, sendNext, story } = await announced();
    await sendNext();
    await sendNext();
    const { bill } = await story();
    await report({ step: "issued", hop: 2, channel: "email", status: "failed" });
    expect((await story()).bill).toEqual(bill);
    expect(bill?.progress.cursor).toMatchObject({ step: "due-soon", at: kolkata("2026-11-27 10:00") });
  });

  it("after a delivery that is more certain changes nothing", async () => {
    const { report, story } = await announced();
    await report({ ...whatsapp, status: "read" });
    const { bill } = await story();
    await report({ ...whatsapp, status: "failed", failure: { kind: "temporary-failure", reason: "expired" } });
    expect((await story()).bill).toEqual(bill);
  });

  it("brings nothing forward for a bill that is canceled", async () => {
    const { report, ports, sendNext, sent } = await announced();
    await cancelBill(ports, named);
    await report({ ...whatsapp, status: "failed" });
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued"]);
  });

  it("of a receipt brings the receipt's next hop forward", async () => {
    const { report, pay, sendNext, story, ports, sent } = await announced();
    await pay();
    await sendNext("pay_0001");
    const step = (await story()).notifications.find((known) => known.step !== "issued")?.step ?? "";
    await report({ step, hop: 0, channel: "whatsapp", status: "failed" });
    const waiting = (await story()).payments[0]?.progress.cursor;
    expect(waiting).toMatchObject({ hop: 1, channel: "sms", at: ports.clock.now() });
    await sendNext("pay_0001");
    expect(sent()).toEqual(["whatsapp issued", "whatsapp receipt", "sms receipt"]);
  });

  it("survives others writing the bill at the same moment", async () => {
    const { report, control, register, story } = await announced();
    let times = 0;
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "bills.save" || times++ > 0) return;
      await register({ amountDue: { value: 99_900, currency: "INR" } });
    };
    await report({ ...whatsapp, status: "failed" });
    const { bill } = await story();
    expect(bill).toMatchObject({ amountDue: { value: 99_900 }, progress: { cursor: { hop: 1 } } });
    expect(bill?.progress.cursor?.at).toBeLessThan(kolkata("2026-11-15 10:01") + minuteMs);
  });

  it("comes again when the bill never comes to rest", async () => {
    const { report, ports } = await announced();
    ports.bills.save = async () => false;
    await expect(report({ ...whatsapp, status: "failed" })).rejects.toMatchObject({ code: "provider-error" });
  });
});

describe("a report about somebody else's bill", () => {
  it("touches nothing: neither of another biller, nor of a bill that is not there or only canceled", async () => {
    const { report, told, ports } = await announced();
    const foreign = { outcome: "foreign" };
    expect(await report({ ...whatsapp, biller: "other-power" as BillerId })).toEqual(foreign);
    expect(await report({ ...whatsapp, code: "1111111111111" as LinkCode })).toEqual(foreign);
    expect(await told()).toEqual(["issued 0 whatsapp: accepted"]);
    expect(await report({ ...whatsapp, biller: named.biller })).toEqual({ outcome: "recorded", status: "delivered" });
    const empty = await billWorld();
    await cancelBill(empty.ports, named);
    expect(await empty.report(whatsapp)).toEqual(foreign);
    expect(ports.events.published).toEqual([]);
  });
});
