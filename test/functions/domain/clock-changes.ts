import type { LocalDate, LocalTime, Moment } from "../../../functions/domain/local-time.ts";

/** A moment at which the clocks of a zone are put forward or back; offsets in milliseconds east of UTC. */
export type ClockChange = { readonly at: Moment; readonly before: number; readonly after: number };

/** What the clocks of a zone show, asked of the platform's own calendar rather than of what is tested. */
export type Clocks = { readonly zone: string; offsetAt(at: Moment): number };

const dayMs = 86_400_000;

/** The clocks of a zone. */
export function clocksOf(zone: string): Clocks {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return {
    zone,
    offsetAt: (at) => {
      const [year = 0, month = 1, day, hour, minute, second] = (format.format(at).match(/\d+/g) ?? []).map(Number);
      return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
    },
  };
}

/** The date and time of day that clocks show `offset` east of UTC. */
export function shownAt(at: Moment, offset: number): { readonly date: LocalDate; readonly time: LocalTime } {
  const text = new Date(at + offset).toISOString();
  return { date: text.slice(0, 10) as LocalDate, time: text.slice(11, 16) as LocalTime };
}

/** Every change of clocks from `from` to `to`, unless one is taken back within ten days. */
export function changesBetween(clocks: Clocks, from: Moment, to: Moment): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  let offset = clocks.offsetAt(from);
  for (let at = from; at < to; at += 10 * dayMs) {
    const next = clocks.offsetAt(at + 10 * dayMs);
    if (next !== offset) changes.push({ ...changeIn(clocks, at, at + 10 * dayMs), before: offset, after: next });
    offset = next;
  }
  return changes;
}

function changeIn(clocks: Clocks, from: Moment, to: Moment): { readonly at: Moment } {
  const before = clocks.offsetAt(from);
  let [low, high] = [Math.floor(from / 60_000), Math.floor(to / 60_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clocks.offsetAt(middle * 60_000) === before) low = middle;
    else high = middle;
  }
  return { at: high * 60_000 };
}
