import type { NamedAttempt } from "../domain/attempt-reference.ts";
import type { Bill } from "../domain/bill.ts";
import {
  alreadyHeld,
  attemptsOf,
  bankSource,
  type Credit,
  creditedAt,
  creditKey,
  creditReferences,
  daysAbout,
  isHeldAs,
  namesOfHeld,
  ownNames,
  railOf,
} from "../domain/credit.ts";
import { invalidInput, notFound } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
import { type LocalDate, localOf, type Moment, type TimeZone } from "../domain/local-time.ts";
import type { PaymentTold } from "../domain/payment.ts";
import { proposalId } from "../domain/proposal.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";
import { recordPayment } from "./record-payment.ts";

export type CreditPorts = Parameters<typeof recordPayment>[0] &
  Pick<Ports, "paymentReferences" | "paidDays" | "proposals">;

export type RecordCredit = { readonly biller: BillerId; readonly credit: Credit };

/**
 * What became of a credit: counted on its bill, known already, put to operators as money that may be held already, or kept as money that
 * matches no bill.
 */
export type CreditRecorded = { readonly outcome: "applied" | "unchanged" | "proposed" | "unmatched" };

/** A credit, with its biller's zone and when it counts as paid. */
type Dated = RecordCredit & { readonly zone: TimeZone; readonly paidAt: Moment };
type Found = { readonly bill: Bill; readonly attempt?: NamedAttempt };
type Held = Parameters<typeof alreadyHeld>[0]["held"];

/**
 * Matches one credit of a bank's statement: counted once however often it is told, and never beside a payment that may be the same
 * money. Every step may be repeated after a crash. Throws not-found for an unknown biller, invalid-input for a day to come.
 */
export async function recordCredit(ports: CreditPorts, { biller, credit }: RecordCredit): Promise<CreditRecorded> {
  const zone = (await ports.billers.getCached(biller))?.timeZone;
  if (zone === undefined) throw notFound(`There is no biller ${biller}.`);
  const dated = { biller, credit, zone, paidAt: creditedAt(credit, zone) };
  refuseTheFuture(dated, ports.clock.now());
  if (await isAsked(ports, dated)) return { outcome: "unchanged" };
  const known = await retold(ports, dated);
  if (known) return known;
  const found = await billOf(ports, dated);
  const kept = await ports.payments.getUnmatched(biller, creditKey(credit));
  const aside = kept ? "unchanged" : "unmatched";
  // What is kept without a bill is listed for operators as that, until it has one.
  if (kept && !found) return await count(ports, dated, { place: placeOf(dated), aside });
  const held = (await heldByName(ports, dated)) ?? (await heldByDay(ports, dated, found));
  if (held) return await propose(ports, dated, { held, ...(found && { found }) });
  if (!found) return await count(ports, dated, { place: placeOf(dated), aside });
  return (await claim(ports, dated, found)) ?? (await count(ports, dated, { place: placeOf(dated, found), aside }));
}

/** Day and month the wrong way round would date money years away from the payment it is. */
function refuseTheFuture({ credit, zone, paidAt }: Dated, now: Moment): void {
  if (localOf(paidAt, zone).date <= localOf(now, zone).date) return;
  const path = credit.creditedOn === undefined ? "creditedAt" : "creditedOn";
  throw invalidInput("The credit is dated in the future.", [{ path, message: "must not lie in the future" }]);
}

/** Whether operators were asked about the credit; their answer stands. */
async function isAsked(ports: CreditPorts, { biller, credit }: Dated): Promise<boolean> {
  const key = creditKey(credit);
  const asked = await ports.proposals.get(biller, proposalId("already-held", key));
  if (asked && !asked.decided) await ports.payments.forgetUnmatched({ biller, ...nameOf(credit) });
  return (
    asked !== undefined || (await ports.proposals.get(biller, proposalId("unmatched", key)))?.decided !== undefined
  );
}

const nameOf = ({ reference }: Credit) => ({ source: bankSource, paymentId: reference });

/** A credit that is held is told again, where it is: a crash may have cut short what follows from it. */
async function retold(ports: CreditPorts, dated: Dated): Promise<CreditRecorded | undefined> {
  const key = creditKey(dated.credit);
  const own = await ports.paymentReferences.get(dated.biller, key);
  const held = own?.key === key ? await ports.payments.get(own.code, key, { consistent: true }) : undefined;
  if (!held) return undefined;
  await tell(ports, dated, { code: held.code, rail: held.rail, ...(held.billId && { billId: held.billId }) });
  return { outcome: "unchanged" };
}

