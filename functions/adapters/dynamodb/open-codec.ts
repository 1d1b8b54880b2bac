import type { LinkCode } from "../../domain/link-code.ts";
import type { CountedDay, OpenDay } from "../../domain/open.ts";
import { type Key, openDateIn, openKey } from "./keys.ts";

/** The opens of one day as their item holds them, `v` counting its writes. */
export type OpenRow = Key & Omit<CountedDay, "date"> & { readonly v: number };

/** The item of a day, in its next version. */
export function encodeOpenDay(code: LinkCode, { date, ...day }: CountedDay, version: number): OpenRow {
  return { ...openKey(code, date), ...day, v: version };
}

/** A day as a bill's story tells it. */
export function decodeOpenDay({ first, last, humans, bots, marks, ...key }: OpenRow): OpenDay {
  return { date: openDateIn(key), first, last, humans, bots, marks };
}

/** The same with what was counted last. */
export const decodeCountedDay = (row: OpenRow): CountedDay => ({ ...decodeOpenDay(row), counted: row.counted });
