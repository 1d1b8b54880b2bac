import type { Biller } from "./biller.ts";
import type { Channel } from "./ids.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import { whatsAppSenderOf } from "./whatsapp-number.ts";

/** The rates that belong to the account and not to a biller, as the stage sets them. */
export type StageRates = { readonly snsPartsPerSecond?: number; readonly sesMessagesPerSecond?: number };

/** Senders that share one rate: the name of the line, and its units a second (messages; SMS: parts). */
export type Line = { readonly line: string; readonly perSecond: number };

/** What AWS and Meta grant unless told otherwise: SNS and SES as usual first grants, an SMS identity, a WhatsApp number (Meta, "Throughput"). */
const usualRates = { sns: 20, ses: 14, smsIdentity: 10, whatsapp: 80 } as const;

/** The line a biller's messages of a channel wait in: the account's for SNS and SES, else that of the biller's own sender. */
export function lineOf(biller: Pick<Biller, "sms" | "whatsapp">, channel: Channel, rates: StageRates): Line {
  const { sms, whatsapp } = biller;
  if (channel === "email") return { line: "ses", perSecond: rates.sesMessagesPerSecond ?? usualRates.ses };
  if (channel === "whatsapp") {
    const sender = whatsapp ? whatsAppSenderOf(whatsapp) : "none";
    return { line: `whatsapp#${sender}`, perSecond: whatsapp?.messagesPerSecond ?? usualRates.whatsapp };
  }
  switch (sms?.provider) {
    case "end-user-messaging":
      return {
        line: `sms-voice#${identityOf(sms.originationIdentity)}`,
        perSecond: sms.partsPerSecond ?? usualRates.smsIdentity,
      };
    case "sns":
    case undefined:
      return { line: "sns", perSecond: rates.snsPartsPerSecond ?? usualRates.sns };
  }
}

/** An SMS identity, whether it is named by its id or its ARN (`…:phone-number/<id>`, `…:sender-id/<id>/<country>`): one line either way. */
const identityOf = (named: string): string => (named.startsWith("arn:") ? (named.split("/")[1] ?? named) : named);

/** Millionths of a second since 1970: what slots are counted in, so that no rate up to a million a second is rounded to nothing. */
export type Micros = number;

export const microsOf = (at: Moment): Micros => at * 1_000;

/** The first whole millisecond at or after. */
export const momentOf = (micros: Micros): Moment => Math.ceil(micros / 1_000);

/**
 * Slots stand this much farther apart than the rate asks for: a second's worth of calls spans 1,020 ms, so that calls up to 20 ms late
 * still never put more than the rate into any one second.
 */
const slack = 1.02;

/** How late a call may be after its slot. */
export const latenessMs = 20;

/** A claim is made this long before its slot, so that the call goes out at the slot and not one table write after it. */
export const claimLeadMs = 60;

/** A slot is given no nearer than this: it takes a write to reserve it and another to claim the hop. */
export const nearestMs = 100;

/** The first slot of a line that stood still: so far ahead that those who reserve at the same time can follow it. */
export const startMs = 240;

/** Whether there is time left to claim a hop and to call at the slot. */
export const isInTime = (slot: Moment, now: Moment): boolean => now <= slot - claimLeadMs + latenessMs;

/** How far apart two units of a line stand; doubled by each step of slowness. */
export const spacing = (perSecond: number, slowness: number): Micros =>
  Math.ceil((1_000_000 * slack * 2 ** slowness) / perSecond);

/** How far ahead slots are given to anybody: long enough for a bill that is dated anew to come back before its turn. */
export const horizonMs = 3 * minuteMs;

/** How far ahead a slot may lie at all: SQS delays a message by a quarter of an hour at most. */
export const farthestMs = 14 * minuteMs;

/** How much of a line a biller may have waiting behind the horizon before its bills are dated anew. */
export const allowanceMs = minuteMs;

/** How early a delayed message is wanted back: what SQS and the Lambda need to hand it out and to prepare it. */
const arrivalMs = 1_500;

/** What to do until a slot: wait here, or put the message back for so many whole seconds. */
export function untilSlot(
  slot: Moment,
  now: Moment,
): { readonly do: "wait" } | { readonly do: "delay"; readonly seconds: number } {
  const seconds = Math.floor((slot - now - arrivalMs) / 1_000);
  return seconds < 1 ? { do: "wait" } : { do: "delay", seconds: Math.min(seconds, 900) };
}

/**
 * The minute to date a bill anew to, so that it is back when its turn comes: what is due in a minute is swept after it, and then needs
 * some seconds to be prepared.
 */
export function redateFor(turn: Moment, now: Moment): Moment {
  const wanted = Math.floor((turn - 75_000) / minuteMs) * minuteMs;
  return Math.max(wanted, now + 1_000);
}

/** A provider that fails this often in a row is taken to be down. */
export const failuresToOpen = 5;

/** Failures farther apart than this are not in a row. */
export const failureMemoryMs = minuteMs;

/** How long a circuit stays open: half a minute, and twice as long after each probe that failed, a quarter of an hour at most. */
export const openForMs = (failedProbes: number): number => Math.min(30_000 * 2 ** failedProbes, 15 * minuteMs);

/** How long one sender has for its probe before another may try. */
export const probeMs = minuteMs;

/** How long nothing new is sent after a provider said to slow down. */
export const throttlePauseMs = 1_000;

const mostSlowness = 4;
const slownessStepMs = 30_000;

/** How often a rate is halved: a step less for each half minute without a complaint. */
export const slownessAt = (slowness: number, since: Moment, now: Moment): number =>
  Math.max(0, slowness - Math.max(0, Math.floor((now - since) / slownessStepMs)));

/** One step slower. */
export const slower = (slowness: number): number => Math.min(slowness + 1, mostSlowness);

/** The golden ratio: its multiples spread evenly, whatever the step between them. */
const evenly = 0.618_033_988_749_895;

/**
 * Of the slots given before a slow-down a half, a fourth … is kept, spread over all of them, so that messages of two parts, which take
 * every second slot, are neither all kept nor all put off.
 */
export function isKept(slot: Moment, perSecond: number, slowness: number): boolean {
  const place = Math.floor(microsOf(slot) / spacing(perSecond, 0)) * evenly;
  return place - Math.floor(place) < 2 ** -slowness;
}

/**
 * How many bills a lane hands out at once, and how long that is to take. The lanes of a minute begin within some seconds of one another:
 * until all have begun, none hands out more than its own partition of the due index takes, a thousand writes a second, since what is
 * sent next would all be of one lane.
 */
export const sweepPace = (at: Moment): { readonly bills: number; readonly ms: number } =>
  at % minuteMs < 15_000 ? { bills: 100, ms: 400 } : { bills: 500, ms: 0 };
