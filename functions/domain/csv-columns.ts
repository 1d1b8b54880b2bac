import { type ImportReject, UnreadableFile } from "./import.ts";

/** The columns that hold an amount in major units of the row's currency. */
export const moneyColumns = ["amountDue", "minimum", "early.amount", "late.amount"] as const;

/** The columns of which a file must have one, and a row must fill one. */
export const addressColumns = [
  "customer.addresses.whatsapp",
  "customer.addresses.sms",
  "customer.addresses.email",
] as const;

/** The column of the channels that the customer has consented to, with spaces between them. */
export const consentsColumn = "customer.consents";

const requiredColumns = ["billId", "customer.id", "title", "amountDue", "currency", "dueDate"] as const;

/** Every column of a CSV file but `metadata.<key>`; the names are those of the API with dots, but for `billId` and `currency`. */
export const csvColumns: ReadonlySet<string> = new Set([
  ...requiredColumns,
  "customer.name",
  "customer.language",
  "customer.timeZone",
  consentsColumn,
  ...addressColumns,
  "category",
  "exactness",
  ...moneyColumns,
  "early.until",
  "late.from",
  "issuedOn",
  "expiresOn",
  "asOf",
  "clickPayUrl",
]);

const mostColumns = 100;
const metadataColumn = /^metadata\.[A-Za-z0-9._-]{1,40}$/;

type Columns = {
  readonly required: readonly string[];
  readonly oneOf?: readonly string[];
  /** What is wrong with a column; undefined for one that is known. */
  readonly whyUnknown: (column: string) => string | undefined;
};

/** The header of a CSV file of bills, checked; throws an `UnreadableFile` that names every column that is wrong or missing. */
export const csvHeader = (cells: readonly string[], line: number): readonly string[] =>
  checkedHeader(cells, line, { required: requiredColumns, oneOf: addressColumns, whyUnknown: whyNoBillColumn });

/** The same of a file whose columns are all named: those that each file must have, and those that it may have. */
export const namedHeader =
  (required: readonly string[], others: readonly string[] = [], oneOf?: readonly string[]) =>
  (cells: readonly string[], line: number): readonly string[] =>
    checkedHeader(cells, line, {
      required,
      ...(oneOf && { oneOf }),
      whyUnknown: (column) =>
        [...required, ...others, ...(oneOf ?? [])].includes(column) ? undefined : whyUnknown(column),
    });

function checkedHeader(cells: readonly string[], line: number, columns: Columns): readonly string[] {
  const rejects: ImportReject[] = [];
  const refuse = (column: string, message: string): void => {
    rejects.push({ line, column: column.slice(0, 100), message });
  };
  if (cells.length > mostColumns)
    refuse("", `the header has ${cells.length} columns; at most ${mostColumns} are taken`);
  const seen = new Set<string>();
  for (const column of cells) {
    const wrong = seen.has(column) ? "stands in the header twice" : columns.whyUnknown(column);
    if (wrong !== undefined) refuse(column, wrong);
    seen.add(column);
  }
  for (const column of columns.required) if (!seen.has(column)) refuse(column, "is missing from the header");
  const { oneOf } = columns;
  if (oneOf && !oneOf.some((column) => seen.has(column)))
    refuse(oneOf[1] ?? "", `the header has none of ${oneOf.join(", ")}`);
  const [first, ...others] = rejects;
  if (first) throw new UnreadableFile([first, ...others]);
  return cells;
}

function whyNoBillColumn(column: string): string | undefined {
  if (csvColumns.has(column) || metadataColumn.test(column)) return undefined;
  if (column.startsWith("items")) return "line items are only taken as NDJSON";
  if (column.startsWith("metadata.")) return "must be metadata. and a key of 1 to 40 characters of A-Z a-z 0-9 . _ -";
  return whyUnknown(column);
}

const whyUnknown = (column: string): string =>
  column === "" ? "a column of the header has no name" : "is not a known column";
