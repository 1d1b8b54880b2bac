import { rowReader } from "./bill-row.ts";
import { couponHeader, couponReader } from "./coupon-row.ts";
import { creditHeader, creditReader } from "./credit-row.ts";
import { csvHeader } from "./csv-columns.ts";
import type { ImportFormat, ImportOf } from "./import.ts";
import type { RowReject } from "./row-fields.ts";
import type { FileRow } from "./row-splitter.ts";

/** What the first reading of a file must know of a row: what must stand in the file only once, and what is wrong with it. */
export type RowVerdict = { readonly id?: string; readonly rejects: readonly RowReject[] };

/** How the first reading goes over the rows of one kind of file. */
export type FileKind = {
  readonly header: (cells: readonly string[], line: number) => readonly string[];
  readonly judge: (
    format: ImportFormat,
    header?: readonly string[],
  ) => (row: Pick<FileRow, "text" | "line">) => RowVerdict;
  /** The column of what must stand in the file only once, and what it is called. */
  readonly id: { readonly column: string; readonly word: string };
};

const verdict = (
  id: string | undefined,
  row: { readonly outcome: "read" } | { readonly outcome: "refused"; readonly rejects: readonly RowReject[] },
): RowVerdict => ({ ...(id !== undefined && { id }), rejects: row.outcome === "refused" ? row.rejects : [] });

/** Every kind of file. */
export const fileKinds: Readonly<Record<ImportOf, FileKind>> = {
  bills: {
    header: csvHeader,
    judge: (...file) => {
      const read = rowReader(...file);
      return (row) => {
        const bill = read(row);
        return verdict(bill.billId, bill);
      };
    },
    id: { column: "billId", word: "bill" },
  },
  credits: {
    header: creditHeader,
    judge: (...file) => {
      const read = creditReader(...file);
      return (row) => {
        const credit = read(row);
        return verdict(credit.reference, credit);
      };
    },
    id: { column: "reference", word: "reference" },
  },
  coupons: {
    header: couponHeader,
    judge: (...file) => {
      const read = couponReader(...file);
      return (row) => {
        const coupon = read(row);
        return verdict(coupon.outcome === "read" ? coupon.code : undefined, coupon);
      };
    },
    id: { column: "code", word: "code" },
  },
};
