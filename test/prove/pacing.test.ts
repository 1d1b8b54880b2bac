import { describe, expect, it } from "vitest";
import { missedPacing, simulateRate, simulateTwo } from "./pacing.ts";

describe("ten thousand bills due in one minute", () => {
  it.each([1, 20, 80])("use nearly all of a rate of %d a second and never more", async (perSecond) => {
    const row = await simulateRate(10_000, perSecond);
    expect(missedPacing([row])).toEqual([]);
    expect(row.utilization).toBeGreaterThanOrEqual(0.97);
    expect(row.lostSlots).toBe(0);
  });

  it("never pass a rate of a thousand a second, though they are over before all Lambdas run", async () => {
    const row = await simulateRate(10_000, 1_000);
    expect(row.breaches).toBe(0);
    expect(row.indexWritesPerSecond).toBeLessThanOrEqual(1_000);
    expect(row.latenessP99).toBeLessThan(90);
  });

  it("are dated anew about once each where they take hours", async () => {
    const row = await simulateRate(10_000, 1);
    expect(row.redatesPerBill).toBeLessThan(1.05);
    expect(row.paceWritesPerBill).toBeLessThan(1);
  });

  it("cost a tenth of a write each for their slots where they take minutes", async () => {
    expect((await simulateRate(10_000, 80)).paceWritesPerBill).toBeLessThan(0.12);
  });

  it.each([
    [false, "a line of its own", 100],
    [true, "the same line", 360],
  ])("do not starve a small biller beside them (%s: %s)", async (shared, _where, seconds) => {
    const [, small] = await simulateTwo(10_000, 80, shared);
    expect(small?.latenessP99).toBeLessThan(seconds);
    expect(small?.breaches).toBe(0);
  });

  it("come out the same in every run", async () => {
    expect(await simulateRate(3_000, 20)).toEqual(await simulateRate(3_000, 20));
  });
});
