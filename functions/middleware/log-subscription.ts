import middy from "@middy/core";
import { countOutcomes, errorIds, log } from "./log.ts";

/** The shape of what a log group's subscription starts: its event in, counts out for the log and the metrics. A failure makes Lambda try the same event again, then keep it. */
export function logSubscriptionHandler(take: (event: unknown) => Promise<Readonly<Record<string, number>>>) {
  return middy<unknown, void>(async (event: unknown) => {
    try {
      const counts = await take(event);
      countOutcomes(counts);
      log("info", "taken", counts);
    } catch (error) {
      log("error", "failed", errorIds(error));
      throw error;
    }
  });
}
