import type { Mark } from "./attribution.ts";
import type { BillerId, BillId } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import type { LocalDate, Moment } from "./local-time.ts";
import { shortHash } from "./short-hash.ts";

/** One opening of a bill's page, as its Lambda's log line tells it: ids only. */
export type LinkOpened = {
  readonly biller: BillerId;
  readonly billId: BillId;
  /** `bot`: a link preview, a scanner or a crawler. */
  readonly by: "human" | "bot";
  readonly mark?: Mark;
  readonly at: Moment;
  /** Tells the same line told twice from another. */
  readonly id: string;
};

/** The same under the bill it is about, on the day it was in the biller's zone; its mark is one of a notification of the bill. */
export type LinkOpen = LinkOpened & { readonly code: LinkCode; readonly date: LocalDate };

/** How often a page was opened on one day of the biller's zone. */
export type OpenDay = {
  readonly date: LocalDate;
  readonly first: Moment;
  readonly last: Moment;
  readonly humans: number;
  readonly bots: number;
  /** Opens by humans, by the mark of the link they came with. */
  readonly marks: Readonly<Record<Mark, number>>;
};

/** A day as it is kept: with the short names of the opens counted last, so that one told again is not counted again. */
export type CountedDay = OpenDay & { readonly counted: readonly string[] };

/** How many opens a day remembers: one told again after so many others of the same bill and day counts twice. */
const leastRemembered = 60;
/** However many were told together, an item of the table has room for so many. */
const mostRemembered = 5_000;

/** The day with opens of its date counted that it does not remember; undefined where it remembers them all. */
export function countOpens(before: CountedDay | undefined, opens: readonly LinkOpen[]): CountedDay | undefined {
  const remembered = new Set(before?.counted);
  const fresh = new Map(
    opens.map((open) => [shortHash(open.id), open] as const).filter(([name]) => !remembered.has(name)),
  );
  const [one] = fresh.values();
  if (!one) return undefined;
  const told = [...fresh.values()];
  const moments = told.map(({ at }) => at);
  const marks: Record<Mark, number> = { ...before?.marks };
  for (const { by, mark } of told) if (by === "human" && mark !== undefined) marks[mark] = (marks[mark] ?? 0) + 1;
  const humans = told.filter(({ by }) => by === "human").length;
  const kept = Math.min(Math.max(leastRemembered, told.length), mostRemembered);
  return {
    date: one.date,
    first: Math.min(before?.first ?? one.at, ...moments),
    last: Math.max(before?.last ?? one.at, ...moments),
    humans: (before?.humans ?? 0) + humans,
    bots: (before?.bots ?? 0) + told.length - humans,
    marks,
    counted: [...remembered, ...fresh.keys()].slice(-kept),
  };
}
