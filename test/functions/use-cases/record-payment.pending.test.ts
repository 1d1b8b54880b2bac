import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { type RecordPayment, recordPayment } from "../../../functions/use-cases/record-payment.ts";
import { aPaymentFact, billWorld, kolkata } from "../../support/bill-world.ts";

const key = "standard:pay_0001";
const half = { value: 62_400, currency: "INR" };
const at = (minute: number): string => new Date(kolkata("2026-11-15 09:00") + minute * 60_000).toISOString();

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  const tell = (type: RecordPayment["type"], fact: Parameters<typeof aPaymentFact>[0] = {}) =>
    recordPayment(world.ports, { type, payment: aPaymentFact({ amount: half, paidAt: at(0), ...fact }) });
  return { ...world, tell, pending: async () => (await world.story()).bill?.pending };
}

describe("a payment told before it arrives", () => {
  it("is kept on the bill for its page to say, and changes no reminder and no money", async () => {
    const { tell, story, ports } = await registered();
    const before = await story();
    expect(await tell("payment.pending")).toEqual({ outcome: "pending" });
    const { bill, payments } = await story();
    expect(bill?.pending).toEqual({ key, amount: 62_400, at: Date.parse(at(0)) });
    expect([bill?.progress, bill?.payments, payments]).toEqual([before.bill?.progress, {}, []]);
    expect([ports.events.published, ports.payments.unmatched]).toEqual([[], []]);
  });

  it("goes when it arrives, and when it fails", async () => {
    const { tell, pending, story } = await registered();
    await tell("payment.pending");
    await tell("payment.succeeded");
    expect([await pending(), (await story()).bill?.payments[key]?.amount]).toEqual([undefined, 62_400]);
    const other = await registered();
    await other.tell("payment.pending");
    expect(await other.tell("payment.failed")).toEqual({ outcome: "failed" });
    expect(await other.pending()).toBeUndefined();
  });

  it("in any order and number comes to the same: what arrived is never under way, and what failed only later", async () => {
    const told = fc.array(
      fc.record({
        type: fc.constantFrom<RecordPayment["type"]>("payment.pending", "payment.failed", "payment.succeeded"),
        minute: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(told, async (facts) => {
        const { tell, pending } = await registered();
        for (const { type, minute } of facts) await tell(type, { paidAt: at(minute) });
        const newest = (type: string) =>
          Math.max(-1, ...facts.filter((one) => one.type === type).map((one) => one.minute));
        const waits = newest("payment.succeeded") < 0 && newest("payment.pending") > newest("payment.failed");
        expect((await pending())?.at).toBe(waits ? Date.parse(at(newest("payment.pending"))) : undefined);
      }),
      { numRuns: 40 },
    );
  });

  it("is written once, and not at all when it is told again", async () => {
    const { tell, control, story } = await registered();
    let writes = 0;
    control.beforeCall = (port, method) => {
      if (method === "save") writes += port === "bills" ? 1 : 100;
    };
    await tell("payment.pending");
    await tell("payment.failed");
    const before = await story();
    expect(await tell("payment.pending")).toEqual({ outcome: "unchanged" });
    expect(await tell("payment.failed")).toEqual({ outcome: "unchanged" });
    expect([writes, await story()]).toEqual([2, before]);
  });

  it("is kept though the bill is written by another at the same time", async () => {
    const { tell, control, register, pending, story } = await registered();
    control.beforeCall = async (_port, method) => {
      if (method !== "save") return;
      control.beforeCall = undefined;
      await register({ title: "Power, November 2026" });
    };
    await tell("payment.pending");
    expect([(await pending())?.key, (await story()).bill?.title]).toEqual([key, "Power, November 2026"]);
  });

  it("is tried again later when the bill cannot be written", async () => {
    const { tell, control, pending } = await registered();
    control.beforeCall = (_port, method) => {
      if (method === "save") throw providerError("away");
    };
    await expect(tell("payment.pending")).rejects.toMatchObject({ retryable: true });
    control.beforeCall = undefined;
    await tell("payment.pending");
    expect((await pending())?.key).toBe(key);
  });

  it("of no bill, of another biller's or in another currency is kept nowhere", async () => {
    const { tell, story, ports, code } = await registered();
    const before = await story();
    const strange = [
      { billId: "EP-none" },
      { biller: "other-power", code },
      { billId: "EP-2026-11-10023", code: "1111111111111" },
      { amount: { value: 1_500, currency: "USD" } },
    ];
    for (const fact of strange) expect(await tell("payment.pending", fact)).toEqual({ outcome: "unchanged" });
    expect([await story(), ports.payments.unmatched, ports.events.published]).toEqual([before, [], []]);
  });

  it("from a clock that is ahead is as of now, so that what is told later outdoes it", async () => {
    const { tell, pending, ports } = await registered();
    await tell("payment.pending", { paidAt: "2026-12-24T00:00:00Z" });
    expect((await pending())?.at).toBe(kolkata("2026-11-15 09:30"));
    ports.clock.advance(60_000);
    await tell("payment.failed", { paidAt: new Date(ports.clock.now()).toISOString() });
    expect(await pending()).toBeUndefined();
  });
});
