import { mondayOf } from "../../functions/domain/local-time.ts";
import type { FrequencyCaps, SpendStore } from "../../functions/ports.ts";
import type { MemoryTable } from "./memory-table.ts";

type Counted = { readonly week: readonly string[]; readonly days: Readonly<Record<string, readonly string[]>> };

const none = Number.POSITIVE_INFINITY;
const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one];

/** The caps on reminders in memory. */
export function memoryFrequencyCaps(table: MemoryTable): FrequencyCaps {
  return {
    async take({ biller, customer, day, reminder, limits }) {
      const [pk, sk] = [`CUSTOMER#${biller}#${customer}`, `CAP#${mondayOf(day)}`];
      const known = table.get(pk, sk, { consistent: true }) as Counted | undefined;
      const { week, days } = known ?? { week: [], days: {} };
      const today = days[day] ?? [];
      if (!week.includes(reminder) && week.length >= (limits.perWeek ?? none)) return "week-full";
      if (!today.includes(reminder) && today.length >= (limits.perDay ?? none)) return "day-full";
      const value: Counted = { week: withOne(week, reminder), days: { ...days, [day]: withOne(today, reminder) } };
      table.put(pk, sk, { value });
      return "taken";
    },
  };
}

/** What the billers' messages cost, in memory. */
export function memorySpendStore(table: MemoryTable): SpendStore {
  return {
    async giveBack({ biller, channel, day, micros, prefix }) {
      const [pk, sk] = [`BILLER#${biller}`, `SPEND#${channel}#${day}`];
      const spent = (table.get(pk, sk, { consistent: true }) ?? {}) as Readonly<Record<string, number>>;
      const less = (name: string): number => (spent[name] ?? 0) - micros;
      const value = { ...spent, all: less("all"), ...(prefix && { [prefix.digits]: less(prefix.digits) }) };
      table.put(pk, sk, { value });
    },
    async take({ biller, channel, day, micros, limitMicros, prefix }) {
      const [pk, sk] = [`BILLER#${biller}`, `SPEND#${channel}#${day}`];
      const spent = (table.get(pk, sk, { consistent: true }) ?? {}) as Readonly<Record<string, number>>;
      const after = (name: string): number => (spent[name] ?? 0) + micros;
      if (after("all") > limitMicros) return "day-spent";
      if (prefix && after(prefix.digits) > prefix.limitMicros) return "prefix-spent";
      const value = { ...spent, all: after("all"), ...(prefix && { [prefix.digits]: after(prefix.digits) }) };
      table.put(pk, sk, { value });
      return "taken";
    },
  };
}
