import type { BillInput } from "../domain/bill-input.ts";
import { columnOf, rowReader } from "../domain/bill-row.ts";
import { couponReader } from "../domain/coupon-row.ts";
import { creditReader } from "../domain/credit-row.ts";
import type { FieldError } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import type { ImportRecord, RangeResult } from "../domain/import.ts";
import type { RowReject } from "../domain/row-fields.ts";
import type { FileRow } from "../domain/row-splitter.ts";
import type { Ports } from "../ports.ts";
import { addCoupons } from "./add-coupons.ts";
import { type CreditPorts, recordCredit } from "./record-credit.ts";

/** Registers one bill. Throws a `DuebellError` that cannot be retried for a bill that cannot be registered. */
export type Register = (command: {
  readonly biller: BillerId;
  readonly billId: BillId;
  readonly bill: BillInput;
}) => Promise<{ readonly outcome: "registered" | "amended" | "unchanged" }>;

/** What the rows of an import work with; bills are registered by `register`. */
export type RowPorts = Pick<Ports, "imports" | "importFiles" | "couponPool"> & CreditPorts;

/** What a row is counted as. */
export type RowCount = Exclude<keyof RangeResult, "rejected" | "rejects">;

/** One row as it was read again: what is wrong with it, or what is to be done. */
export type ReadRow =
  | { readonly outcome: "refused"; readonly rejects: readonly RowReject[] }
  | { readonly outcome: "read"; readonly work: () => Promise<RowCount> };

/** How the rows of an import are worked off one by one. */
export type RowKind = {
  readonly read: (row: FileRow) => ReadRow;
  /** The column under which the refusal of a whole row is told, and of one of its fields. */
  readonly idColumn: string;
  readonly columnOf: (field: FieldError) => string;
};

const countOfCredit = {
  applied: "registered",
  unchanged: "unchanged",
  proposed: "proposed",
  unmatched: "unmatched",
} as const;

/** How the bills or credits of a file are worked off; coupons are added together. */
export const rowKind = (ports: CreditPorts, record: ImportRecord, register: Register): RowKind =>
  record.of === "credits" ? creditKind(ports, record) : billKind(record, register);

function creditKind(ports: CreditPorts, { biller, format, columns }: ImportRecord): RowKind {
  const read = creditReader(format, columns);
  return {
    read: (row) => {
      const line = read(row);
      if (line.outcome === "refused") return line;
      const { credit } = line;
      return {
        outcome: "read",
        work: async () => countOfCredit[(await recordCredit(ports, { biller, credit })).outcome],
      };
    },
    idColumn: "reference",
    columnOf: ({ path }) => path,
  };
}

function billKind({ biller, format, columns }: ImportRecord, register: Register): RowKind {
  const read = rowReader(format, columns);
  return {
    read: (row) => {
      const line = read(row);
      if (line.outcome === "refused") return line;
      const { billId, bill } = line;
      return { outcome: "read", work: async () => (await register({ biller, billId, bill })).outcome };
    },
    idColumn: "billId",
    columnOf: ({ path }) => columnOf(path.split("."), format, columns),
  };
}

/** Adds the codes of these rows together, in their order; every row was read before. */
export async function addCodes(
  ports: Pick<Ports, "couponPool">,
  record: ImportRecord,
  rows: readonly FileRow[],
): Promise<RangeResult> {
  const { biller, offer, format, columns } = record;
  if (offer === undefined) throw new TypeError("an import of coupons has no offer");
  const read = couponReader(format, columns);
  const codes = rows.map(read).flatMap((row) => (row.outcome === "read" ? [row.code] : []));
  const { added, known } = await addCoupons(ports, { biller, offer, codes });
  return { registered: added, amended: 0, unchanged: known, rejected: 0, rejects: [] };
}
