import { AsyncLocalStorage } from "node:async_hooks";
import { DuebellError, providerError } from "../../functions/domain/errors.ts";

/**
 * What goes wrong at one call of a port: the Lambda dies before or after it had its effect; it is answered with an error, without an
 * effect or with one; a conditional write is made and answered as if it had been refused; what was queued is lost on its way.
 */
export const faultModes = [
  "crash-before",
  "crash-after",
  "error",
  "lost-reply",
  "refused-though-done",
  "lost",
] as const;

/** The calls that the last two can happen at. */
const only: Readonly<Record<string, RegExp>> = {
  "refused-though-done": /\.(save|advance)$/,
  lost: /^dueQueues\.send$/,
};

/** Whether this can go wrong at a call. */
export const canFail = (call: string, mode: Fault["mode"]): boolean => only[mode]?.test(call) ?? true;

/** One thing that goes wrong, at the call with this number. */
export type Fault = { readonly at: number; readonly mode: (typeof faultModes)[number] };

class Died extends Error {}

/** Ports that answer at once and outside of any boundary. */
const innocent: ReadonlySet<string> = new Set(["clock", "nonces", "wording", "control"]);

/** Numbers every call that goes through the ports it wraps, and lets the faults happen. */
export function faultInjector(faults: readonly Fault[]) {
  const trace: string[] = [];
  const running = new AsyncLocalStorage<{ dead: boolean }>();

  const die = (): never => {
    const lambda = running.getStore();
    if (lambda) lambda.dead = true;
    throw new Died("the Lambda died");
  };

  async function around(name: string, call: () => Promise<unknown>): Promise<unknown> {
    if (running.getStore()?.dead) throw new Died("a dead Lambda calls nothing");
    const fault = faults.find(({ at }) => at === trace.length)?.mode;
    const mode = fault && canFail(name, fault) ? fault : undefined;
    trace.push(name);
    if (mode === "crash-before") die();
    if (mode === "error") throw providerError(`${name} failed`);
    if (mode === "lost") return undefined;
    const answer = await call();
    if (mode === "crash-after") die();
    if (mode === "lost-reply") throw providerError(`the answer of ${name} was lost`);
    return mode === "refused-though-done" && answer === true ? false : answer;
  }

  const watched = <P extends object>(name: string, port: P): P =>
    new Proxy(port, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver);
        if (typeof member !== "function") return member;
        return (...args: readonly unknown[]) =>
          around(`${name}.${String(key)}`, async () => await Reflect.apply(member, target, args));
      },
    });

  return {
    /** Every call so far, as `<port>.<method>`. */
    trace,
    /** The ports with every call counted. */
    wrap: <T extends object>(ports: T): T =>
      Object.fromEntries(
        Object.entries(ports).map(([name, port]) => [name, innocent.has(name) ? port : watched(name, port)]),
      ) as T,
    /** Runs one Lambda to its end or death, beside others if need be; false when what it was given must be handed out again. */
    async invoke(work: () => Promise<unknown>): Promise<boolean> {
      const lambda = { dead: false };
      try {
        await running.run(lambda, work);
        return !lambda.dead;
      } catch (error) {
        if (error instanceof Died || (error instanceof DuebellError && error.retryable)) return false;
        throw error;
      }
    },
  };
}
