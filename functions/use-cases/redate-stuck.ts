import { goOn, isClosing } from "../domain/decision.ts";
import type { Lane } from "../domain/link-code.ts";
import { type Moment, minuteMs } from "../domain/local-time.ts";
import { type Cursor, cursorAt, minuteText } from "../domain/progress.ts";
import type { DueEntry, Ports } from "../ports.ts";
import { type DueItem, readDueItem } from "./due-item.ts";

type RedatePorts = Pick<
  Ports,
  "dueIndex" | "watermarks" | "bills" | "payments" | "billers" | "notifications" | "clock"
>;

/** `redated`: will be swept again; `ended`: hops given up as technical failures. */
export type Redated = { readonly redated: number; readonly ended: number };

/** Longer than a message can still be under way in its queue: visibility times receives, with room. */
const leftBehindMs = 20 * minuteMs;
const mostRedatings = 2;
const pageSize = 100;

/**
 * The slow pass: whatever still stands in the index well below the watermark was lost on its way (a dead letter, an entry that came
 * late). It is dated anew; the third time its hop ends as a technical failure. A last look is no hop: it is dated anew until it works.
 */
export async function redateStuck(
  ports: RedatePorts,
  command: { readonly lane: Lane; readonly deadline: Moment },
): Promise<Redated> {
  const swept = (await ports.watermarks.get(command.lane))?.position ?? "";
  const sweptText = typeof swept === "string" ? swept : swept.due;
  const oldText = minuteText(ports.clock.now() - leftBehindMs);
  const before = [sweptText, oldText].sort()[0] ?? oldText;
  const total = { redated: 0, ended: 0 };
  let after: string | DueEntry = "";
  while (ports.clock.now() < command.deadline - 5_000) {
    const page: readonly DueEntry[] = await ports.dueIndex.find(command.lane, { after, before, limit: pageSize });
    for (const entry of page) {
      const outcome = await redate(ports, entry);
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
  if (redated > mostRedatings && !isClosing(cursor)) return (await endHop(ports, item, cursor)) ? "ended" : undefined;
  const again = { ...cursorAt({ ...cursor, at: now }, item.bill.biller, now), redated };
  return (await item.save({ ...item.progress, cursor: again })) ? "redated" : undefined;
}

async function endHop(ports: RedatePorts, item: DueItem, cursor: Cursor): Promise<boolean> {
  const now = ports.clock.now();
  const failure = { kind: "technical-failure", reason: "left-behind" } as const;
  await ports.notifications.record(item.notificationKey(cursor.step, cursor.hop), {
    channel: cursor.channel,
    failedAt: now,
    failure,
  });
  const onward = item.passOn(cursor, now);
  return (await item.save(goOn(item.progress, onward, { biller: item.bill.biller, now }))) !== undefined;
}
