import * as z from "zod/mini";
import type { Credit } from "./credit.ts";
import { csvCells } from "./csv.ts";
import { namedHeader } from "./csv-columns.ts";
import { BillId } from "./ids.ts";
import type { ImportFormat } from "./import.ts";
import { Instant, LocalDate } from "./local-time.ts";
import { CurrencyCode, fromDecimal } from "./money.ts";
import { PaymentTold } from "./payment.ts";
import { cellsReject, notDecimal, objectIn, type RowReject, rejectsOf } from "./row-fields.ts";
import type { FileRow } from "./row-splitter.ts";

/** One row of a file of bank credits: a credit, or everything that is wrong with it. */
export type CreditRow =
  | { readonly outcome: "read"; readonly reference: string; readonly credit: Credit }
  | { readonly outcome: "refused"; readonly reference?: string; readonly rejects: readonly RowReject[] };

const days = ["creditedOn", "creditedAt"] as const;
const others = ["rrn", "txid", "endToEndId", "billId", "narration"] as const;

/** The header of a CSV file of credits, checked; throws an `UnreadableFile`. */
export const creditHeader = namedHeader(["reference", "amount", "currency"], others, days);

const Reference = PaymentTold.shape.paymentId;

/** Every field as text: an amount that was a number once may have lost its last digit. */
const Fields = z
  .strictObject({
    reference: Reference,
    amount: z.string("must be text, in quotes: a number is not exact"),
    currency: CurrencyCode,
    creditedOn: z.exactOptional(LocalDate),
    creditedAt: z.exactOptional(Instant),
    rrn: z.exactOptional(z.string().check(z.regex(/^\d{12}$/, "must be 12 digits"))),
    txid: z.exactOptional(z.string().check(z.regex(/^[A-Za-z0-9]{1,35}$/, "must be 1 to 35 letters and digits"))),
    endToEndId: z.exactOptional(
      z.string().check(z.regex(/^[ED]\d{20}[A-Za-z0-9]{11}$/, "must be E or D, 20 digits and 11 letters and digits")),
    ),
    billId: z.exactOptional(BillId),
    narration: z.exactOptional(z.string().check(z.maxLength(1_000))),
  })
  .check(
    z.refine(
      ({ creditedOn, creditedAt }) => (creditedOn === undefined) !== (creditedAt === undefined),
      "either creditedOn or creditedAt is required, not both",
    ),
  );

/** The reader of a file's credits; `header` is the checked header of a CSV file. */
export function creditReader(format: ImportFormat, header: readonly string[] = []) {
  return ({ text, line }: Pick<FileRow, "text" | "line">): CreditRow => {
    if (format === "csv") return fromCells(header, csvCells(text, line));
    const row = objectIn(text);
    return "reject" in row ? { outcome: "refused", rejects: [row.reject] } : creditFrom(row.object);
  };
}

function fromCells(header: readonly string[], cells: readonly string[]): CreditRow {
  const misfit = cellsReject(header, cells);
  if (misfit) return { outcome: "refused", rejects: [misfit] };
  // Banks fill their columns up with spaces.
  const filled = header.flatMap((name, n) => {
    const cell = cells[n]?.trim();
    return cell ? [[name, cell] as const] : [];
  });
  return creditFrom(Object.fromEntries(filled));
}

function creditFrom(row: Readonly<Record<string, unknown>>): CreditRow {
  const read = z.safeParse(Fields, row);
  const amount = amountIn(row);
  if (read.success && "amount" in amount) {
    const { currency: _currency, ...credit } = read.data;
    return { outcome: "read", reference: credit.reference, credit: { ...credit, amount: amount.amount } };
  }
  const reference = z.safeParse(Reference, row["reference"]);
  const rejects = [...(read.success ? [] : rejectsOf(read.error, row)), ...("reject" in amount ? [amount.reject] : [])];
  return { outcome: "refused", ...(reference.success && { reference: reference.data }), rejects };
}

/** The amount, exactly as it is written; nothing where the schema says what is wrong. */
function amountIn(
  row: Readonly<Record<string, unknown>>,
): { amount: Credit["amount"] } | { reject: RowReject } | object {
  const currency = z.safeParse(CurrencyCode, row["currency"]);
  const text = row["amount"];
  if (!currency.success || typeof text !== "string") return {};
  const amount = fromDecimal(text, currency.data);
  if (!amount) return { reject: { column: "amount", message: notDecimal(currency.data) } };
  return amount.value > 0 ? { amount } : { reject: { column: "amount", message: "must be more than zero" } };
}
