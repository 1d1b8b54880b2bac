import { type Moment, minuteMs } from "../../domain/local-time.ts";
import type { Clock } from "../../ports.ts";

const cacheMs = minuteMs;
const mostCached = 1_000;

/** What this container read lately, none of it for longer than a minute; the one kept longest makes room. */
export function minuteCache<Name, Value>(clock: Clock) {
  const kept = new Map<Name, { readonly value: Value; readonly readAt: Moment }>();

  function keep(name: Name, value: Value, readAt: Moment): void {
    const [oldest] = kept.keys();
    const isNew = !kept.delete(name);
    if (isNew && kept.size >= mostCached && oldest !== undefined) kept.delete(oldest);
    kept.set(name, { value, readAt });
  }

  return {
    /** What is kept under a name, else what `read` answers, which is kept from now on where `isKept`. */
    async get(name: Name, read: () => Promise<Value>, isKept: (value: Value) => boolean = () => true): Promise<Value> {
      const now = clock.now();
      const found = kept.get(name);
      const age = found ? now - found.readAt : cacheMs;
      if (found && age >= 0 && age < cacheMs) return found.value;
      const value = await read();
      if (isKept(value)) keep(name, value, now);
      return value;
    },
    forget: (name: Name): boolean => kept.delete(name),
  };
}
