import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import type { Decision } from "../../../functions/domain/decision.ts";
import { type Moment, minuteMs, toIso } from "../../../functions/domain/local-time.ts";
import type { Notification, NotificationFacts } from "../../../functions/domain/notification.ts";
import { type Claim, cursorAt, type Progress, type Stop } from "../../../functions/domain/progress.ts";
import { decideReminder } from "../../../functions/domain/reminder.ts";
import { aBill, aBiller } from "../../support/builders.ts";

export const kolkata = (text: string): Moment => Date.parse(`${text.replace(" ", "T")}:00+05:30`);
export const told = (at: Moment): string =>
  toIso(at + 330 * minuteMs)
    .slice(0, 16)
    .replace("T", " ");
export const sms = new PhoneNumber("+919830012345");
export const email = new EmailAddress("asha@example.org");
export const biller = aBiller();

/** A stop in words: `issued 0 whatsapp 2026-11-15 10:00`. */
export const inWords = (stop: Stop | undefined): string =>
  stop ? `${stop.step} ${stop.hop} ${stop.channel} ${told(stop.at)}` : "nothing";

export const stopAt = (text: string): Stop => {
  const [step = "", hop = "", channel = "", date = "", time = ""] = text.split(" ");
  return { step, hop: Number(hop), channel: channel as Stop["channel"], at: kolkata(`${date} ${time}`) };
};

export const claimAt = (text: string): Claim => ({ ...stopAt(text), nonce: "n-1" });

/** A bill that stands at a stop, written in words. */
export function standing(
  at: string,
  progress: Partial<Progress> = {},
  overrides: Parameters<typeof aBill>[0] = {},
): Bill {
  const bill = aBill(overrides);
  const stop = stopAt(at);
  return { ...bill, progress: { done: [], cursor: cursorAt(stop, bill.biller, stop.at), ...progress } };
}

export const known = (step: string, hop: number, facts: NotificationFacts): Notification => ({
  code: aBill().code,
  step,
  hop,
  ...facts,
});

export function decided(
  bill: Bill,
  now: string,
  notifications: readonly Notification[] = [],
  settings: Biller = biller,
): Decision {
  const { cursor } = bill.progress;
  if (!cursor) throw new Error("the bill waits for nothing");
  return decideReminder({ bill, biller: settings, cursor, notifications, now: kolkata(now) });
}

/** A decision in words. */
export function outcome(decision: Decision): readonly string[] {
  if (decision.do === "wait") return [`wait for ${inWords(decision.stop)}`];
  if (decision.do === "send")
    return [`send ${decision.message} by ${decision.stop.channel}`, `then ${inWords(decision.onward.next)}`];
  const passed = decision.nonSends.map(
    ({ step, hop, channel, reason }) => `${step} ${hop} ${channel} not sent: ${reason}`,
  );
  const spared = decision.onward.spared ? [`spared ${decision.onward.spared.split("#").slice(0, 3).join(" ")}`] : [];
  return [...passed, ...spared, `then ${inWords(decision.onward.next)}`];
}

export const doneBy = (decision: Decision): readonly string[] => (decision.do === "wait" ? [] : decision.onward.done);
