import { playHistory, type Script, type Whims } from "../support/fault-history.ts";
import { type Boundary, type Fault, faultModes } from "../support/fault-injector.ts";
import { type Violation, violations } from "../support/fault-judge.ts";
import { faultScripts } from "../support/fault-scripts.ts";
import { seeded } from "../support/seeded.ts";
import type { Sender } from "../support/town-life.ts";
import { powertoolsSender } from "./powertools.ts";
import { plainCall, sendThenRecord } from "./send-then-record.ts";

/** What sends: the use case itself, or a control that the harness must catch. */
export const senders: Readonly<Record<string, Sender | undefined>> = {
  duebell: undefined,
  "send-then-record": sendThenRecord(plainCall),
  "powertools idempotency": powertoolsSender,
};

/** One history to be played, told in a way that another process can repeat. */
export type Plan = {
  readonly sender: string;
  readonly script: string;
  readonly faults: readonly Fault[];
  /** Messages come twice, reads are stale and the index lags, as this seed says. */
  readonly whims?: number;
};

/** How a plan ended, with every call that was made. */
export type Verdict = { readonly violations: readonly Violation[]; readonly trace: readonly Boundary[] };

/** The script of a plan. Throws for a name that there is none of. */
export function scriptOf({ script }: Pick<Plan, "script">): Script {
  const found = faultScripts[script];
  if (!found) throw new Error(`there is no script "${script}"`);
  return found;
}

function whimsOf(seed: number): Whims {
  const below = seeded(seed);
  return {
    twice: () => below(4) === 0,
    staleReads: () => below(4) === 0,
    lagMs: () => below(50_000),
  };
}

/** Plays a plan and says what it broke; an error that no queue would bring back counts as vanished. */
export async function play(plan: Plan): Promise<Verdict> {
  const script = scriptOf(plan);
  const sender = senders[plan.sender];
  try {
    const history = await playHistory(script, {
      faults: plan.faults,
      ...(plan.whims !== undefined && { whims: whimsOf(plan.whims) }),
      ...(sender && { sender }),
    });
    return { violations: violations(history, script), trace: history.trace };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { violations: [{ breach: "vanished", what: `it ended with ${what}` }], trace: [] };
  }
}

/** The simplest plan found that still breaks something: with fewer faults, none of the whims, plainer faults, and earlier ones. */
export async function shrink(failing: Plan): Promise<Plan> {
  let smallest = failing;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const simpler of simplerThan(smallest)) {
      if ((await play(simpler)).violations.length === 0) continue;
      smallest = simpler;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** Plans that are a little simpler, the simplest first. */
function* simplerThan(plan: Plan): Generator<Plan> {
  const { whims: _whims, ...calm } = plan;
  for (const at of plan.faults.keys()) yield { ...plan, faults: plan.faults.toSpliced(at, 1) };
  if (plan.whims !== undefined) yield calm;
  for (const [n, fault] of plan.faults.entries()) {
    const change = (other: Fault): Plan => ({ ...plan, faults: plan.faults.with(n, other) });
    for (const mode of faultModes.slice(0, faultModes.indexOf(fault.mode))) yield change({ ...fault, mode });
    for (let by = fault.at; by > 0; by = Math.floor(by / 2)) yield change({ ...fault, at: fault.at - by });
  }
}

/** A plan in words: each fault with the call it happened at, and what to run to see it again. */
export async function tell(plan: Plan): Promise<string> {
  const { trace, violations: broken } = await play(plan);
  const where = plan.faults.map(({ at, mode }) => `  ${mode} at call ${at}, ${trace[at]?.call ?? "not reached"}`);
  const what = broken.map((violation) => `  ${violation.breach}: ${violation.what}`);
  const again = `  npm run prove -- --replay '${JSON.stringify(plan)}'`;
  return [`${plan.sender}, ${plan.script}:`, ...where, ...what, again].join("\n");
}
