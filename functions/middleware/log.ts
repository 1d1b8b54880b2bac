import { DuebellError } from "../domain/errors.ts";

/** Values a log line may hold: ids, counts and codes; never an address, an amount, a link code or a secret. */
export type LogIds = Readonly<Record<string, string | number | boolean | undefined>>;

/** The name of the Lambda that runs, as it names its log lines. */
export const service = (): string => process.env["POWERTOOLS_SERVICE_NAME"] ?? "duebell";

/** Where lines go: standard output, which Lambda hands to the log group as it is. */
const write = (line: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** One JSON line with a stable kebab-case event code, prefixed by the handler's name. */
export function log(level: "info" | "warn" | "error", event: string, ids: LogIds = {}): void {
  write({ level, event: `${service()}.${event}`, at: new Date().toISOString(), ...ids });
}

/** One warning for each of these that there is; answers the events, to be counted. */
export function logEach(event: string, each: readonly (LogIds | undefined)[]): string[] {
  return each
    .filter((ids) => ids !== undefined)
    .map((ids) => {
      log("warn", event, ids);
      return event;
    });
}

/**
 * What may be said of an error: its class, its code and where it arose. Messages of errors that are not our own may quote what was
 * sent, so they are left out.
 */
export function errorIds(error: unknown): LogIds {
  if (!(error instanceof Error)) return { error: typeof error };
  const own = error instanceof DuebellError;
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  const where = error.stack
    ?.replace(error.message, "")
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 4)
    .map((line) => line.trim().slice(3))
    .join(" < ");
  return {
    error: error.name,
    ...(own && { code: error.code, message: error.message }),
    cause,
    where,
  };
}

/** Counts outcomes as CloudWatch metrics by the embedded metric format: one line, no call. */
export function countOutcomes(outcomes: Readonly<Record<string, number>>): void {
  const names = Object.keys(outcomes);
  if (names.length === 0) return;
  const metrics = names.map((Name) => ({ Name, Unit: "Count" }));
  const definition = { Namespace: "Duebell", Dimensions: [["service"]], Metrics: metrics };
  write({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [definition] }, service: service(), ...outcomes });
}
