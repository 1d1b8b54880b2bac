import { describe, expect, it } from "vitest";
import { tryForgeries } from "../../support/forged-webhooks.ts";

describe("forged webhooks", () => {
  it("are refused, all five thousand of them, and the genuine ones they were made from are taken", async () => {
    const { tried, genuine, accepted, refusedGenuine } = await tryForgeries(5_000, 20_261_122);
    expect(accepted).toEqual([]);
    expect(refusedGenuine).toEqual([]);
    expect(genuine).toBeGreaterThanOrEqual(250);
    expect(Object.values(tried).reduce((sum, count) => sum + count, 0)).toBe(5_000);
    expect(Object.keys(tried)).toHaveLength(46);
  });
});
