import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { countOutcomes, errorIds, log } from "./log.ts";

/** The shape of what a schedule starts: its input in, counts out for the log and the metrics. */
export function scheduledHandler(
  run: (input: unknown, deadline: number) => Promise<Readonly<Record<string, number | string>>>,
) {
  return middy<unknown, void>(async (event: unknown, context: Context) => {
    try {
      const result = await run(event, Date.now() + context.getRemainingTimeInMillis());
      const counts = Object.fromEntries(
        Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
      );
      countOutcomes(counts);
      log("info", "ran", result);
    } catch (error) {
      log("error", "failed", errorIds(error));
      throw error;
    }
  });
}
