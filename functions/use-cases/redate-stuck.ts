import { isClosing } from "../domain/decision.ts";
import type { Lane } from "../domain/link-code.ts";
import { type Moment, minuteMs } from "../domain/local-time.ts";
import { cursorAt, minuteText, parseDue } from "../domain/progress.ts";
import type { DueEntry, Ports } from "../ports.ts";
import { type ItemPorts, readDueItem } from "./due-item.ts";
import { endHop } from "./follow-decision.ts";

type RedatePorts = ItemPorts & Pick<Ports, "dueIndex" | "watermarks" | "notifications" | "events" | "clock">;

/** `redated`: will be swept again; `ended`: hops given up as technical failures; `failed`: items that could not be read or written. */
export type Redated = { readonly redated: number; readonly ended: number; readonly failed: number };

/**
 * How long an item must be left behind the first, second and third time. The first is longer than a message can be under way in its
 * queue (a delay until its slot, then visibility times receives, with room); the others outlast an outage of the sender, since a hop that is given up is not caught up.
 */
const leftBehindMs = [40 * minuteMs, 3 * 60 * minuteMs, 24 * 60 * minuteMs] as const;
const pageSize = 100;

/**
 * The slow pass: whatever still stands in the index well below the watermark was lost on its way (a dead letter, an entry that came
 * late, a sender that is down). It is dated anew; the third time, a day later, its hop ends as a technical failure. A last look is no
 * hop: it is dated anew until it works.
 */
export async function redateStuck(
  ports: RedatePorts,
  command: { readonly lane: Lane; readonly deadline: Moment },
): Promise<Redated> {
  const swept = (await ports.watermarks.get(command.lane))?.position ?? "";
  const sweptText = typeof swept === "string" ? swept : swept.due;
  const oldText = minuteText(ports.clock.now() - leftBehindMs[0]);
  const before = [sweptText, oldText].sort()[0] ?? oldText;
  const total = { redated: 0, ended: 0, failed: 0 };
  let after: string | DueEntry = "";
  while (ports.clock.now() < command.deadline - 5_000) {
    const page: readonly DueEntry[] = await ports.dueIndex.find(command.lane, { after, before, limit: pageSize });
    for (const entry of page) {
      // One item that cannot be read must not keep the pass from those behind it.
      const outcome = await redate(ports, entry).catch(() => "failed" as const);
      if (outcome) total[outcome] += 1;
    }
    const last = page.at(-1);
    if (page.length < pageSize || !last) break;
    after = last;
  }
  return total;
}

async function redate(ports: RedatePorts, entry: DueEntry): Promise<keyof Redated | undefined> {
  const item = await readDueItem(ports, entry, { consistent: true });
  const cursor = item?.progress.cursor;
  if (!item || cursor?.due !== entry.due) return undefined;
  const now = ports.clock.now();
  const redated = (cursor.redated ?? 0) + 1;
  const patience = leftBehindMs[redated - 1];
  const since = Date.parse(`${parseDue(entry.due).minute}Z`);
  if (now < since + (patience ?? leftBehindMs[2])) return undefined;
  const isLast = redated >= leftBehindMs.length;
  if (isLast && !isClosing(cursor)) return (await endHop(ports, item, "left-behind")) === "ended" ? "ended" : undefined;
  const again = { ...cursor, ...cursorAt({ ...cursor, at: now }, item.bill.biller, now), redated };
  return (await item.save({ ...item.progress, cursor: again })) ? "redated" : undefined;
}
