import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Bill } from "../../../functions/domain/bill.ts";
import {
  closeStop,
  fallbackAt,
  type PlannedStep,
  planSteps,
  stopAfter,
  waitOf,
} from "../../../functions/domain/cadence.ts";
import { type Moment, minuteMs } from "../../../functions/domain/local-time.ts";
import type { Stop } from "../../../functions/domain/progress.ts";
import { aBill, aBiller, aCustomer } from "../../support/builders.ts";
import { kolkata, told } from "./reminder-words.ts";

const sms = new PhoneNumber("+919830012345");
const email = new EmailAddress("asha@example.org");

describe("the stop after a hop", () => {
  const biller = aBiller();
  const at = kolkata("2026-11-27 10:01");
  const pending = planSteps(aBill(), biller).slice(1);
  const onward = (
    from: Pick<Stop, "step" | "hop" | "channel">,
    overrides: { at?: Moment; waitMs?: number; bill?: Bill; pending?: readonly PlannedStep[] } = {},
  ): string => {
    const { bill = aBill(), ...rest } = overrides;
    const stop = stopAfter(bill, biller, {
      pending,
      from,
      at,
      waitMs: 30 * minuteMs,
      closeAt: at + 10 * minuteMs,
      ...rest,
    });
    return `${stop.step} ${stop.hop} ${stop.channel} ${told(stop.at)}`;
  };
  const whatsapp = { step: "due-soon", hop: 0, channel: "whatsapp" } as const;
  const lastHop = { step: "due-soon", hop: 2, channel: "email" } as const;

  it("is the next hop once the wait is over", () => {
    expect(onward(whatsapp)).toBe("due-soon 1 sms 2026-11-27 10:31");
    expect(onward({ ...whatsapp, hop: 1, channel: "sms" }, { waitMs: 240 * minuteMs })).toBe(
      "due-soon 2 email 2026-11-27 14:01",
    );
  });

  it("is the next hop at once without a wait", () => {
    expect(onward(whatsapp, { waitMs: 0 })).toBe("due-soon 1 sms 2026-11-27 10:01");
  });

  it("passes over a hop without an address", () => {
    const bill = aBill({ customer: aCustomer({ addresses: { whatsapp: sms, email } }) });
    expect(onward(whatsapp, { bill })).toBe("due-soon 2 email 2026-11-27 10:31");
  });

  it("waits for the window with the next hop", () => {
    expect(onward(whatsapp, { at: kolkata("2026-11-27 19:45") })).toBe("due-soon 1 sms 2026-11-28 09:00");
  });

  it("is no later than the step after it, which takes its place", () => {
    expect(onward(whatsapp, { waitMs: 6 * 1_440 * minuteMs })).toBe("due-soon 1 sms 2026-11-30 09:00");
  });

  it("waits in full where no step follows", () => {
    expect(onward(whatsapp, { waitMs: 6 * 1_440 * minuteMs, pending: pending.slice(0, 1) })).toBe(
      "due-soon 1 sms 2026-12-03 10:01",
    );
  });

  it("does not hurry for a step that comes before it", () => {
    const [dueSoon, dueToday] = pending as [PlannedStep, PlannedStep];
    const moved = [
      { ...dueToday, moment: at - 5 * minuteMs },
      { ...dueSoon, moment: at + 60 * minuteMs },
    ];
    expect(onward(whatsapp, { pending: moved })).toBe("due-soon 1 sms 2026-11-27 10:31");
  });

  it("is the next step after the last hop", () => {
    expect(onward(lastHop)).toBe("due-today 0 whatsapp 2026-11-30 09:00");
  });

  it("is the first step left after a step that is no longer planned", () => {
    expect(onward({ ...whatsapp, step: "gone" })).toBe("due-soon 0 whatsapp 2026-11-27 10:00");
  });

  it("is the last look after everything, by the channel that was used last", () => {
    expect(onward(lastHop, { pending: pending.slice(0, 1) })).toBe("close 0 email 2026-11-27 10:11");
    expect(closeStop("sms", at)).toEqual({ step: "close", hop: 0, channel: "sms", at });
  });

  it("waits as long as the hop says", () => {
    const [planned] = pending;
    expect([
      waitOf(planned, 0),
      waitOf(planned, 1),
      waitOf(planned, 2),
      waitOf(planned, 3),
      waitOf(undefined, 0),
    ]).toEqual([30 * minuteMs, 240 * minuteMs, 60 * minuteMs, 0, 0]);
  });

  it("is due when the next step already is", () => {
    const [, next] = pending as [PlannedStep, PlannedStep];
    expect(fallbackAt(aBill(), biller, { at: next.moment + 5, waitMs: 60 * minuteMs, next })).toBe(next.moment + 5);
  });
});
