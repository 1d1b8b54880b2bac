import type { LinkOpened } from "../domain/open.ts";
import { LinkOpenedLine } from "../messages.ts";
import { jsonIn } from "./json-in.ts";
import { logEventsIn } from "./log-events.ts";

/** The opens that a subscription to the page's log told, and how many other lines it held, by why they are none. */
export type OpenLogReading = {
  readonly lines: readonly LinkOpened[];
  readonly skipped: Readonly<Partial<Record<"control-message" | "not-an-open", number>>>;
};

/** Reads what CloudWatch Logs hands a subscriber of the page's log group; throws invalid-input where the whole is no such event. */
export function readOpenLog(event: unknown): OpenLogReading {
  const { isControlMessage, events, malformed } = logEventsIn(event);
  if (isControlMessage) return { lines: [], skipped: { "control-message": 1 } };
  const lines = events.flatMap(({ id, timestamp: at, message }): LinkOpened[] => {
    const read = LinkOpenedLine.safeParse(jsonIn(message));
    if (!read.success || at === undefined || id === "") return [];
    const { biller, billId, by, mark } = read.data;
    return [{ biller, billId, by, ...(mark !== undefined && { mark }), at, id }];
  });
  const others = events.length + malformed - lines.length;
  return { lines, skipped: others > 0 ? { "not-an-open": others } : {} };
}
