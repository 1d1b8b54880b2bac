import type { Moment } from "../../domain/local-time.ts";
import {
  failureMemoryMs,
  failuresToOpen,
  isInTime,
  isKept,
  type Micros,
  microsOf,
  openForMs,
  probeMs,
  slower,
  slownessAt,
  throttlePauseMs,
} from "../../domain/pace.ts";
import type { Key } from "./keys.ts";
import type { Numbers, NumbersUpdate, Test } from "./number-items.ts";

/**
 * A line as it is stored. `f`: the next free slot, in microseconds. `st`: counts what reservers must know of: circuit and slowness. `k`,
 * `kt`: failures in a row, and when the last was. `o`, `e`, `p`: open until, failed probes, probed until. `x`, `xt`, `xf`: slowness, since
 * when, and the free slot of that time.
 */
export type LineRow = Numbers;

/** A line with its circuit, as it stands now. */
export type Circuit =
  | { readonly state: "closed" }
  /** Nobody calls before `until`. */
  | { readonly state: "open"; readonly until: Moment }
  /** Somebody may try. */
  | { readonly state: "half-open" };

export function circuitOf({ o, p }: LineRow, now: Moment): Circuit {
  if (o === undefined) return { state: "closed" };
  if (now < o) return { state: "open", until: o };
  return p !== undefined && now < p ? { state: "open", until: p } : { state: "half-open" };
}

export const slownessOf = ({ x, xt }: LineRow, now: Moment): number =>
  x === undefined || xt === undefined ? 0 : slownessAt(x, xt, now);

/** Whether a slot that was given before may still be used. */
export function slotStands(
  row: LineRow,
  slot: Moment,
  { now, perSecond }: { now: Moment; perSecond: number },
): boolean {
  if (!isInTime(slot, now)) return false;
  return microsOf(slot) >= (row["xf"] ?? 0) || isKept(slot, perSecond, slownessOf(row, now));
}

const asSeen = (row: LineRow, name: string): Test =>
  row[name] === undefined ? { name, is: "absent" } : { name, is: "=", value: row[name] };

/** What a reservation takes: `by` micros after what is taken, where that ends at `from` or later, else from `start` on; none of it where it ends after `to`. */
export type Stretch = {
  readonly from: Micros;
  readonly start: Micros;
  readonly by: Micros;
  readonly to?: Micros;
  /** When the row was seen: a line that was busy then is taken to be busy still, so that one write is enough. */
  readonly seenAt?: Moment;
};

/** A line taken for so long ahead is busy. */
const busyMs = 1_000;

/** Takes the next free slots of a line; undefined when the row shows that none is free before `to`. */
export function advance(key: Key, row: LineRow, { from, start, by, to, seenAt }: Stretch): NumbersUpdate | undefined {
  const { f } = row;
  const unchanged = asSeen(row, "st");
  const isBusy = f !== undefined && seenAt !== undefined && f > microsOf(seenAt + busyMs);
  if (f === undefined || (f < from && !isBusy))
    return { key, set: { f: start + by }, when: [unchanged, { name: "f", is: "<", value: from, orAbsent: true }] };
  if (to !== undefined && f > to) return undefined;
  const when: Test[] = [unchanged, { name: "f", is: ">=", value: from }];
  if (to !== undefined) when.push({ name: "f", is: "<=", value: to });
  return { key, add: { f: by }, when };
}

/** Takes the one probe of a circuit whose time has come. */
export const takeProbe = (key: Key, row: LineRow, now: Moment): NumbersUpdate => ({
  key,
  set: { p: now + probeMs },
  when: [asSeen(row, "o"), { name: "p", is: "<=", value: now, orAbsent: true }],
});

/** Counts a failure after the others; the row that comes of it may show enough of them to open the circuit. */
export function countFailure(key: Key, { k, kt }: LineRow, now: Moment): NumbersUpdate {
  const closed: Test = { name: "o", is: "absent" };
  if (k === undefined || kt === undefined || kt < now - failureMemoryMs)
    return {
      key,
      set: { k: 1, kt: now },
      when: [closed, { name: "kt", is: "<", value: now - failureMemoryMs, orAbsent: true }],
    };
  return {
    key,
    add: { k: 1 },
    set: { kt: now },
    when: [closed, { name: "kt", is: ">=", value: now - failureMemoryMs }],
  };
}

/** Opens a circuit after failures in a row; undefined when there are too few. */
export const openCircuit = (key: Key, row: LineRow, now: Moment): NumbersUpdate | undefined =>
  (row["k"] ?? 0) < failuresToOpen
    ? undefined
    : { key, set: { o: now + openForMs(0), e: 0 }, add: { st: 1 }, when: [{ name: "o", is: "absent" }] };

/** The probe failed: open again, for longer. */
export function reopen(key: Key, row: LineRow, now: Moment): NumbersUpdate {
  const e = (row["e"] ?? 0) + 1;
  return { key, set: { o: now + openForMs(e), e }, add: { st: 1 }, remove: ["p"], when: [asSeen(row, "o")] };
}

/** The provider is back. */
export const closeCircuit = (key: Key, row: LineRow): NumbersUpdate => ({
  key,
  add: { st: 1 },
  remove: ["o", "e", "p", "k", "kt"],
  when: [asSeen(row, "o")],
});

/** An answer after failures that opened nothing. */
export const forgetFailures = (key: Key): NumbersUpdate => ({
  key,
  remove: ["k", "kt"],
  when: [
    { name: "o", is: "absent" },
    { name: "k", is: ">=", value: 1 },
  ],
});

/** Halves the rate, and gives no slot for a moment; undefined when that was just done. */
export function slowDown(key: Key, row: LineRow, now: Moment): NumbersUpdate | undefined {
  if ((row["xt"] ?? Number.NEGATIVE_INFINITY) > now - throttlePauseMs) return undefined;
  const at = microsOf(now);
  const free = Math.max(row["f"] ?? at, at);
  const advanced = advance(key, row, { from: at, start: at, by: microsOf(throttlePauseMs) });
  return (
    advanced && {
      ...advanced,
      set: { ...advanced.set, x: slower(slownessOf(row, now)), xt: now, xf: free },
      add: { ...advanced.add, st: 1 },
    }
  );
}
