import type { Channel } from "./ids.ts";
import { base58 } from "./link-code.ts";
import type { Notification } from "./notification.ts";
import { shortHash } from "./short-hash.ts";

/**
 * The mark in a link that tells which message it came with: the letter of the channel and two characters of base58 for step and hop, put
 * behind the link as `?<mark>`.
 */
export type Mark = string;

const letters: Readonly<Record<Channel, string>> = { sms: "s", whatsapp: "w", email: "e" };
const channelsByLetter = new Map(
  Object.entries(letters).map(([channel, letter]) => [letter, channel as Channel] as const),
);

const markShape = /^[swe][1-9A-HJ-NP-Za-km-z]{2}$/;

/** The mark of a notification; two of one bill seldom have the same, and never such of different channels. */
export function markOf(channel: Channel, step: string, hop: number): Mark {
  const hash = Number.parseInt(shortHash(`${step}#${hop}`), 36) % base58.length ** 2;
  return `${letters[channel]}${base58[Math.floor(hash / base58.length)]}${base58[hash % base58.length]}`;
}

/** The first parameter of a link's query that is a mark; undefined where none is. */
export const readMark = (query: Readonly<Record<string, string>>): Mark | undefined =>
  Object.keys(query).find((name) => markShape.test(name));

/** The channel that a mark names; undefined for what is no mark. */
export const channelOf = (mark: string): Channel | undefined =>
  markShape.test(mark) ? channelsByLetter.get(mark.charAt(0)) : undefined;

/** The newest of a bill's notifications whose link carries the mark: one that was sent, or may have been. */
export function markedNotification(mark: Mark, notifications: readonly Notification[]): Notification | undefined {
  const marked = notifications.filter(
    ({ channel, step, hop, notSentAt }) =>
      channel !== undefined && notSentAt === undefined && markOf(channel, step, hop) === mark,
  );
  return marked.reduce<Notification | undefined>(
    (newest, one) => (newest && sentAt(newest) >= sentAt(one) ? newest : one),
    undefined,
  );
}

/** What a notification's facts tell of when it went out. */
const sentAt = ({ acceptedAt, unknownAt, failedAt, deliveredAt, readAt }: Notification): number =>
  acceptedAt ?? unknownAt ?? failedAt ?? deliveredAt ?? readAt ?? 0;
