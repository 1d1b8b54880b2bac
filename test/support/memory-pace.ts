import type { NumberItems, Numbers, NumbersUpdate, Test } from "../../functions/adapters/dynamodb/number-items.ts";
import { paceOn } from "../../functions/adapters/dynamodb/pace-store.ts";
import type { DueMessage } from "../../functions/messages.ts";
import type { Clock, DelayedQueue, Pace, Timer } from "../../functions/ports.ts";
import type { ControlledClock } from "./memory-clock.ts";

function holds(item: Numbers, test: Test): boolean {
  const value = item[test.name];
  if (test.is === "absent") return value === undefined;
  if (value === undefined) return test.orAbsent ?? false;
  if (test.is === "=") return value === test.value;
  if (test.is === "<") return value < test.value;
  return test.is === "<=" ? value <= test.value : value >= test.value;
}

function updated(item: Numbers, { set = {}, add = {}, remove = [] }: NumbersUpdate): Numbers {
  const after: Record<string, number | undefined> = { ...item, ...set };
  for (const [name, value] of Object.entries(add)) after[name] = (item[name] ?? 0) + value;
  for (const name of remove) delete after[name];
  return after;
}

/** Items of numbers in memory. */
export function memoryNumberItems(): NumberItems {
  const items = new Map<string, Numbers>();
  const idOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk}\n${sk}`;
  return {
    get: async (key) => items.get(idOf(key)) ?? {},
    async update(update) {
      const id = idOf(update.key);
      const item = items.get(id) ?? {};
      if (!update.when.every((test) => holds(item, test))) return { done: false, item };
      const after = updated(item, update);
      items.set(id, after);
      return { done: true, item: after };
    },
  };
}

/** The rates and circuits in memory: requests of one turn of the event loop are reserved together, and nothing waits. */
export const memoryPace = (clock: Clock, items: NumberItems = memoryNumberItems()): Pace =>
  paceOn({ items, clock, timer: { until: async () => undefined }, lanes: 1, pause: async () => undefined });

/** Lines that are never full: every slot is now. */
export const freePace = (clock: Clock): Pace => ({
  reserve: async () => ({ outcome: "slot", at: clock.now() }),
  report: async () => undefined,
});

/** A wait that moves the clock. */
export const jumpingTimer = (clock: ControlledClock): Timer => ({
  until: async (at) => clock.set(Math.max(at, clock.now())),
});

/** What was put back until its slot. */
export type RecordingDelayedQueue = DelayedQueue & {
  readonly delayed: { readonly message: DueMessage; readonly delaySeconds: number }[];
};

/** A queue that keeps what it is sent. */
export function recordingDelayedQueue(): RecordingDelayedQueue {
  const delayed: { readonly message: DueMessage; readonly delaySeconds: number }[] = [];
  return {
    delayed,
    async send(message, delaySeconds) {
      delayed.push({ message, delaySeconds });
    },
  };
}
