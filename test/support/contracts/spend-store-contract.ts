import fc from "fast-check";
import { expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { addDays, type LocalDate } from "../../../functions/domain/local-time.ts";
import type { SpendStore } from "../../../functions/ports.ts";
import { aBiller } from "../builders.ts";

const day = "2026-11-16" as LocalDate;
type Take = Parameters<SpendStore["take"]>[0];
const ask = (micros: number, rest: Partial<Take> = {}): Take => ({
  biller: aBiller().id,
  channel: "sms",
  day,
  micros,
  limitMicros: 10_000,
  ...rest,
});
const india = { digits: "+91", limitMicros: 6_000 };

/** Promises about what the billers' messages may cost. */
export function spendStoreContract(open: () => Promise<SpendStore>): void {
  it("lets through what a day may cost, to the last part of it", async () => {
    const spend = await open();
    expect(await spend.take(ask(7_000))).toBe("taken");
    expect(await spend.take(ask(3_001))).toBe("day-spent");
    expect(await spend.take(ask(3_000))).toBe("taken");
    expect(await spend.take(ask(1))).toBe("day-spent");
    expect(await spend.take(ask(1, { day: addDays(day, 1) }))).toBe("taken");
  });

  it("has room again for what is given back", async () => {
    const spend = await open();
    const dear = ask(6_000, { prefix: india });
    await spend.take(dear);
    expect(await spend.take(dear)).toBe("day-spent");
    await spend.giveBack(dear);
    expect(await spend.take(dear)).toBe("taken");
  });

  it("does not count what it refuses", async () => {
    const spend = await open();
    expect(await spend.take(ask(10_001))).toBe("day-spent");
    expect(await spend.take(ask(6_001, { prefix: india }))).toBe("prefix-spent");
    expect(await spend.take(ask(6_000, { prefix: india }))).toBe("taken");
    expect(await spend.take(ask(1_000, { prefix: india }))).toBe("prefix-spent");
    expect(await spend.take(ask(4_000))).toBe("taken");
  });

  it("counts each beginning of a number alone, and all of them together", async () => {
    const spend = await open();
    const dubai = { digits: "+971", limitMicros: 6_000 };
    expect(await spend.take(ask(6_000, { prefix: india }))).toBe("taken");
    expect(await spend.take(ask(4_000, { prefix: dubai }))).toBe("taken");
    expect(await spend.take(ask(1, { prefix: dubai }))).toBe("day-spent");
  });

  it("says that the day is spent where the beginning is, too", async () => {
    const spend = await open();
    await spend.take(ask(6_000, { prefix: india }));
    await spend.take(ask(4_000));
    expect(await spend.take(ask(1, { prefix: india }))).toBe("day-spent");
  });

  it("counts each channel of each biller alone", async () => {
    const spend = await open();
    await spend.take(ask(10_000));
    expect(await spend.take(ask(10_000, { channel: "whatsapp" }))).toBe("taken");
    expect(await spend.take(ask(10_000, { biller: "other-power" as BillerId }))).toBe("taken");
  });

  it("never lets more through than the limits, however many ask at once", async () => {
    const price = fc.record({ micros: fc.integer({ min: 1, max: 4_000 }), isIndian: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(price, { maxLength: 16 }), async (prices) => {
        const spend = await open();
        const takes = prices.map(async ({ micros, isIndian }) => {
          const answer = await spend.take(ask(micros, isIndian ? { prefix: india } : {}));
          return { micros, isIndian, answer };
        });
        const passed = (await Promise.all(takes)).filter(({ answer }) => answer === "taken");
        const sum = (list: typeof passed): number => list.reduce((total, { micros }) => total + micros, 0);
        expect(sum(passed)).toBeLessThanOrEqual(10_000);
        expect(sum(passed.filter(({ isIndian }) => isIndian))).toBeLessThanOrEqual(india.limitMicros);
      }),
      { numRuns: 25 },
    );
  });
}
