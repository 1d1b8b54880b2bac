import * as z from "zod/mini";
import { BillInput } from "./bill-input.ts";
import { csvCells } from "./csv.ts";
import { addressColumns, consentsColumn, moneyColumns } from "./csv-columns.ts";
import { BillId } from "./ids.ts";
import type { ImportFormat } from "./import.ts";
import { CurrencyCode, fromDecimal } from "./money.ts";
import { cellsReject, type FieldPath, notDecimal, objectIn, type RowReject, rejectsOf } from "./row-fields.ts";
import type { FileRow } from "./row-splitter.ts";

/** One row of a file: a bill, or everything that is wrong with it; a refused row keeps its bill id if that could be read. */
export type BillRow =
  | { readonly outcome: "read"; readonly billId: BillId; readonly bill: BillInput }
  | { readonly outcome: "refused"; readonly billId?: BillId; readonly rejects: readonly RowReject[] };

/** Reads one row of a file. Throws an `UnreadableFile` where the quoting of a CSV row breaks. */
export type RowReader = (row: Pick<FileRow, "text" | "line">) => BillRow;

type Column = { readonly name: string; readonly path: readonly string[]; readonly isMoney: boolean };

/** The reader of a file's rows; `header` is the checked header of a CSV file. */
export function rowReader(format: ImportFormat, header: readonly string[] = []): RowReader {
  if (format === "ndjson") return ({ text }) => billFromJson(text);
  const columns = header.map((name) => ({
    name,
    path: pathOf(name),
    isMoney: (moneyColumns as readonly string[]).includes(name),
  }));
  return ({ text, line }) => billFromCells(columns, csvCells(text, line));
}

/** The name under which a reject of a field is told: the CSV column in which the field stands, or the NDJSON path. */
export function columnOf(path: FieldPath, format: ImportFormat, header: readonly string[] = []): string {
  const dotted = path.map(String).join(".");
  if (format === "ndjson") return dotted.slice(0, 100);
  if (dotted.startsWith(`${consentsColumn}.`)) return consentsColumn;
  if (dotted === "customer.addresses") return addressColumns.find((name) => header.includes(name)) ?? dotted;
  for (const name of moneyColumns) {
    if (dotted === `${name}.value`) return name;
    if (dotted === `${name}.currency`) return "currency";
  }
  return dotted;
}

/** The bill's own field under a column; a key of the metadata may hold dots itself. */
const pathOf = (name: string): readonly string[] =>
  name.startsWith("metadata.") ? ["metadata", name.slice("metadata.".length)] : name.split(".");

function billFromCells(columns: readonly Column[], cells: readonly string[]): BillRow {
  const header = columns.map(({ name }) => name);
  const misfit = cellsReject(header, cells);
  if (misfit) return { outcome: "refused", rejects: [misfit] };
  const currencyCell = cells[columns.findIndex(({ name }) => name === "currency")] || undefined;
  const currency = z.safeParse(CurrencyCode, currencyCell);
  const bill = emptyTree();
  place(bill, ["customer", "addresses"], emptyTree());
  let billId: string | undefined;
  const rejects: RowReject[] = [];
  const notUnderstood = new Set<string>();
  if (!currency.success) rejects.push(...rejectsOf(currency.error, currencyCell, () => "currency"));
  for (const [n, { name, path, isMoney }] of columns.entries()) {
    const cell = cells[n];
    if (!cell || name === "currency") continue;
    if (name === "billId") billId = cell;
    else if (name === consentsColumn) place(bill, path, cell.split(/\s+/).filter(Boolean));
    else if (!isMoney) place(bill, path, cell);
    else {
      const amount = currency.success ? fromDecimal(cell, currency.data) : undefined;
      if (amount) place(bill, path, amount);
      else notUnderstood.add(name);
      if (currency.success && !amount) rejects.push({ column: name, message: notDecimal(currency.data) });
    }
  }
  const row = judged({ billId, bill }, (path) => columnOf(path, "csv", header));
  if (row.outcome === "read") return rejects.length === 0 ? row : { outcome: "refused", billId: row.billId, rejects };
  // What was not understood is absent from the bill, and is not to be called missing as well.
  return { ...row, rejects: [...rejects, ...row.rejects.filter(({ column }) => !notUnderstood.has(column))] };
}

function billFromJson(text: string): BillRow {
  const line = objectIn(text);
  if ("reject" in line) return { outcome: "refused", rejects: [line.reject] };
  const { billId, ...bill } = line.object;
  return judged({ billId, bill }, (path) => columnOf(path, "ndjson"));
}

function judged(
  input: { readonly billId: unknown; readonly bill: unknown },
  nameOf: (path: FieldPath) => string,
): BillRow {
  const billId = z.safeParse(BillId, input.billId);
  const bill = z.safeParse(BillInput, input.bill);
  if (billId.success && bill.success) return { outcome: "read", billId: billId.data, bill: bill.data };
  const rejects = [
    ...(billId.success ? [] : rejectsOf(billId.error, input.billId, () => "billId")),
    ...(bill.success ? [] : rejectsOf(bill.error, input.bill, nameOf)),
  ];
  return { outcome: "refused", ...(billId.success && { billId: billId.data }), rejects };
}

type Tree = { [key: string]: unknown };

/** Without a prototype, so that no column can reach it. */
const emptyTree = (): Tree => Object.create(null) as Tree;

function place(tree: Tree, path: readonly string[], value: unknown): void {
  let inner = tree;
  for (const key of path.slice(0, -1)) {
    inner[key] ??= emptyTree();
    inner = inner[key] as Tree;
  }
  const last = path.at(-1);
  if (last !== undefined) inner[last] = value;
}
