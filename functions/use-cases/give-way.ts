import { chanceOf } from "../domain/short-hash.ts";
import type { Ports } from "../ports.ts";

/** How often something that many take from at once is tried for before the queue is to bring the payment again. */
export const mostTakes = 60;

const longestPauseMs = 200;

/** Lets others go first who take from the same: longer after each try, and each `key` at moments of its own; 200 ms at most. */
export async function giveWay(
  { clock, timer }: Pick<Ports, "clock" | "timer">,
  key: string,
  attempt: number,
): Promise<void> {
  const mostMs = Math.min(longestPauseMs, 5 * 2 ** attempt);
  await timer.until(clock.now() + 1 + Math.floor(chanceOf(`${key} ${attempt}`) * mostMs));
}
