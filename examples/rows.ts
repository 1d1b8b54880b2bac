/** The columns of the bills. */
const columns = [
  "billId",
  "customer.id",
  "customer.name",
  "customer.language",
  "customer.addresses.whatsapp",
  "customer.addresses.sms",
  "customer.addresses.email",
  "title",
  "category",
  "amountDue",
  "currency",
  "exactness",
  "minimum",
  "early.until",
  "early.amount",
  "late.from",
  "late.amount",
  "issuedOn",
  "dueDate",
  "expiresOn",
  "metadata.meter",
] as const;

/** One row of them; what is left out is an empty cell. */
export type Row = Partial<Record<(typeof columns)[number], string>>;

/** Paise as rupees, in decimal. */
export const rupees = (paise: number): string => `${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, "0")}`;

const written = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csv = (names: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string =>
  [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))]
    .map((cells) => `${cells.map((cell) => written(cell.normalize("NFC"))).join(",")}\n`)
    .join("");

/** Bills as a file, under the names of its columns. */
export const csvOf = (rows: readonly Row[]): string => csv(columns, rows);

/** The columns of bank credits. */
const creditColumns = ["reference", "amount", "currency", "creditedOn", "rrn", "billId", "narration"] as const;

/** Bank credits as a file. */
export const creditsCsvOf = (rows: readonly Partial<Record<(typeof creditColumns)[number], string>>[]): string =>
  csv(creditColumns, rows);
