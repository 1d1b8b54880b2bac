import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { isLinkCode, type LinkCode } from "../domain/link-code.ts";
import type { Ports } from "../ports.ts";

/** What a bill is found by its link with. */
export type LinkPorts = Pick<Ports, "bills" | "billers">;

/** Under a character that is none of base58: read where a code is malformed, so that it takes what an unknown one takes. */
const noCode = "0".repeat(13) as LinkCode;

/**
 * The bill behind a code, where it is one of the header's biller, or of any where no header is told. Whatever is asked for takes one
 * read of a bill and one look-up of a header.
 */
export async function findBill(
  ports: LinkPorts,
  { header, code }: { readonly header: string | undefined; readonly code: string },
): Promise<Bill | undefined> {
  const [stored, owner] = await Promise.all([
    ports.bills.get(isLinkCode(code) ? code : noCode),
    ports.billers.findByHeader(header ?? ""),
  ]);
  if (!stored || !("title" in stored)) return undefined;
  return header === undefined || stored.biller === owner ? stored : undefined;
}

/** The biller of a bill; undefined where it does not name the header any more. */
export async function billerUnder(
  ports: Pick<Ports, "billers">,
  { biller: id }: Pick<Bill, "biller">,
  header: string | undefined,
): Promise<Biller | undefined> {
  const isNamedBy = (biller: Biller | undefined): boolean =>
    header === undefined || [biller?.header, ...(biller?.formerHeaders ?? [])].some((one) => one === header);
  const known = await ports.billers.getCached(id);
  // A link under a header that was put just now works at once, whatever was kept of its biller.
  const biller = isNamedBy(known) ? known : await ports.billers.get(id);
  return isNamedBy(biller) ? biller : undefined;
}
