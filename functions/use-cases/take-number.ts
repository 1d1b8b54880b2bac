import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import type { Counter, CounterOwner } from "../domain/counter.ts";
import { providerError } from "../domain/errors.ts";
import type { BillerId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
import { type Payment, paymentKey } from "../domain/payment.ts";
import { type NumberRecord, type ReceiptNumber, receiptCounter, receiptYear } from "../domain/receipt-number.ts";
import type { Ports } from "../ports.ts";
import { giveWay, mostTakes } from "./give-way.ts";

export type NumberPorts = Pick<Ports, "payments" | "counters" | "receiptNumbers" | "clock" | "timer">;

/**
 * Gives a counted payment the next receipt number of its biller and year, once: the counter names who took last, and whoever comes next
 * finishes that one's own writes before it takes. Throws provider-error when others keep taking.
 */
export async function takeReceiptNumber(
  ports: NumberPorts,
  payment: Payment,
  { biller }: { readonly bill: Bill; readonly biller: Biller },
): Promise<Payment> {
  if (payment.number) return await recorded(ports, payment, payment.number);
  const year = receiptYear(payment, biller);
  const name = receiptCounter(biller.id, year);
  const key = paymentKey(payment);
  for (let attempt = 0; attempt < mostTakes; attempt++) {
    const counter = await ports.counters.get(name);
    // Read after the counter: a number that was finished before the counter moved on is seen here.
    const own = await ports.payments.get(payment.code, key, { consistent: true });
    if (!own) throw providerError("a payment that is not stored takes no number");
    if (own.number) return await recorded(ports, own, own.number);
    const finished = counter && (await finish(ports, counter, { biller, year }));
    if (finished && isSame(finished, own)) return finished;
    const next = taken(counter, { name, owner: { code: own.code, key } });
    if (await ports.counters.save(next, counter?.version ?? 0)) {
      const settled = await settle(ports, { biller: biller.id, year, n: next.n }, own);
      if (settled) return settled;
    } else await giveWay(ports, key, attempt);
  }
  throw providerError("receipt numbers are being taken by others; the payment is tried again");
}

const isSame = (a: Payment, b: Payment): boolean => a.code === b.code && paymentKey(a) === paymentKey(b);

/** The counter with one more taken. */
const taken = (
  counter: Counter | undefined,
  { name, owner }: { readonly name: string; readonly owner: CounterOwner },
): Counter => ({ name, n: (counter?.n ?? 0) + 1, sum: 0, version: (counter?.version ?? 0) + 1, owner });

/** Does what the present owner of the counter left undone; answers its payment where something was. */
async function finish(
  ports: NumberPorts,
  { n, owner }: Counter,
  { biller, year }: { readonly biller: Biller; readonly year: number },
): Promise<Payment | undefined> {
  if (!owner || (await ports.receiptNumbers.get(biller.id, { year, n }))) return undefined;
  return await settle(ports, { biller: biller.id, year, n }, { code: owner.code as LinkCode, key: owner.key });
}

/**
 * Writes a number that was taken into its payment, then down whose it is; answers the payment. It is nobody's where the payment is gone,
 * or has one of another year: its biller's time zone was changed in between.
 */
async function settle(
  ports: NumberPorts,
  { biller, year, n }: ReceiptNumber & { readonly biller: BillerId },
  of: Payment | { readonly code: LinkCode; readonly key: string },
): Promise<Payment | undefined> {
  const key = "key" in of ? of.key : paymentKey(of);
  const owner = await numbered(ports, { code: of.code, key, read: "key" in of ? undefined : of }, { year, n });
  const isOwners = owner?.number?.year === year && owner.number.n === n;
  const record: NumberRecord = isOwners ? { year, n, code: of.code, key } : { year, n, void: "left-unused" };
  await ports.receiptNumbers.add(biller, record);
  return owner;
}

type Numbered = { readonly code: LinkCode; readonly key: string; readonly read: Payment | undefined };

/** The payment with the number, unless it has one; undefined where there is no such payment. */
async function numbered(
  ports: NumberPorts,
  { code, key, read }: Numbered,
  number: ReceiptNumber,
): Promise<Payment | undefined> {
  const get = async (): Promise<Payment | undefined> => await ports.payments.get(code, key, { consistent: true });
  let owner = read ?? (await get());
  for (let attempt = 0; attempt < mostTakes; attempt++) {
    if (!owner || owner.number) return owner;
    const next = { ...owner, number, version: owner.version + 1 };
    if (await ports.payments.save(next, owner.version)) return next;
    owner = await get();
  }
  throw providerError("the payment is being written by others; it is tried again");
}

/** The payment, whose number is written down as its own should its taker have died before that. */
async function recorded(ports: NumberPorts, payment: Payment, number: ReceiptNumber): Promise<Payment> {
  if (await ports.receiptNumbers.get(payment.biller, number)) return payment;
  await ports.receiptNumbers.add(payment.biller, { ...number, code: payment.code, key: paymentKey(payment) });
  return payment;
}
