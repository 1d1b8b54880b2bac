import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelOf, markedNotification, markOf, readMark } from "../../../functions/domain/attribution.ts";
import { channels } from "../../../functions/domain/ids.ts";
import type { Notification } from "../../../functions/domain/notification.ts";
import { aBill } from "../../support/builders.ts";

const { code } = aBill();
const sent = (step: string, hop: number, facts: Partial<Notification> = {}): Notification => ({
  code,
  step,
  hop,
  channel: "sms",
  acceptedAt: 1,
  ...facts,
});

/** Two steps whose marks are the same. */
function twins(): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let n = 0; ; n++) {
    const step = `step-${n}`;
    const mark = markOf("sms", step, 0);
    const twin = seen.get(mark);
    if (twin !== undefined) return [twin, step];
    seen.set(mark, step);
  }
}

describe("the mark of a link", () => {
  it("is three characters that name the channel and are the same for the same message, whatever its name", () => {
    fc.assert(
      fc.property(fc.constantFrom(...channels), fc.string(), fc.nat({ max: 99 }), (channel, step, hop) => {
        const mark = markOf(channel, step, hop);
        expect(mark).toMatch(/^[swe][1-9A-HJ-NP-Za-km-z]{2}$/);
        expect(channelOf(mark)).toBe(channel);
        expect(readMark({ [mark]: "" })).toBe(mark);
        expect(markOf(channel, step, hop)).toBe(mark);
      }),
    );
  });

  it("tells the hops of the usual steps apart", () => {
    const steps = ["issued", "due-soon", "due-today", "overdue", "overdue-2", "remind.2026-11-20"];
    const marks = steps.flatMap((step) => [0, 1, 2].map((hop) => markOf("sms", step, hop)));
    expect(new Set(marks).size).toBe(marks.length);
  });

  it.each(["", "s", "s7", "s7Qx", "x7Q", "s0Q", "S7Q", "s7l", "app", "s7Q "])("is not %j", (text) => {
    expect(channelOf(text)).toBeUndefined();
    expect(readMark({ [text]: "1" })).toBeUndefined();
  });

  it("is found among other parameters, and the first of two", () => {
    expect(readMark({ utm_source: "x", app: "phonepe", w7Q: "", s7Q: "" })).toBe("w7Q");
    expect(readMark({})).toBeUndefined();
  });
});

describe("the notification of a mark", () => {
  it("is the one whose channel, step and hop it was made of", () => {
    const issued = sent("issued", 0);
    const second = sent("issued", 1, { channel: "email" });
    expect(markedNotification(markOf("email", "issued", 1), [issued, second])).toBe(second);
    expect(markedNotification(markOf("whatsapp", "issued", 0), [issued, second])).toBeUndefined();
  });

  it("is the newer one of two with the same mark", () => {
    const [one, two] = twins();
    const older = sent(one, 0, { acceptedAt: 10 });
    const newer = sent(two, 0, { acceptedAt: 20 });
    const mark = markOf("sms", one, 0);
    expect(markedNotification(mark, [older, newer])).toBe(newer);
    expect(markedNotification(mark, [newer, older])).toBe(newer);
  });

  it("is one that may have arrived, and none that was not sent", () => {
    const { acceptedAt, ...unsent } = sent("issued", 0);
    const mark = markOf("sms", "issued", 0);
    expect(markedNotification(mark, [{ ...unsent, notSentAt: 5, reason: "no-address" }])).toBeUndefined();
    expect(markedNotification(mark, [{ ...unsent, unknownAt: 5 }])).toMatchObject({ unknownAt: 5 });
  });
});
