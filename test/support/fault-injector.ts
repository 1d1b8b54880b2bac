import { AsyncLocalStorage } from "node:async_hooks";
import { DuebellError, providerError } from "../../functions/domain/errors.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { Clock, SendResult } from "../../functions/ports.ts";

/**
 * What goes wrong at one call of a port, in the order from plain to odd:
 * - the Lambda dies before the call had its effect, or after;
 * - the call is answered with an error, without an effect or (`lost-reply`) with one;
 * - it is never answered, and has its effect as its Lambda ends (`time-out`; a carrier's client gives up waiting first);
 * - a conditional write is made and answered as if it had been refused;
 * - what was queued is lost on its way;
 * - the message is handed out a second time, and the second Lambda overtakes the first (`redelivery`), or comes when the first is done
 *   (`repeat`);
 * - the Lambda is held up, and all that lies in the queues is worked on first, newest first (`reorder`);
 * - its clock shows minutes too many, or too few, from here on.
 */
export const faultModes = [
  "crash-before",
  "crash-after",
  "error",
  "lost-reply",
  "time-out",
  "refused-though-done",
  "lost",
  "redelivery",
  "repeat",
  "reorder",
  "clock-ahead",
  "clock-behind",
] as const;
export type FaultMode = (typeof faultModes)[number];

/** One thing that goes wrong, at the call with this number. */
export type Fault = { readonly at: number; readonly mode: FaultMode };

/** One call of a port: `<port>.<method>`, and whether it is its Lambda's first. */
export type Boundary = { readonly call: string; readonly first: boolean };

/** How far a clock is off. */
export const clockOffMs = 3 * minuteMs;

const isRead = /\.(get|getCached|getDetail|find|story|candidates|hashOf|make|read|find\w+)$/;
/** What is the same as another fault where a call has no effect of its own. */
const ofWrites: ReadonlySet<FaultMode> = new Set(["crash-after", "lost-reply", "time-out"]);
const only: Readonly<Record<string, RegExp>> = {
  "refused-though-done": /\.(save|advance)$/,
  lost: /^(dueQueues|delayedQueue)\.send$/,
};

/**
 * Whether this can go wrong at a call, and differs from what else can: a death before a call that is not the first is a death after
 * the one before it, and one after a read a death before it.
 */
export function canFail({ call, first }: Boundary, mode: FaultMode): boolean {
  if (mode === "repeat" || mode === "crash-before") return first;
  if (ofWrites.has(mode)) return !isRead.test(call);
  return only[mode]?.test(call) ?? true;
}

/** Everything that can go wrong at a call. */
export const failuresOf = (boundary: Boundary): readonly FaultMode[] =>
  faultModes.filter((mode) => canFail(boundary, mode));

class Died extends Error {}

/** One Lambda at work: when it ends at the latest, how far its clock is off, and how its message comes a second time. */
type Lambda = {
  dead: boolean;
  isRepeated: boolean;
  calls: number;
  clockOffMs: number;
  readonly endsAt: Moment;
  readonly again: () => Promise<unknown>;
};

/** What the world around the Lambdas does for the faults. */
export type FaultWorld = {
  readonly clock: Clock;
  /** Holds a Lambda up while others work. */
  holdUp(): Promise<void>;
  /** Does something later, whoever lives then. */
  later(ms: number, effect: () => Promise<unknown>): void;
};

const lambdaMs = 30_000;
const longestCarrierMs = 15_000;

/** Ports that answer at once and outside of any boundary. */
const innocent: ReadonlySet<string> = new Set(["nonces", "wording", "control", "timer", "imports"]);

type Call = { readonly name: string; readonly make: () => Promise<unknown>; readonly lambda: Lambda | undefined };

