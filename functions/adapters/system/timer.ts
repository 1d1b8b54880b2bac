import { setTimeout as wait } from "node:timers/promises";
import type { Timer } from "../../ports.ts";

/** Waits by the machine's own clock; a moment that has passed is no wait. */
export const systemTimer: Timer = {
  async until(at) {
    // A timer may end a little before its time: it counts from when the event loop last looked at the clock.
    for (let left = at - Date.now(); left > 0; left = at - Date.now()) await wait(left);
  },
};
