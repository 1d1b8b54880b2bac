import type { SendResult } from "../ports.ts";

/** An answer that proves that the carrier accepted nothing. */
export type Refusal = Extract<SendResult, { outcome: "refused-for-now" | "refused" }>;

/** A carrier's answers that prove that nothing was accepted, by its error name or code; a name alone stands for its reasons that are not listed. */
export type Refusals<Code> = ReadonlyMap<Code, Refusal>;

/** Nothing was accepted, and trying later may help. */
export const forNow = (reason: string): Refusal => ({ outcome: "refused-for-now", reason });

/** Nothing was accepted because of this address or message: no later attempt will be. */
export const forGood = (reason: string): Refusal => ({ outcome: "refused", kind: "permanent-failure", reason });

/** Nothing was accepted because the person behind this address wants no messages: it is not to be tried again by this channel. */
export const optedOut: Refusal = {
  outcome: "refused",
  kind: "permanent-failure",
  reason: "opted-out",
  suppress: "opted-out",
};

/** Nothing was accepted because of our settings or the provider's: another channel may do better. */
export const byFault = (reason: string): Refusal => ({ outcome: "refused", kind: "technical-failure", reason });

/** No answer, or one that proves nothing. */
export const unproven = (reason: string): SendResult => ({ outcome: "unknown", reason });

/** What is answered when the time is over before the carrier was called. */
export const notBegun: SendResult = forNow("no-time-left");

// `syscall` tells where the system gave up: a look-up or a connect that failed has not sent a single byte, whereas the same error
// codes may also come from an established connection.
const beforeConnected: ReadonlySet<unknown> = new Set(["getaddrinfo", "connect"]);

/** Whether the call failed before a connection stood, so that the provider cannot have seen it. */
export function neverReached(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverReached);
  return error instanceof Error && "syscall" in error && beforeConnected.has(error.syscall);
}

/** What is known after a call that ended without an answer. */
export function withoutAnswer(error: unknown, signal: AbortSignal): SendResult {
  if (neverReached(error)) return forNow("provider-unreachable");
  return unproven(signal.aborted ? "timed-out" : "connection-lost");
}
