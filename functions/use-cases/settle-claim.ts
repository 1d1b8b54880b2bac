import { notReady } from "../domain/errors.ts";
import type { Moment } from "../domain/local-time.ts";
import type { Ports } from "../ports.ts";
import type { DueItem } from "./due-item.ts";
import { tellNotification } from "./tell-notification.ts";

/**
 * Makes sure that the newest claim has its notification before the item moves on: a claim whose sender died is recorded as unknown,
 * once it is too old for its sender to be alive. Throws not-ready while it may be.
 */
export async function settleClaim(
  ports: Pick<Ports, "notifications" | "events" | "clock">,
  item: DueItem,
  senderTimeoutMs: number,
): Promise<"settled" | "unknown"> {
  const { claim } = item.progress;
  if (!claim) return "settled";
  const key = item.notificationKey(claim.step, claim.hop);
  if (item.notifications.some(({ step, hop }) => step === key.step && hop === key.hop)) return "settled";
  const now: Moment = ports.clock.now();
  if (now < claim.at + senderTimeoutMs) throw notReady("the claim before this one may still be at work");
  const known = await ports.notifications.record(key, { channel: claim.channel, unknownAt: now });
  await tellNotification(ports, item, known);
  return "unknown";
}
