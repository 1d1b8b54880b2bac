import type { Lane } from "../domain/link-code.ts";
import { type Moment, minuteMs } from "../domain/local-time.ts";
import { sweepPace } from "../domain/pace.ts";
import { minuteText } from "../domain/progress.ts";
import type { DueEntry, Ports } from "../ports.ts";

type SweepPorts = Pick<Ports, "dueIndex" | "watermarks" | "dueQueues" | "clock" | "timer">;

/** `superseded`: another sweep of the lane is under way; `out-of-time`: the next minute's sweep goes on from here. */
export type Swept = { readonly outcome: "done" | "superseded" | "out-of-time"; readonly queued: number };

/** A fresh deployment starts where no bill can be due before it: everything older than this was registered by nobody. */
const beforeEverything = "1970-01-01T00:00";

/**
 * Queues what is due in a lane, from the watermark up to the minute before this one: later minutes may still get entries. The
 * watermark moves after each page, so that a crash repeats a page (which the queue's reader tells apart) and loses none.
 */
export async function sweepDueLane(
  ports: SweepPorts,
  command: { readonly lane: Lane; readonly deadline: Moment },
): Promise<Swept> {
  const before = minuteText(ports.clock.now());
  const watermark = await ports.watermarks.get(command.lane);
  let position: string | DueEntry = watermark?.position ?? beforeEverything;
  let version = watermark?.version ?? 0;
  let queued = 0;
  if (typeof position === "string" && position >= before) return { outcome: "done", queued };
  while (ports.clock.now() < command.deadline - minuteMs / 12) {
    const startedAt = ports.clock.now();
    const pace = sweepPace(startedAt);
    const page: readonly DueEntry[] = await ports.dueIndex.find(command.lane, {
      after: position,
      before,
      limit: pace.bills,
    });
    await ports.dueQueues.send(page.map(({ pk, sk, due }) => ({ pk, sk, due })));
    queued += page.length;
    const last = page.at(-1);
    const finished = page.length < pace.bills || last === undefined;
    position = finished ? before : last;
    if (!(await ports.watermarks.advance(command.lane, position, version))) return { outcome: "superseded", queued };
    version += 1;
    if (finished) return { outcome: "done", queued };
    await ports.timer.until(startedAt + pace.ms);
  }
  return { outcome: "out-of-time", queued };
}
