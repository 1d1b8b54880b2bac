import { fetchTimeoutOf } from "../domain/biller-page.ts";
import type { Pass } from "../domain/decision.ts";
import { declineStep } from "../domain/reminder.ts";
import type { Ports } from "../ports.ts";
import { adoptLiveBill } from "./adopt-live-bill.ts";
import type { DueItem } from "./due-item.ts";
import { type LiveFailure, liveFailureOf } from "./refresh-bill.ts";

/** What a biller's own system is heard with before a reminder. */
export type HearPorts = Pick<Ports, "liveBills" | "liveBillCache" | "bills" | "clock">;

/** What a biller's own system makes of a reminder: `amended`, the bill is no longer the one that was read. */
export type Heard = { readonly liveFailed?: LiveFailure } & (
  | { readonly outcome: "as-stored" | "amended" }
  | { readonly outcome: "nothing-due"; readonly decision: Pass }
);

/**
 * Before a reminder is promised, its biller's own system is asked where there is one, if its time-out can be waited for: what it says is
 * written to the bill, so that the claim holds what the message says. Where it does not answer, the stored bill serves. A step for which
 * nothing is due ends; the next one asks again.
 */
export async function adoptBeforeReminder(
  ports: HearPorts,
  { kind, bill, detail, biller, notifications, progress }: DueItem,
  canWait: (ms: number) => boolean,
): Promise<Heard> {
  const { cursor } = progress;
  if (kind !== "reminder" || !biller.billFetch || !cursor) return { outcome: "as-stored" };
  const adopted = await adoptLiveBill(
    ports,
    { bill, detail, biller },
    { ask: canWait(fetchTimeoutOf(biller.billFetch)) },
  );
  const liveFailed = liveFailureOf({ biller, live: adopted.live });
  const told = liveFailed ? { liveFailed } : {};
  if (adopted.amended || adopted.bill.version !== bill.version) return { outcome: "amended", ...told };
  if (!adopted.live?.nothingDue) return { outcome: "as-stored", ...told };
  const now = ports.clock.now();
  const decision = declineStep({ bill, biller, cursor, notifications, now }, "nothing-due");
  return { outcome: "nothing-due", decision, ...told };
}
