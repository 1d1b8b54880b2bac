import { type VirtualClock, virtualClock } from "./clock.ts";
import type { KeptState } from "./kept-state.ts";

/** A clock that the next run goes on from. */
export interface KeptClock {
  readonly clock: VirtualClock;
  /** To be called about every second: keeps the promise of `lead` ahead of what the clock shows. */
  readonly renew: () => void;
  /** Keeps exactly what the clock shows. */
  readonly end: () => void;
}

/** A run that was killed goes on by up to so many milliseconds later than it was killed, so that its clock never goes back. */
const lead = 5000;

/** The clock as the run before left it, else at `start`. */
export function keptClock(kept: KeptState, start: number | undefined): KeptClock {
  const shown = kept.section<number>("clock");
  const clock = virtualClock(shown.entries().get("now") ?? start, (target) => shown.put("now", target + lead));
  return {
    clock,
    renew: () => shown.put("now", clock.now() + lead),
    end: () => shown.put("now", clock.now()),
  };
}
