import { type Decision, goOn, putOff } from "../domain/decision.ts";
import { parseSpared } from "../domain/progress.ts";
import type { Ports } from "../ports.ts";
import type { Sending } from "./call-carrier.ts";
import type { DueItem } from "./due-item.ts";
import { tellNotification } from "./tell-notification.ts";

type FollowPorts = Pick<Ports, "notifications" | "events" | "clock">;

/** Records what is not sent and moves the cursor, or moves the same stop to later; undefined when somebody else wrote the item in between. */
export async function followDecision(
  ports: FollowPorts,
  item: DueItem,
  decision: Exclude<Decision, Sending>,
): Promise<"deferred" | "passed" | undefined> {
  const now = ports.clock.now();
  const place = { biller: item.bill.biller, now };
  if (decision.do === "wait") {
    const saved = await item.save(putOff(item.progress, decision.stop, place));
    return saved && "deferred";
  }
  for (const { step, hop, channel, reason } of decision.nonSends) {
    const key = item.notificationKey(step, hop);
    const known = await ports.notifications.record(key, { channel, notSentAt: now, reason });
    await tellNotification(ports, item, known);
  }
  const saved = await item.save(goOn(item.progress, decision.onward, place));
  if (saved && decision.onward.spared !== undefined) await tellSpared(ports, item, decision.onward.spared);
  return saved && "passed";
}

/** A hop that was not needed stands in its item, not among the notifications. */
async function tellSpared(ports: FollowPorts, item: DueItem, spared: string): Promise<void> {
  const { step, hop, channel, at } = parseSpared(spared);
  const known = { ...item.notificationKey(step, hop), channel, notSentAt: at, reason: "delivered-earlier" } as const;
  await tellNotification(ports, item, known);
}

/** The present hop ends as a technical failure: nothing was claimed, the next hop takes over. */
export async function endHop(
  ports: FollowPorts,
  item: DueItem,
  reason: string,
): Promise<"ended" | "stale" | undefined> {
  const { cursor } = item.progress;
  if (!cursor) return "stale";
  const now = ports.clock.now();
  const key = item.notificationKey(cursor.step, cursor.hop);
  const failure = { kind: "technical-failure", reason } as const;
  const known = await ports.notifications.record(key, { channel: cursor.channel, failedAt: now, failure });
  await tellNotification(ports, item, known);
  const onward = goOn(item.progress, item.passOn(cursor, now), { biller: item.bill.biller, now });
  return (await item.save(onward)) && "ended";
}
