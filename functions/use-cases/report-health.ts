import type { Ports, SendResult } from "../ports.ts";

/** Refusals that ask for less, and those of a provider that cannot be used at present. */
const slowDown: ReadonlySet<string> = new Set([
  "throttled",
  "throughput-limit",
  "account-rate-limit",
  "app-call-limit",
]);
const outOfOrder: ReadonlySet<string> = new Set(["provider-unreachable", "maintenance", "server-unavailable"]);

/**
 * Tells a line how its provider fares, so that it is called less or not at all while it cannot take anything. A refusal that concerns
 * our token or one customer says nothing of the provider.
 */
export async function reportHealth({ pace }: Pick<Ports, "pace">, line: string, result: SendResult): Promise<void> {
  if (result.outcome === "accepted" || result.outcome === "refused") return await pace.report(line, "up");
  if (result.outcome === "unknown" || outOfOrder.has(result.reason)) return await pace.report(line, "down");
  if (slowDown.has(result.reason)) return await pace.report(line, "throttled");
}
