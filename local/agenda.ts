import type { Activity } from "./activity.ts";

/** Things to be done at moments of the laptop's clock: delivery receipts, messages that become visible again, retries. */
export interface Agenda {
  /** Does `run` once the clock has reached `at` (milliseconds since 1970). */
  readonly at: (at: number, run: () => Promise<unknown>) => void;
  /** The earliest moment at which something waits. */
  readonly next: () => number | undefined;
  /** Starts everything whose moment is not after `now`; says whether there was any. */
  readonly startDue: (now: number) => boolean;
}

interface Entry {
  readonly at: number;
  readonly run: () => Promise<unknown>;
}

/** An empty agenda; what it starts is counted in `activity`. */
export function agenda(activity: Activity): Agenda {
  let entries: Entry[] = [];
  return {
    at: (at, run) => {
      entries.push({ at, run });
    },
    next: () => (entries.length === 0 ? undefined : entries.reduce((least, { at }) => Math.min(least, at), Infinity)),
    startDue: (now) => {
      const due = entries.filter(({ at }) => at <= now).sort((left, right) => left.at - right.at);
      if (due.length === 0) return false;
      entries = entries.filter(({ at }) => at > now);
      for (const { run } of due) activity.start(run);
      return true;
    },
  };
}
