import type { Biller } from "../domain/biller.ts";
import { type GatewayName, gatewayNames } from "../domain/gateway.ts";
import { addDays, localOf, type Moment } from "../domain/local-time.ts";
import type { ReconciliationMessage } from "../messages.ts";
import type { Ports } from "../ports.ts";

/** Yesterday and the two days before it, in the biller's zone: today is not over, and a gateway or we may have been down for a weekend. */
const daysBack = [1, 2, 3] as const;

/** Whether the biller can have an account there by what its settings say; whether it has one, its secrets say when the day is compared. */
const mayUse = (biller: Biller, gateway: GatewayName): boolean =>
  gateway !== "pix" || biller.rails?.pix?.psp !== undefined;

function daysOf(biller: Biller, now: Moment): ReconciliationMessage[] {
  const today = localOf(now, biller.timeZone).date;
  return gatewayNames
    .filter((gateway) => mayUse(biller, gateway))
    .flatMap((gateway) => daysBack.map((days) => ({ biller: biller.id, gateway, date: addDays(today, -days) })));
}

/** Queues the last days of every biller at every gateway to be compared; started twice, a day is compared twice and nothing else. */
export async function startReconciliation(
  ports: Pick<Ports, "billers" | "reconciliationQueue" | "clock">,
): Promise<{ readonly billers: number; readonly days: number }> {
  const queued = { billers: 0, days: 0 };
  for await (const id of ports.billers.list()) {
    const biller = await ports.billers.get(id);
    if (!biller) continue;
    const days = daysOf(biller, ports.clock.now());
    await ports.reconciliationQueue.send(days);
    queued.billers += 1;
    queued.days += days.length;
  }
  return queued;
}