/** Numbers every call that goes through the ports it wraps, and lets the faults happen. */
export function faultInjector(faults: readonly Fault[], world: FaultWorld) {
  const trace: Boundary[] = [];
  const modes = new Map(faults.map(({ at, mode }) => [at, mode]));
  const running = new AsyncLocalStorage<Lambda>();
  const happen = happenings(world);

  async function around(name: string, make: () => Promise<unknown>): Promise<unknown> {
    const lambda = running.getStore();
    if (lambda && (lambda.dead || world.clock.now() >= lambda.endsAt)) return die(lambda);
    const boundary = { call: name, first: lambda?.calls === 0 };
    if (lambda) lambda.calls += 1;
    const mode = modes.get(trace.length);
    trace.push(boundary);
    return mode && canFail(boundary, mode) ? await happen[mode]({ name, make, lambda }) : await make();
  }

  /** Runs one Lambda to its end or death, beside others if need be; false when what it was given must be handed out again. */
  async function invoke(work: () => Promise<unknown>): Promise<boolean> {
    const endsAt = world.clock.now() + lambdaMs;
    const again = () => invoke(work);
    const lambda: Lambda = { dead: false, isRepeated: false, calls: 0, clockOffMs: 0, endsAt, again };
    try {
      await running.run(lambda, work);
      return !lambda.dead && !lambda.isRepeated;
    } catch (error) {
      if (lambda.dead || (error instanceof DuebellError && error.retryable)) return false;
      throw error;
    }
  }

  const clock: Clock = { now: () => world.clock.now() + (running.getStore()?.clockOffMs ?? 0) };

  return {
    /** Every call so far. */
    trace,
    /** The ports with every call counted, and the clock of the Lambda that reads it. */
    wrap: <T extends object>(ports: T): T =>
      Object.fromEntries(
        Object.entries(ports).map(([name, port]) => [
          name,
          name === "clock" ? clock : innocent.has(name) ? port : watched(name, port, around),
        ]),
      ) as T,
    invoke,
  };
}

type Around = (name: string, make: () => Promise<unknown>) => Promise<unknown>;

/** The port with something around each of its methods. */
const watched = <P extends object>(name: string, port: P, around: Around): P =>
  new Proxy(port, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== "function") return member;
      return (...args: readonly unknown[]) =>
        around(`${name}.${String(key)}`, async () => await Reflect.apply(member, target, args));
    },
  });

function die(lambda: Lambda | undefined): never {
  if (lambda) lambda.dead = true;
  throw new Died("the Lambda died, and a dead Lambda calls nothing");
}

/** What each fault does to a call. */
function happenings(world: FaultWorld): Readonly<Record<FaultMode, (call: Call) => Promise<unknown>>> {
  const withClockOff =
    (ms: number) =>
    async ({ make, lambda }: Call): Promise<unknown> => {
      if (lambda) lambda.clockOffMs = ms;
      return await make();
    };
  return {
    "crash-before": async ({ lambda }) => die(lambda),
    "crash-after": async ({ make, lambda }) => {
      await make();
      return die(lambda);
    },
    error: async ({ name }) => {
      throw providerError(`${name} failed`);
    },
    "lost-reply": async ({ name, make }) => {
      await make();
      return unanswered(name);
    },
    "time-out": async ({ name, make, lambda }) => {
      const left = Math.max(0, (lambda?.endsAt ?? 0) - world.clock.now());
      const isCarrier = name === carrierCall;
      world.later(isCarrier ? Math.min(left, longestCarrierMs) : left, make);
      return isCarrier ? unanswered(name) : die(lambda);
    },
    "refused-though-done": async ({ make }) => {
      const answer = await make();
      return answer === true ? false : answer;
    },
    lost: async () => undefined,
    redelivery: async ({ make, lambda }) => {
      await lambda?.again();
      return await make();
    },
    repeat: async ({ make, lambda }) => {
      if (lambda) lambda.isRepeated = true;
      return await make();
    },
    reorder: async ({ make, lambda }) => {
      await world.holdUp();
      return lambda && world.clock.now() >= lambda.endsAt ? die(lambda) : await make();
    },
    "clock-ahead": withClockOff(clockOffMs),
    "clock-behind": withClockOff(-clockOffMs),
  };
}

const carrierCall = "carrier.send";

/** A call that got no answer: a carrier's client says so, every other port throws. */
function unanswered(name: string): SendResult {
  if (name === carrierCall) return { outcome: "unknown", reason: "no-answer" };
  throw providerError(`the answer of ${name} was lost`);
}
