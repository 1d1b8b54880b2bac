import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { postDelayMs } from "../../../functions/domain/post-schedule.ts";
import { workQueues } from "../../../lib/queues.ts";

const hourMs = 3_600_000;
const eventId = "bill.paid/example-power/EP-1/razorpay:pay_0001";
const { receives } = workQueues["biller-events"];

/** How long an event is tried for: the sum of the waits between its receives. */
const spanMs = (id: string): number =>
  Array.from({ length: receives - 1 }, (_, n) => postDelayMs({ eventId: id, receiveCount: n + 1 })).reduce(
    (sum, wait) => sum + wait,
    0,
  );

describe("the tries of an event that is not taken", () => {
  it("span three to four days, whatever the event", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(spanMs(id) / hourMs).toBeGreaterThan(72);
        expect(spanMs(id) / hourMs).toBeLessThanOrEqual(89.7);
      }),
    );
    expect(Math.round(spanMs(eventId) / hourMs)).toBe(85);
  });

  it("are seconds apart at first and half a day in the end, each wait at least as long as the one before but for its spread", () => {
    const waits = Array.from({ length: 9 }, (_, n) => postDelayMs({ eventId, receiveCount: n + 1 }) / 60_000);
    const longest = [5 / 60, 1, 5, 30, 120, 300, 600, 720, 720];
    for (const [n, wait] of waits.entries()) {
      expect(wait).toBeLessThanOrEqual(longest[n] ?? 0);
      expect(wait).toBeGreaterThanOrEqual((longest[n] ?? 0) * 0.84);
    }
  });

  it("are spread, so that what failed together does not come back together, and the same for the same try", () => {
    const waits = Array.from({ length: 100 }, (_, n) => postDelayMs({ eventId: `event-${n}`, receiveCount: 4 }));
    expect(new Set(waits).size).toBeGreaterThan(80);
    expect(postDelayMs({ eventId, receiveCount: 4 })).toBe(postDelayMs({ eventId, receiveCount: 4 }));
  });

  it("wait for as long as the system asks for, but never less than otherwise nor more than half a day", () => {
    const asking = (retryAfterMs: number) => postDelayMs({ eventId, receiveCount: 1, retryAfterMs });
    expect(asking(600_000)).toBe(600_000);
    expect(asking(1)).toBe(postDelayMs({ eventId, receiveCount: 1 }));
    expect(asking(72 * hourMs)).toBe(12 * hourMs);
  });
});
