/** The clock the whole laptop goes by: it runs at real speed and can be moved forward, never back. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Moves to `at` (milliseconds since 1970); throws a `RangeError` if that is in the past. */
  readonly set: (at: number) => void;
  /** Moves forward by `milliseconds`. */
  readonly advance: (milliseconds: number) => void;
  /** What this clock showed at a moment of the machine's own clock. */
  readonly fromReal: (realMilliseconds: number) => number;
  /** The offset from the machine's clock as a `BigInt64Array` of one, shared with the worker threads. */
  readonly shared: SharedArrayBuffer;
}

/** A clock that shows `start` now; the machine's own time where `start` is absent. `onMove` hears of each move, before anyone sees it. */
export function virtualClock(
  start: number = Date.now(),
  onMove: (target: number) => void = () => undefined,
): VirtualClock {
  const shared = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(shared);
  const jumps: { readonly realAt: number; readonly offset: number }[] = [];
  const jump = (milliseconds: number): void => {
    const next = Number(Atomics.load(offset, 0)) + Math.ceil(milliseconds);
    onMove(Date.now() + next);
    Atomics.store(offset, 0, BigInt(next));
    jumps.push({ realAt: Date.now(), offset: next });
  };
  const now = (): number => Date.now() + Number(Atomics.load(offset, 0));
  const advance = (milliseconds: number): void => {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) throw new RangeError("the clock only moves forward");
    jump(milliseconds);
  };
  jump(start - Date.now());
  return {
    now,
    advance,
    set: (at) => advance(at - now()),
    fromReal: (real) => real + (jumps.findLast(({ realAt }) => realAt <= real) ?? jumps[0] ?? { offset: 0 }).offset,
    shared,
  };
}
