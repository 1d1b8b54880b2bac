import { type Boundary, type Fault, failuresOf, faultModes } from "../support/fault-injector.ts";
import { faultScripts } from "../support/fault-scripts.ts";
import { seeded } from "../support/seeded.ts";
import type { Plan, Verdict } from "./fault-plan.ts";

/** The names of the scripts. */
export const scripts = Object.keys(faultScripts);

/** A history that was played, with its calls: what a further fault can happen at. */
export type Played = { readonly plan: Plan; readonly trace: Verdict["trace"] };

/** Every plan with one fault more than `played`, after its last one. */
export function* withOneMore({ plan, trace }: Played): Generator<Plan> {
  for (const [at, boundary] of trace.entries()) {
    if (at <= (plan.faults.at(-1)?.at ?? -1)) continue;
    for (const mode of failuresOf(boundary)) yield { ...plan, faults: [...plan.faults, { at, mode }] };
  }
}

const further = ({ plan, trace }: Played): number =>
  trace.slice((plan.faults.at(-1)?.at ?? -1) + 1).reduce((sum, boundary) => sum + failuresOf(boundary).length, 0);

/**
 * Every plan with two faults, by number: the second can be at any call of the history that the first has left. The numbers are gone
 * through in steps that touch each once and spread evenly, so that a part of them is a part of everything.
 */
export function pairsOf(singles: readonly Played[]): { readonly total: number; readonly plans: IteratorObject<Plan> } {
  const ends: number[] = [];
  let total = 0;
  for (const single of singles) {
    total += further(single);
    ends.push(total);
  }
  return { total, plans: spread(singles, ends, total) };
}

function* spread(singles: readonly Played[], ends: readonly number[], total: number): Generator<Plan, void> {
  const step = stepThrough(total);
  for (let n = 0, at = 0; n < total; n++, at = (at + step) % total) {
    const index = indexOf(ends, at);
    const single = singles[index];
    const plan = single && nth(single, at - (ends[index - 1] ?? 0));
    if (plan) yield plan;
  }
}

/** The first index whose end lies beyond `at`. */
function indexOf(ends: readonly number[], at: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The plan with this number among those that have one fault more. */
function nth({ plan, trace }: Played, number: number): Plan | undefined {
  let left = number;
  for (let at = (plan.faults.at(-1)?.at ?? -1) + 1; at < trace.length; at++) {
    const modes = failuresOf(trace[at] as Boundary);
    const mode = modes[left];
    if (mode) return { ...plan, faults: [...plan.faults, { at, mode }] };
    left -= modes.length;
  }
  return undefined;
}

/** A step without a common divisor with `total`, near the golden section of it. */
function stepThrough(total: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.max(1, Math.floor(total * 0.618));
  while (divisor(total, step) > 1) step++;
  return step;
}

/** Plans with as many faults as told, at random places of the scripts' histories, with whims: the same for the same seed, without end. */
export function* randomPlans(
  calm: readonly Played[],
  { seed, sender, fewest, most }: { seed: number; sender: string; fewest: number; most: number },
): Generator<Plan> {
  for (let n = 0; ; n++) {
    const below = seeded(seed + n);
    const { plan, trace } = calm[below(calm.length)] as Played;
    const aFault = (): Fault => ({
      at: below(trace.length + 40),
      mode: faultModes[below(faultModes.length)] ?? "error",
    });
    const faults = Array.from({ length: fewest + below(most - fewest + 1) }, aFault).sort((a, b) => a.at - b.at);
    const whims = below(2) === 0 ? {} : { whims: seed + n };
    yield { ...plan, sender, faults, ...whims };
  }
}