/** The biller's bill that a credit is for: as its row says, or as our own references in it do. */
async function billOf(ports: CreditPorts, { biller, credit }: Dated): Promise<Found | undefined> {
  const attempts = attemptsOf(credit);
  if (credit.billId !== undefined) {
    const { story } = await locateBill(ports, biller, credit.billId);
    const attempt = attempts.find(({ code }) => code === story.bill?.code);
    return story.bill && { bill: story.bill, ...(attempt && { attempt }) };
  }
  for (const attempt of attempts) {
    const bill = await ports.bills.get(attempt.code);
    if (bill && "title" in bill && bill.biller === biller) return { bill, attempt };
  }
  return undefined;
}

/** A payment that one of the credit's names stands for. */
async function heldByName({ paymentReferences }: CreditPorts, { biller, credit }: Dated): Promise<Held | undefined> {
  const own = creditKey(credit);
  for (const name of namesOfHeld(credit)) {
    const key = (await paymentReferences.get(biller, name))?.key;
    if (key !== undefined && key !== own && isHeldAs(key, name)) return { key, by: "reference" };
  }
  return undefined;
}

/** A payment of the same amount about the same day that did not come from the bank: of the same bill, where that is known. */
async function heldByDay(ports: CreditPorts, dated: Dated, found: Found | undefined): Promise<Held | undefined> {
  const { biller, credit, zone, paidAt } = dated;
  const days: readonly LocalDate[] = daysAbout(paidAt, zone);
  for (const day of days) {
    for await (const { code, key } of ports.paidDays.find(biller, day, credit.amount)) {
      const isOther = !key.startsWith(`${bankSource}:`);
      if (isOther && (!found || code === found.bill.code)) return { key, by: "amount-and-day" };
    }
  }
  return undefined;
}

async function propose(
  ports: CreditPorts,
  { biller, credit, paidAt }: Dated,
  { held, found }: { readonly held: Held; readonly found?: Found },
): Promise<CreditRecorded> {
  const bill = found && { billId: found.bill.billId, code: found.bill.code };
  const asked = { biller, credit, paidAt, held, at: ports.clock.now(), ...(bill && { bill }) };
  await ports.proposals.add(alreadyHeld(asked));
  // It may have been kept without a bill before: it is one question.
  await ports.payments.forgetUnmatched({ biller, ...nameOf(credit) });
  return { outcome: "proposed" };
}

/**
 * Claims the credit's names for its bill, then reads them: of a credit and a payment that share one, told at the same time, whichever
 * comes second sees the other. The first bill that a credit is claimed for is the one on which it counts.
 */
async function claim(ports: CreditPorts, dated: Dated, found: Found): Promise<CreditRecorded | undefined> {
  const { biller, credit } = dated;
  const { code, amountDue } = found.bill;
  // Where it cannot be counted it is not claimed: operators may know the right bill.
  if (amountDue.currency !== credit.amount.currency) return undefined;
  const key = creditKey(credit);
  await ports.paymentReferences.put(biller, [key, ...ownNames(credit)], { code, key });
  const held = await heldByName(ports, dated);
  return held && (await propose(ports, dated, { held, found }));
}

/** Hands the credit on to be counted, or kept where it matches no bill; the bill that its row names may come later. */
async function count(
  ports: CreditPorts,
  dated: Dated,
  { place, aside }: { readonly place: Place; readonly aside: "unchanged" | "unmatched" },
): Promise<CreditRecorded> {
  const { outcome } = await tell(ports, dated, place);
  return { outcome: outcome === "unmatched" || outcome === "wrong-currency" ? aside : "applied" };
}

type Place = { readonly billId?: BillId; readonly code?: LinkCode; readonly rail?: string | undefined };

function placeOf({ credit }: Dated, found?: Found): Place {
  const billId = found?.bill.billId ?? credit.billId;
  return {
    rail: railOf(credit, found?.attempt),
    ...(billId !== undefined && { billId }),
    ...(found && { code: found.bill.code }),
  };
}

function tell(ports: CreditPorts, { biller, credit, paidAt }: Dated, { billId, code, rail }: Place) {
  const payment: PaymentTold = {
    biller,
    ...(billId !== undefined && { billId }),
    ...(code !== undefined && { code }),
    references: [...creditReferences(credit)],
    ...nameOf(credit),
    amount: credit.amount,
    ...(rail !== undefined && { rail }),
    paidAt,
  };
  return recordPayment(ports, { type: "payment.succeeded", payment });
}
