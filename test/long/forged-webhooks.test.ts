import { describe, expect, it } from "vitest";
import { tryForgeries } from "../support/forged-webhooks.ts";
import { schemes } from "../support/signed-webhooks.ts";

const count = 120_000;

describe("forged webhooks", () => {
  it("are refused, a hundred and twenty thousand of them, and the genuine ones they were made from are taken", async () => {
    const seed = Number(process.env["PROPERTY_SEED"] ?? Date.now() % 2 ** 31);
    const { tried, genuine, accepted, refusedGenuine } = await tryForgeries(count, seed);
    expect(accepted, `PROPERTY_SEED=${seed}`).toEqual([]);
    expect(refusedGenuine, `PROPERTY_SEED=${seed}`).toEqual([]);
    expect(genuine).toBeGreaterThanOrEqual(count / 20);
    for (const scheme of schemes) {
      const ofScheme = Object.entries(tried).filter(([kind]) => kind.startsWith(`${scheme} `));
      expect(ofScheme.reduce((sum, [, times]) => sum + times, 0)).toBeGreaterThan(count / 10);
    }
  });
});
