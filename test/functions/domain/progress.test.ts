import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimed, goOn, hopsBefore, isClosing, putOff, successOf } from "../../../functions/domain/decision.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Notification } from "../../../functions/domain/notification.ts";
import {
  cursorAt,
  minuteText,
  type Progress,
  parseDue,
  parseSpared,
  type Stop,
  spare,
} from "../../../functions/domain/progress.ts";

const biller = "example-power" as BillerId;
const now = Date.parse("2026-11-15T04:30:20.500Z");
const stop = (overrides: Partial<Stop> = {}): Stop => ({
  step: "issued",
  hop: 0,
  channel: "whatsapp",
  at: now,
  ...overrides,
});
const dueAt = (iso: string): string => cursorAt(stop({ at: Date.parse(iso) }), biller, now).due;

describe("the place in the due index", () => {
  it.each([
    ["in the minute a moment begins", "2026-11-16T04:30:00.000Z", "2026-11-16T04:30"],
    ["in the next for a moment within it", "2026-11-16T04:30:00.001Z", "2026-11-16T04:31"],
    ["in the next minute for what is due now", "2026-11-15T04:30:20.500Z", "2026-11-15T04:31"],
    ["in the next minute for the beginning of this one", "2026-11-15T04:30:00.000Z", "2026-11-15T04:31"],
    ["in the next minute for what was due long ago", "2020-01-01T00:00:00.000Z", "2026-11-15T04:31"],
  ])("is %s", (_case, iso, minute) => {
    expect(dueAt(iso)).toBe(`${minute}#example-power#whatsapp#issued#0`);
  });

  it("is never before its moment, and never in a minute that has begun", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }), (at, seen) => {
        const { due } = cursorAt(stop({ at }), biller, seen);
        const minute = Date.parse(`${parseDue(due).minute}:00Z`);
        expect(minute).toBeGreaterThanOrEqual(at);
        expect(minute).toBeGreaterThan(seen);
        expect(minute).toBeLessThan(Math.max(at, seen + minuteMs) + minuteMs);
        expect(parseDue(due).minute > minuteText(seen)).toBe(true);
      }),
    );
  });

  it("says where its queue is without a look at the item", () => {
    const cursor = cursorAt(stop({ step: "overdue-2", hop: 2, channel: "email" }), biller, now);
    expect(parseDue(cursor.due)).toEqual({
      minute: "2026-11-15T04:31",
      biller,
      channel: "email",
      step: "overdue-2",
      hop: 2,
    });
  });

  it("keeps the stop, and starts counting anew what was re-dated or refused", () => {
    const cursor = cursorAt({ ...stop(), redated: 2, refused: 3 } as Stop, biller, now);
    expect(cursor).toEqual({ ...stop(), due: "2026-11-15T04:31#example-power#whatsapp#issued#0" });
  });
});

describe("a hop that was spared", () => {
  it("is read back as it was written", () => {
    expect(parseSpared(spare(stop({ hop: 1, channel: "sms" }), now))).toEqual({
      step: "issued",
      hop: 1,
      channel: "sms",
      at: now,
    });
  });
});

describe("progress", () => {
  const place = { biller, now };
  const claim = { step: "issued", hop: 0, channel: "whatsapp", at: now, nonce: "n-1" } as const;

  it("goes on to the next stop with what has ended, keeping the newest claim", () => {
    const progress: Progress = { claim, done: [], cursor: cursorAt(stop(), biller, now) };
    const next = stop({ step: "due-soon", at: now + 1 });
    expect(goOn(progress, { next, done: ["issued"] }, place)).toEqual({
      claim,
      done: ["issued"],
      cursor: cursorAt(next, biller, now),
    });
  });

  it("leaves the index where no stop is next", () => {
    expect(
      goOn({ claim, done: [], cursor: cursorAt(stop(), biller, now) }, { next: undefined, done: ["issued"] }, place),
    ).toEqual({
      claim,
      done: ["issued"],
    });
  });

  it("remembers every hop that was spared", () => {
    const once = goOn({ done: [] }, { next: undefined, done: [], spared: "a#1#sms#5" }, place);
    const twice = goOn(once, { next: undefined, done: [], spared: "b#1#sms#6" }, place);
    expect(twice.spared).toEqual(["a#1#sms#5", "b#1#sms#6"]);
    expect(goOn(twice, { next: undefined, done: [] }, place).spared).toEqual(twice.spared);
  });

  it("keeps how often a hop was refused when it is put off, and counts anew for another", () => {
    const cursor = { ...cursorAt(stop(), biller, now), refused: 4, redated: 1 };
    const later = stop({ at: now + 3 * minuteMs });
    expect(putOff({ claim, done: ["a"], cursor }, later, place)).toEqual({
      claim,
      done: ["a"],
      cursor: { ...cursorAt(later, biller, now), refused: 4 },
    });
    for (const other of [stop({ hop: 1 }), stop({ step: "due-soon" })]) {
      expect(putOff({ done: [], cursor }, other, place).cursor).toEqual(cursorAt(other, biller, now));
    }
    expect(putOff({ done: [] }, later, place).cursor).toEqual(cursorAt(later, biller, now));
  });

  it("replaces the claim when the next hop is claimed", () => {
    const next = { ...claim, hop: 1, channel: "sms", nonce: "n-2" } as const;
    expect(claimed({ claim, done: [] }, next, { ...place, onward: { next: undefined, done: ["issued"] } })).toEqual({
      claim: next,
      done: ["issued"],
    });
  });

  it("knows the hops of its step that were before", () => {
    const notification = (step: string, hop: number) => ({ step, hop, acceptedAt: 1 }) as Notification;
    expect(
      hopsBefore([notification("issued", 0), notification("issued", 1), notification("due-soon", 0)], "issued", 1),
    ).toEqual([notification("issued", 0)]);
  });

  it("calls a hop a success when it was delivered, unless the hop says otherwise", () => {
    expect([
      successOf(undefined),
      successOf({ channel: "sms" }),
      successOf({ channel: "sms", success: "read" }),
    ]).toEqual(["delivered", "delivered", "read"]);
  });

  it("closes at a step of that name alone", () => {
    expect([isClosing(stop({ step: "close" })), isClosing(stop())]).toEqual([true, false]);
  });
});
