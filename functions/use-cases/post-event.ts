import type { BillerId } from "../domain/ids.ts";
import { postDelayMs, rareFrom } from "../domain/post-schedule.ts";
import type { OwnEvent } from "../messages.ts";
import type { PostedEvent } from "../money-ports.ts";
import type { Ports } from "../ports.ts";

type PostPorts = Pick<Ports, "billers" | "billerWebhook" | "billerRest">;

/** What became of an event; `again`: it is tried once more after so long. */
export type EventPosted = {
  readonly outcome: "taken" | "no-webhook" | "gone" | "no-secret" | "refused" | "postponed";
  readonly again?: { readonly afterMs: number; readonly reason: string };
  readonly ids: { readonly biller: BillerId; readonly reason?: string };
};

/**
 * Tells a biller's own system of one event of ours, at least once for as long as it wants events: what it does not take is tried again for
 * three days. A system that did not answer again and again is left alone for a moment, so that it does not keep the others waiting.
 */
export async function postEvent(
  ports: PostPorts,
  { event, receiveCount }: { readonly event: OwnEvent; readonly receiveCount: number },
): Promise<EventPosted> {
  const { detail, "detail-type": type, time } = event;
  const { eventId } = detail;
  const ids = { biller: detail.biller };
  const biller = await ports.billers.getCached(detail.biller);
  if (!biller?.webhook) return { outcome: "no-webhook", ids };
  const again = (reason: string, more: { readonly retryAfterMs?: number } = {}) => ({
    again: { reason, afterMs: postDelayMs({ eventId, receiveCount, ...more }) },
    ids: { ...ids, reason },
  });
  if (receiveCount < rareFrom && ports.billerRest.isResting(biller.id))
    return { outcome: "postponed", ...again("resting") };
  const posted = await ports.billerWebhook.post(biller, { id: eventId, type, at: Date.parse(time), data: detail });
  if (posted.outcome !== "no-secret") ports.billerRest.note(biller.id, isUp(posted));
  switch (posted.outcome) {
    case "taken":
    case "gone":
      return { outcome: posted.outcome, ids };
    case "no-secret":
      return { outcome: "no-secret", ...again("no-secret") };
    case "refused": {
      const { retryAfterMs } = posted;
      return { outcome: "refused", ...again(posted.reason, retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
  }
}

/** Whether the system answered: one that refuses an event is up, one that is overloaded or has an error is not. */
const isUp = (posted: PostedEvent): boolean =>
  posted.outcome !== "refused" || (/^http-[34]/.test(posted.reason) && posted.reason !== "http-429");
