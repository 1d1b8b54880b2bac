import type { Bill, BillDetail } from "../domain/bill.ts";
import type { BillInput } from "../domain/bill-input.ts";
import type { Biller } from "../domain/biller.ts";
import { sendTermsOf } from "../domain/compliance-terms.ts";
import { conflict, invalidInput, notFound } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { amendedBill, changesNothing, detailOf, newBill, termsOf } from "../domain/registration.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";
import { cameFirst, isKeptAside, type SettlePorts, settlePayment } from "./settle-payment.ts";

type RegisterPorts = SettlePorts & Pick<Ports, "billers" | "linkCodes">;

export type RegisterBill = { readonly biller: BillerId; readonly billId: BillId; readonly bill: BillInput };

export type Registered = {
  readonly outcome: "registered" | "amended" | "unchanged";
  readonly bill: Bill;
  readonly biller: Biller;
  readonly detail?: BillDetail;
};

const attempts = 5;

/**
 * Registers a bill, or amends it: an upsert on biller and bill id. Throws not-found for an unknown biller, invalid-input for a category
 * whose rules leave the biller no time to remind, conflict for a canceled bill, for one whose currency would change after a payment,
 * and when others keep writing the same bill.
 */
export async function registerBill(ports: RegisterPorts, command: RegisterBill): Promise<Registered> {
  const biller = await ports.billers.get(command.biller);
  if (!biller) throw notFound(`There is no biller ${command.biller}.`);
  refuseWithoutWindow(command.bill, biller);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const written = await write(ports, command, biller);
    const detail = detailOf(command.bill);
    if (written)
      return {
        ...written,
        bill: await countEarlierPayments(ports, written.bill, biller),
        biller,
        ...(detail && { detail }),
      };
  }
  throw conflict(`Bill ${command.billId} is being changed by others at the same time; try again.`);
}

function refuseWithoutWindow({ category }: BillInput, biller: Biller): void {
  const { clash } = sendTermsOf(biller, category);
  if (!clash) return;
  const message = `has rules that leave no time to remind: the biller's ${clash.path.join(".")} ${clash.message}`;
  throw invalidInput("The biller's settings leave no time to remind of this bill.", [{ path: "category", message }]);
}

/** One try at reading and writing the bill; undefined when somebody else wrote it in between. */
async function write(
  ports: RegisterPorts,
  command: RegisterBill,
  biller: Biller,
): Promise<Omit<Registered, "biller"> | undefined> {
  const now = ports.clock.now();
  const { code, story } = await locateBill(ports, command.biller, command.billId);
  const stored = story.bill;
  if (story.tombstone || stored?.canceled) throw conflict(`Bill ${command.billId} is canceled.`);
  const { asOf } = command.bill;
  if (stored?.asOf !== undefined && asOf !== undefined && asOf < stored.asOf)
    return { outcome: "unchanged", bill: stored };
  const terms = termsOf(command.bill, biller, { now, ...(stored && { stored }) });
  if (stored && changesNothing(stored, terms)) return await keepUnchanged(ports, stored, asOf);
  if (stored && Object.keys(stored.payments).length > 0 && stored.amountDue.currency !== terms.amountDue.currency) {
    throw conflict(`Bill ${command.billId} already has a payment in ${stored.amountDue.currency}.`);
  }
  const detail = detailOf(command.bill);
  // Under its own digest: a registration that loses the race leaves the other's details alone.
  if (detail && terms.detailDigest && terms.detailDigest !== stored?.detailDigest)
    await ports.bills.saveDetail(code, terms.detailDigest, detail);
  const given = asOf === undefined ? {} : { asOf };
  const bill = stored
    ? amendedBill(stored, terms, { biller, now, ...given })
    : newBill({ code, billId: command.billId, ...given }, terms, { biller, now });
  if (!(await ports.bills.save(bill, stored?.version ?? 0))) return undefined;
  return { outcome: stored ? "amended" : "registered", bill };
}

/** A bill that says what is stored: only a newer `asOf` is kept, so that nothing older can overtake it later. */
async function keepUnchanged(
  ports: RegisterPorts,
  stored: Bill,
  asOf: number | undefined,
): Promise<Omit<Registered, "biller"> | undefined> {
  if (asOf === undefined || asOf === stored.asOf) return { outcome: "unchanged", bill: stored };
  const bill = { ...stored, asOf, version: stored.version + 1 };
  return (await ports.bills.save(bill, stored.version)) ? { outcome: "unchanged", bill } : undefined;
}

/** Payments that came before their bill, or whose counting was cut short, are counted now. */
async function countEarlierPayments(ports: RegisterPorts, bill: Bill, biller: Biller): Promise<Bill> {
  const { payments } = await ports.bills.story(bill.code, { consistent: true });
  let counted = bill;
  // Those that came first are settled again, which changes nothing but tells what a registration cut short had not told.
  const open = payments.filter((payment) => !payment.outcome || isKeptAside(payment) || cameFirst(payment, bill));
  for (const payment of open) {
    counted = (await settlePayment(ports, payment, { biller })).bill ?? counted;
  }
  return counted;
}
