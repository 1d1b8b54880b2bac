import type { Load, Seen, Setting } from "./pacing-setting.ts";
import { PacingWorld } from "./pacing-world.ts";

/** What one simulation shows of one biller. */
export type PacingRow = {
  readonly what: string;
  readonly bills: number;
  readonly perSecond: number;
  /** Calls of the line ÷ (rate × seconds from the first queued message to the last call); absent for the small of two billers. */
  readonly utilization?: number;
  /** Calls of the line that made more than the rate fall into some second: those less than 1,000 ms after the one that is `rate` calls before. */
  readonly breaches: number;
  /** Seconds from the due minute to the call, the minute that passes before the sweep among them. */
  readonly latenessP50: number;
  readonly latenessP99: number;
  /** Most writes in one second on one lane of the due index: a claim or a new date is two. */
  readonly indexWritesPerSecond: number;
  /** Most writes in one second on one partition of the pace. */
  readonly paceWritesPerSecond: number;
  /** Of all bills of the simulation. */
  readonly paceWritesPerBill: number;
  readonly redatesPerBill: number;
  readonly delaysPerBill: number;
  /** Slots that were given and not used. */
  readonly lostSlots: number;
};

/** The least use of a rate, and what a partition of DynamoDB takes a second. */
const leastUtilization = 0.97;
const mostWrites = 1_000;
/** Nobody waits longer than this behind another's million: the horizon, the allowance and the two minutes of a sweep. */
const longestBesideSeconds = 360;

/** A Lambda holds ten messages, each for the seconds until its slot and its call. */
const concurrencyFor = (perSecond: number): number => Math.max(10, Math.ceil((perSecond * 2.6) / 10));

const big: Load = { biller: "example-power", line: "whatsapp#1", bills: 0 };
const smallBills = 1_000;

const settingOf = (perSecond: number, loads: readonly Load[]): Setting => ({
  perSecond,
  loads,
  concurrency: concurrencyFor(perSecond * new Set(loads.map(({ line }) => line)).size),
  lanes: 16,
  seed: 20_261_122,
});

function breachesOf(sorted: Float64Array, perSecond: number): number {
  let breaches = 0;
  for (let i = perSecond; i < sorted.length; i++) {
    if ((sorted[i] as number) - (sorted[i - perSecond] as number) < 1_000) breaches += 1;
  }
  return breaches;
}

type Shown = {
  readonly what: string;
  readonly setting: Setting;
  readonly seen: Seen;
  /** The calls of the biller, and those of its line. */
  readonly own: Float64Array;
  readonly line: Float64Array;
  /** Whether it is what keeps the line busy. */
  readonly isBig: boolean;
};

function rowOf({ what, setting, seen, own, line, isBig }: Shown): PacingRow {
  const { perSecond } = setting;
  const [sorted, onLine] = [own.toSorted(), line.toSorted()];
  const lateness = (share: number): number =>
    ((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) - seen.dueAt) / 1_000;
  const seconds = ((onLine.at(-1) ?? 0) - seen.startedAt) / 1_000;
  const all = seen.calls.length;
  return {
    what,
    bills: own.length,
    perSecond,
    ...(isBig && { utilization: line.length / (perSecond * seconds) }),
    breaches: breachesOf(onLine, perSecond),
    latenessP50: lateness(0.5),
    latenessP99: lateness(0.99),
    indexWritesPerSecond: seen.busiestLane,
    paceWritesPerSecond: seen.busiestPace,
    paceWritesPerBill: seen.paceWrites / all,
    redatesPerBill: seen.redates / all,
    delaysPerBill: seen.delays / all,
    lostSlots: seen.lost,
  };
}

/** So many bills of one biller due in one minute, at one rate. */
export async function simulateRate(bills: number, perSecond: number): Promise<PacingRow> {
  const setting = settingOf(perSecond, [{ ...big, bills }]);
  const seen = await new PacingWorld(setting).run();
  return rowOf({ what: `${perSecond}/s`, setting, seen, own: seen.calls, line: seen.calls, isBig: true });
}

/** A biller of a thousand bills beside one of many, all due in the same minute: each on its own line, or both on one. */
export async function simulateTwo(bills: number, perSecond: number, shared: boolean): Promise<readonly PacingRow[]> {
  const small: Load = { biller: "city-water", line: shared ? big.line : "whatsapp#2", bills: smallBills };
  const setting = settingOf(perSecond, [{ ...big, bills }, small]);
  const seen = await new PacingWorld(setting).run();
  return [seen.calls.subarray(0, bills), seen.calls.subarray(bills)].map((own, index) =>
    rowOf({
      what: `${perSecond}/s, two on ${shared ? "one line" : "two lines"}: ${index === 0 ? "big" : "small"}`,
      setting,
      seen,
      own,
      line: shared ? seen.calls : own,
      isBig: index === 0,
    }),
  );
}

/** Every rate of the figure, and a small biller beside the big one; the same in every run. */
export async function simulatePacing(size: number): Promise<readonly PacingRow[]> {
  const rows: PacingRow[] = [];
  for (const perSecond of [1, 20, 80, 1_000]) rows.push(await simulateRate(size, perSecond));
  for (const shared of [false, true]) rows.push(...(await simulateTwo(size, 80, shared)));
  return rows;
}

/**
 * Each figure that is missed, as a sentence; empty when all are reached. How much of a rate is used counts for lines that are busy for
 * `leastSeconds`: starting up weighs too much in less.
 */
export function missedPacing(rows: readonly PacingRow[], leastSeconds = 0): readonly string[] {
  return rows.flatMap(({ what, bills, perSecond, utilization, breaches, latenessP99, ...most }) => [
    ...(utilization !== undefined && bills >= perSecond * leastSeconds && utilization < leastUtilization
      ? [`${what}: only ${(utilization * 100).toFixed(1)} % of the rate is used`]
      : []),
    ...(breaches > 0 ? [`${what}: the rate is exceeded ${breaches} times`] : []),
    ...(most.indexWritesPerSecond > mostWrites
      ? [`${what}: ${most.indexWritesPerSecond} writes a second on one lane`]
      : []),
    ...(most.paceWritesPerSecond > mostWrites
      ? [`${what}: ${most.paceWritesPerSecond} writes a second on one line`]
      : []),
    ...(utilization === undefined && latenessP99 > longestBesideSeconds
      ? [`${what}: the small biller waits ${latenessP99.toFixed(0)} s`]
      : []),
  ]);
}
