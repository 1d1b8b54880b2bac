import type { Biller } from "../../domain/biller.ts";
import type { BillerId } from "../../domain/ids.ts";
import { type Moment, minuteMs } from "../../domain/local-time.ts";
import type { Clock } from "../../ports.ts";

const cacheMs = minuteMs;
const mostCached = 1_000;

/** Billers read lately by this container, none for longer than a minute; the one kept longest makes room. */
export function billerCache(clock: Clock) {
  const kept = new Map<BillerId, { readonly biller: Biller; readonly readAt: Moment }>();
  return {
    get(id: BillerId): Biller | undefined {
      const found = kept.get(id);
      const age = found ? clock.now() - found.readAt : cacheMs;
      return age >= 0 && age < cacheMs ? found?.biller : undefined;
    },
    keep(biller: Biller, readAt: Moment): void {
      const [oldest] = kept.keys();
      kept.delete(biller.id);
      if (kept.size >= mostCached && oldest !== undefined) kept.delete(oldest);
      kept.set(biller.id, { biller, readAt });
    },
    forget: (id: BillerId): boolean => kept.delete(id),
  };
}
