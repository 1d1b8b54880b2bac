import * as z from "zod/mini";
import { csvCells } from "./csv.ts";
import { namedHeader } from "./csv-columns.ts";
import type { ImportFormat } from "./import.ts";
import { cellsReject, objectIn, type RowReject, rejectsOf } from "./row-fields.ts";
import type { FileRow } from "./row-splitter.ts";

/** One row of a file of coupon codes: a code, or everything that is wrong with it. */
export type CouponRow =
  | { readonly outcome: "read"; readonly code: string }
  | { readonly outcome: "refused"; readonly rejects: readonly RowReject[] };

/** The header of a CSV file of coupon codes, checked; throws an `UnreadableFile`. */
export const couponHeader = namedHeader(["code"]);

const Fields = z.strictObject({
  code: z.string().check(z.regex(/^[A-Za-z0-9-]{4,40}$/, "must be 4 to 40 characters of A-Z a-z 0-9 -")),
});

/** The reader of a file's coupon codes; `header` is the checked header of a CSV file. */
export function couponReader(format: ImportFormat, header: readonly string[] = []) {
  return ({ text, line }: Pick<FileRow, "text" | "line">): CouponRow => {
    if (format === "csv") {
      const cells = csvCells(text, line);
      const misfit = cellsReject(header, cells);
      return misfit ? { outcome: "refused", rejects: [misfit] } : couponFrom({ code: cells[0]?.trim() });
    }
    const row = objectIn(text);
    return "reject" in row ? { outcome: "refused", rejects: [row.reject] } : couponFrom(row.object);
  };
}

function couponFrom(row: Readonly<Record<string, unknown>>): CouponRow {
  const read = z.safeParse(Fields, row);
  return read.success
    ? { outcome: "read", code: read.data.code }
    : { outcome: "refused", rejects: rejectsOf(read.error, row) };
}
