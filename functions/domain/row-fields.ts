import type * as z from "zod/mini";
import { exponentOf } from "./money.ts";

/** What is wrong with one row: the column (CSV name or dotted path; empty for the whole row) and why. */
export type RowReject = { readonly column: string; readonly message: string };

/** A path as zod tells it. */
export type FieldPath = readonly PropertyKey[];

/** What is wrong with a row that has another number of cells than the header; undefined for one that fits. */
export function cellsReject(columns: readonly string[], cells: readonly string[]): RowReject | undefined {
  if (cells.length === columns.length) return undefined;
  const message = `the row has ${cells.length} cells, the header ${columns.length}`;
  return { column: columns[cells.length] ?? "", message };
}

/** The object that a line of NDJSON holds, or what is wrong with the line. */
export function objectIn(
  text: string,
): { readonly object: Readonly<Record<string, unknown>> } | { readonly reject: RowReject } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reject: { column: "", message: "is not valid JSON" } };
  }
  return typeof value !== "object" || value === null || Array.isArray(value)
    ? { reject: { column: "", message: "must be a JSON object" } }
    : { object: value as Record<string, unknown> };
}

/** Why a cell is no amount of the currency. */
export function notDecimal(currency: string): string {
  const places = exponentOf(currency);
  const most = places === 0 ? "without decimal places" : `with at most ${places} decimal places`;
  return `must be a decimal amount of ${currency} ${most}, such as ${(1249).toFixed(places)}`;
}

/** Everything a schema refused of `input`, each under the name of its column. */
export function rejectsOf(
  error: z.core.$ZodError,
  input: unknown,
  nameOf: (path: FieldPath) => string = (path) => path.map(String).join(".").slice(0, 100),
): RowReject[] {
  return error.issues.flatMap((issue): RowReject[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ column: nameOf([...issue.path, key]), message: "is not a known field" }));
    }
    const inner = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
    const isMissing = valueAt(input, issue.path) === undefined;
    return [{ column: nameOf(issue.path), message: isMissing ? "is required" : (inner ?? issue.message) }];
  });
}

const valueAt = (value: unknown, path: FieldPath): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
