import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Biller } from "../../../functions/domain/biller.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import {
  claimLeadMs,
  isInTime,
  isKept,
  latenessMs,
  lineOf,
  microsOf,
  momentOf,
  openForMs,
  redateFor,
  slower,
  slownessAt,
  spacing,
  sweepPace,
  untilSlot,
} from "../../../functions/domain/pace.ts";
import { cursorAt } from "../../../functions/domain/progress.ts";
import { aBiller } from "../../support/builders.ts";

const now = Date.parse("2026-11-22T05:00:00Z");
const moments = fc.integer({ min: now, max: now + 10 * 365 * 86_400_000 });
const rates = fc.double({ min: 0.1, max: 3_000, noNaN: true });

describe("the line a message waits in", () => {
  it("is the account's for e-mail and for SNS, at the stage's rates", () => {
    const biller = aBiller();
    expect(lineOf(biller, "email", { sesMessagesPerSecond: 50 })).toEqual({ line: "ses", perSecond: 50 });
    expect(lineOf(biller, "sms", { snsPartsPerSecond: 5 })).toEqual({ line: "sns", perSecond: 5 });
    expect(lineOf(biller, "email", {})).toEqual({ line: "ses", perSecond: 14 });
    expect(lineOf(biller, "sms", {})).toEqual({ line: "sns", perSecond: 20 });
  });

  it("is that of the identity for SMS by End User Messaging", () => {
    const sms = { provider: "end-user-messaging", originationIdentity: "EXPOWR" } as const;
    expect(lineOf(aBiller({ sms }), "sms", {})).toEqual({ line: "sms-voice#EXPOWR", perSecond: 10 });
    expect(lineOf(aBiller({ sms: { ...sms, partsPerSecond: 0.5 } }), "sms", {}).perSecond).toBe(0.5);
  });

  it("is that of the number for WhatsApp, however the number is named", () => {
    const phone = (phoneNumberId: string) =>
      aBiller({ whatsapp: { provider: "end-user-messaging", phoneNumberId, messagesPerSecond: 1_000 } });
    const id = "phone-number-id-0123456789abcdef0123456789abcdef";
    const arn = `arn:aws:social-messaging:ap-south-1:111122223333:phone-number-id/${id.slice(16)}`;
    expect(lineOf(phone(arn), "whatsapp", {})).toEqual({ line: `whatsapp#${id}`, perSecond: 1_000 });
    expect(lineOf(phone(id), "whatsapp", {})).toEqual(lineOf(phone(arn), "whatsapp", {}));
    const cloud = aBiller({ whatsapp: { provider: "cloud-api", phoneNumberId: "100000000000001" } });
    expect(lineOf(cloud, "whatsapp", {})).toEqual({ line: "whatsapp#100000000000001", perSecond: 80 });
  });

  it("is there for a biller that has lost its settings", () => {
    const bare: Pick<Biller, "sms" | "whatsapp"> = {};
    expect(lineOf(bare, "whatsapp", {}).line).toBe("whatsapp#none");
    expect(lineOf(bare, "sms", {}).line).toBe("sns");
  });
});

describe("slots", () => {
  it("of a second's worth of units take a second and the lateness that calls may have", () => {
    fc.assert(
      fc.property(rates, (perSecond) => {
        const second = spacing(perSecond, 0) * perSecond;
        expect(second).toBeGreaterThanOrEqual(microsOf(1_000 + latenessMs) - 1e-3);
        expect(spacing(perSecond, 0)).toBeLessThanOrEqual((1_020_000 / perSecond) * 1.001 + 1);
      }),
    );
  });

  it("stand twice as far apart with each step of slowness", () => {
    expect([0, 1, 2, 3, 4].map((slowness) => spacing(20, slowness))).toEqual([
      51_000, 102_000, 204_000, 408_000, 816_000,
    ]);
  });

  it("are told in milliseconds, never too early", () => {
    expect([microsOf(5), momentOf(5_000), momentOf(5_001)]).toEqual([5_000, 5, 6]);
  });

  it("are of use while the claim still fits before them", () => {
    const slot = now + claimLeadMs;
    expect([0, latenessMs, latenessMs + 1].map((late) => isInTime(slot, now + late))).toEqual([true, true, false]);
  });
});

describe("until a slot", () => {
  it.each([
    [0, { do: "wait" }],
    [2_499, { do: "wait" }],
    [2_500, { do: "delay", seconds: 1 }],
    [60_000, { do: "delay", seconds: 58 }],
    [14 * minuteMs, { do: "delay", seconds: 838 }],
    [60 * minuteMs, { do: "delay", seconds: 900 }],
  ])("that is %d ms away", (ms, expected) => {
    expect(untilSlot(now + ms, now)).toEqual(expected);
  });

  it("a delayed message is back in time, and waits three seconds at most", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 900_000 }), (at, ahead) => {
        const way = untilSlot(at + ahead, at);
        const left = ahead - (way.do === "delay" ? way.seconds * 1_000 : 0);
        expect(left).toBeLessThan(3_000);
        if (way.do === "delay") expect(left).toBeGreaterThanOrEqual(1_500);
      }),
    );
  });
});

describe("a bill that is dated anew", () => {
  it("is swept a quarter of a minute before its turn, and never much earlier", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 3 * minuteMs, max: 30 * 86_400_000 }), (at, ahead) => {
        const turn = at + ahead;
        const date = redateFor(turn, at);
        expect(date).toBeGreaterThan(at);
        const stop = { step: "issued", hop: 0, channel: "sms", at: date } as const;
        const due = cursorAt(stop, aBiller().id, at).due.slice(0, 16);
        const sweptAt = Date.parse(`${due}Z`) + minuteMs;
        expect(turn - sweptAt).toBeGreaterThanOrEqual(15_000);
        expect(turn - sweptAt).toBeLessThan(75_000);
      }),
    );
  });
});

describe("a provider in trouble", () => {
  it("is left alone for longer each time, a quarter of an hour at most", () => {
    expect([0, 1, 2, 3, 4, 5, 60].map((n) => openForMs(n) / 1_000)).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it("gets half as much with each complaint, a sixteenth at least, and twice as much after each half minute", () => {
    expect([0, 1, 2, 3, 4].map(slower)).toEqual([1, 2, 3, 4, 4]);
    expect([-5_000, 0, 29_999, 30_000, 89_999, 90_000, 900_000].map((ms) => slownessAt(3, now, now + ms))).toEqual([
      3, 3, 3, 2, 1, 0, 0,
    ]);
  });

  it.each([1, 2, 3, 4])(
    "is given a half, a fourth, an eighth … of the slots of before, for messages of %i parts",
    (parts) => {
      const slots = Array.from({ length: 1_600 }, (_, n) => Math.ceil(now + n * parts * 51));
      const kept = (slowness: number): number => slots.filter((slot) => isKept(slot, 20, slowness)).length / 1_600;
      for (const slowness of [0, 1, 2, 3, 4]) expect(kept(slowness)).toBeCloseTo(2 ** -slowness, 1.5);
    },
  );
});

describe("a lane", () => {
  it("hands out little until the fifteenth second, and then all it can", () => {
    expect(sweepPace(now)).toEqual({ bills: 100, ms: 400 });
    expect(sweepPace(now + 14_999)).toEqual({ bills: 100, ms: 400 });
    expect(sweepPace(now + 15_000)).toEqual({ bills: 500, ms: 0 });
    expect(sweepPace(now + minuteMs)).toEqual({ bills: 100, ms: 400 });
  });
});
