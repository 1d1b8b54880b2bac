import type { Hop } from "./biller.ts";
import type { BillerId, Channel } from "./ids.ts";
import type { Moment } from "./local-time.ts";
import type { NonSendReason, Notification } from "./notification.ts";
import { type Claim, type Cursor, closing, cursorAt, type Progress, type Stop } from "./progress.ts";

/** A hop that was due and is not sent. */
export type NonSend = {
  readonly step: string;
  readonly hop: number;
  readonly channel: Channel;
  readonly reason: NonSendReason;
};

/** Where an item goes on from a hop, and which steps have ended by then. */
export type Onward = {
  readonly next: Stop | undefined;
  readonly done: readonly string[];
  /** The hop that is passed over because an earlier one got through. */
  readonly spared?: string;
};

/** What is to happen to an item whose stop has come. */
export type Decision =
  /** Try this hop; `onward` is where the claim moves the cursor, `atOnce` where a refusal for good moves it. */
  | {
      readonly do: "send";
      readonly stop: Stop;
      readonly message: string;
      readonly onward: Onward;
      readonly atOnce: Onward;
    }
  /** Record these and pass on; without a next stop the item leaves the index. */
  | { readonly do: "pass"; readonly nonSends: readonly NonSend[]; readonly onward: Onward }
  /** The same stop, later. */
  | { readonly do: "wait"; readonly stop: HeldStop };

/** The decisions that are not to send. */
export type Pass = Extract<Decision, { do: "pass" }>;
export type Wait = Extract<Decision, { do: "wait" }>;

/** A stop with what holds it, where that is the reason if it is never sent. */
export type HeldStop = Stop & Pick<Cursor, "held">;

/** The progress of an item that goes on: the claim stays, since it is the newest. */
export function goOn(progress: Progress, onward: Onward, place: { biller: BillerId; now: Moment }): Progress {
  const { next, done } = onward;
  const { claim } = progress;
  const spared = [...(progress.spared ?? []), ...(onward.spared ? [onward.spared] : [])];
  return {
    done,
    ...(claim && { claim }),
    ...(spared.length > 0 && { spared }),
    ...(next && { cursor: cursorAt(next, place.biller, place.now) }),
  };
}

/**
 * The progress of an item whose stop is put off: how often the carrier refused the hop stays with it, so that this comes to an end,
 * and so does what held it unless something else does now.
 */
export function putOff(progress: Progress, stop: HeldStop, place: { biller: BillerId; now: Moment }): Progress {
  const { cursor } = progress;
  const isSameHop = cursor?.step === stop.step && cursor.hop === stop.hop;
  const refused = isSameHop && cursor.refused !== undefined ? { refused: cursor.refused } : {};
  return {
    ...progress,
    cursor: { ...cursorAt(stop, place.biller, place.now), ...refused, ...heldStill(cursor, stop) },
  };
}

/** What holds a stop that is planned anew: what held the same hop until now, unless the stop says it itself. */
export function heldStill(cursor: Cursor | undefined, stop: HeldStop): Pick<Cursor, "held"> {
  const isSameHop = cursor?.step === stop.step && cursor.hop === stop.hop;
  const held = stop.held ?? (isSameHop ? cursor.held : undefined);
  return held ? { held } : {};
}

/** The progress of an item whose hop is claimed. */
export const claimed = (
  progress: Progress,
  claim: Claim,
  place: { biller: BillerId; now: Moment; onward: Onward },
): Progress => goOn({ ...progress, claim }, place.onward, place);

/** How an earlier hop of the same step did. */
export const hopsBefore = (
  notifications: readonly Notification[],
  step: string,
  hop: number,
): readonly Notification[] =>
  notifications.filter((notification) => notification.step === step && notification.hop < hop);

/** What a hop calls success when it does not say: that the message reached the phone or mailbox. */
export const successOf = (hop: Hop | undefined): "accepted" | "delivered" | "read" => hop?.success ?? "delivered";

/** Whether the stop is the last look. */
export const isClosing = (stop: Stop): boolean => stop.step === closing;
