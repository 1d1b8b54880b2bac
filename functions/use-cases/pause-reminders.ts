import { invalidInput } from "../domain/errors.ts";
import type { Moment } from "../domain/local-time.ts";
import { type ChangedBill, type ChangePorts, changeBill, type NamedBill } from "./change-bill.ts";

const longestPauseMs = 400 * 86_400_000;

/** Holds every reminder of a bill back until a moment; its link and its receipts go on. Throws invalid-input for a moment that has passed. */
export async function pauseReminders(
  ports: ChangePorts,
  command: NamedBill & { readonly until: Moment },
): Promise<ChangedBill> {
  return await changeBill(ports, command, (bill, now) => {
    if (command.until <= now)
      throw invalidInput("A pause must end in the future.", [{ path: "until", message: "must be in the future" }]);
    if (command.until > now + longestPauseMs)
      throw invalidInput("A pause is 400 days at most.", [{ path: "until", message: "must be within 400 days" }]);
    return { ...bill, pausedAt: now, pausedUntil: command.until };
  });
}
