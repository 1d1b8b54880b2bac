import { describe, expect, it } from "vitest";
import { systemTimer } from "../../../../functions/adapters/system/timer.ts";

describe("systemTimer", () => {
  it("is never early", async () => {
    for (let ms = 1; ms <= 8; ms++) {
      const at = Date.now() + ms;
      await systemTimer.until(at);
      expect(Date.now()).toBeGreaterThanOrEqual(at);
    }
  });

  it("does not wait for what has passed", async () => {
    let ended = false;
    const wait = systemTimer.until(Date.now() - 60_000).then(() => {
      ended = true;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(ended).toBe(true);
    await wait;
  });
});
