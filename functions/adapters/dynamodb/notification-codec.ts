import type { Notification, NotificationFacts } from "../../domain/notification.ts";
import { type Key, notificationKeyIn } from "./keys.ts";

/** The attribute that keeps each fact. */
const attributes = {
  channel: "c",
  message: "m",
  language: "l",
  template: "t",
  segments: "s",
  providerReference: "p",
  acceptedAt: "a",
  deliveredAt: "d",
  readAt: "r",
  failedAt: "f",
  failure: "fk",
  unknownAt: "u",
  notSentAt: "n",
  reason: "nr",
} as const satisfies Record<keyof NotificationFacts, string>;

type Attribute = (typeof attributes)[keyof NotificationFacts];

/** A notification as the table keeps it; code, step and hop are in its key. */
export type NotificationRow = Key & { readonly [A in Attribute]?: unknown };

const entries = Object.entries(attributes) as [keyof NotificationFacts, Attribute][];

/** The facts that are given, each with the attribute that keeps it. */
export const encodeFacts = (facts: NotificationFacts): readonly (readonly [Attribute, unknown])[] =>
  entries.flatMap(([fact, attribute]) => (facts[fact] === undefined ? [] : [[attribute, facts[fact]] as const]));

/** The notification of a row. */
export function decodeNotification(row: NotificationRow): Notification {
  const known = entries.flatMap(([fact, attribute]) => (row[attribute] === undefined ? [] : [[fact, row[attribute]]]));
  return { ...(Object.fromEntries(known) as NotificationFacts), ...notificationKeyIn(row) };
}
