import { plannedAwards } from "../domain/award.ts";
import { type Bill, isPayable, statusOf } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { providerError } from "../domain/errors.ts";
import { heldQuestion } from "../domain/held-question.ts";
import { countBesideTold } from "../domain/live-bill.ts";
import { localOf, minuteMs } from "../domain/local-time.ts";
import {
  judgePayment,
  ownReference,
  type Payment,
  type PaymentOutcome,
  paymentKey,
  type UnmatchedPayment,
} from "../domain/payment.ts";
import { withoutPending } from "../domain/pending.ts";
import { cursorAt } from "../domain/progress.ts";
import { firstReceiptStop, receiptHops } from "../domain/receipt.ts";
import { planned } from "../domain/registration.ts";
import type { ReferredPayment } from "../money-ports.ts";
import type { Ports } from "../ports.ts";
import { askOperators } from "./ask-operators.ts";
import { type AwardPorts, awardOffers } from "./award-offers.ts";
import { holderOf, homeElsewhere, isDoneOutside, isSurelyOther, refundHolder } from "./find-holder.ts";
import { giveWay, mostTakes } from "./give-way.ts";
import { keepAside, mergeStored } from "./store-payment.ts";
import { type NumberPorts, takeReceiptNumber } from "./take-number.ts";
import { tellOutcome, tellRefund } from "./tell-payment.ts";

export type SettlePorts = NumberPorts &
  AwardPorts &
  Pick<Ports, "bills" | "payments" | "paymentReferences" | "paidDays" | "proposals" | "offers" | "events" | "clock">;

/** What became of a payment; `home` is where it belongs, and as which payment, where it was only stored here. */
export type SettledPayment = {
  readonly outcome: PaymentOutcome;
  readonly bill?: Bill;
  readonly payment: UnmatchedPayment;
  readonly home?: ReferredPayment;
};

/**
 * How a payment is settled: `biller` undefined where there is none; `isOther` where it is known to be other money than that of the payment
 * that has its name; `left`: how many more times it may be settled anew, since others write meanwhile.
 */
export type Settling = { readonly biller: Biller | undefined; readonly isOther?: boolean; readonly left?: number };

/** A payment with the bill that counts it, and whose it is. */
type Counted = { readonly payment: Payment; readonly bill: Bill; readonly biller: Biller };

const attempts = 8;
const mostAnew = 4;

/**
 * Counts a stored payment on its bill and decides it; without a bill it is kept where operators look. A payment is counted on the bill
 * alone that its own key leads to, and whoever counts it first writes that; what was told of it before it had a bill is merged in then.
 * Money that another payment is known to be, and money that operators gave back or credited, is not counted.
 */
export async function settlePayment(ports: SettlePorts, payment: Payment, settling: Settling): Promise<SettledPayment> {
  const { biller } = settling;
  const found = await billOf(ports, payment);
  if (!biller || !found || !canCount(found, payment)) return await setAside(ports, payment, { settling, bill: found });
  await putNames(ports, payment);
  const home = await homeElsewhere(ports, payment);
  if (home) {
    // Stored here in vain: nothing of this bill.
    const vain = await decide(ports, payment, () => ({ outcome: "unmatched" }));
    return { outcome: "unmatched", payment: vain, home };
  }
  const kept = await ports.payments.getUnmatched(payment.biller, paymentKey(payment));
  const told = kept ? await mergeStored(ports, payment, kept) : payment;
  if (told.references !== payment.references) await putNames(ports, told);
  if (!found.payments[paymentKey(told)]) {
    if ((kept || isKeptAside(told)) && (await isDoneOutside(ports, told))) return await leaveOut(ports, told);
    const holder = isSurelyOther(told, settling) ? undefined : await holderOf(ports, told);
    if (holder) return await keepHeld(ports, { payment: told, bill: found, biller }, { holder, settling });
  }
  await keepDay(ports, told, biller);
  const bill = await countOnBill(ports, told, biller);
  // The bill came to another currency in between.
  if (!bill) return await settleAnew(ports, told, settling);
  if (kept) await ports.payments.forgetUnmatched(told);
  if (!told.confirmed) return { outcome: "partial", payment: told, bill };
  return await conclude(ports, { payment: told, bill, biller });
}

/** Settles a payment again, since others wrote in between: a few times at most. */
async function settleAnew(ports: SettlePorts, payment: Payment, settling: Settling): Promise<SettledPayment> {
  const { left = mostAnew } = settling;
  if (left === 0) throw providerError("the payment and its bill do not agree; the payment is tried again");
  return await settlePayment(ports, payment, { ...settling, left: left - 1 });
}

/** Whether the payment could not be counted so far: it is decided again when the bill comes, or comes to its currency. */
export const isKeptAside = ({ outcome }: Pick<Payment, "outcome">): boolean =>
  outcome === "unmatched" || outcome === "wrong-currency";

/** Whether a payment was there before its bill, or so close that it may have missed it: the same however often it is asked. */
export const cameFirst = (payment: Payment, bill: Bill): boolean => payment.receivedAt < bill.registeredAt + minuteMs;

const canCount = (bill: Bill, { amount }: Payment): boolean => amount.currency === bill.amountDue.currency;

async function billOf({ bills }: SettlePorts, { code }: Payment): Promise<Bill | undefined> {
  const found = await bills.get(code, { consistent: true });
  return found && "title" in found ? found : undefined;
}

/** The first to put a payment's own key claims it for its bill; what other names stood for before, they keep. */
async function putNames({ paymentReferences }: SettlePorts, payment: Payment): Promise<void> {
  const names = [ownReference(payment), ...(payment.references ?? [])];
  await paymentReferences.put(payment.biller, names, { code: payment.code, key: paymentKey(payment) });
}

/** A payment that is the money of another is not counted beside it: operators are asked, and what goes back of it goes back of that. */
async function keepHeld(
  ports: SettlePorts,
  { payment, bill, biller }: Counted,
  { holder, settling }: { readonly holder: ReferredPayment; readonly settling: Settling },
): Promise<SettledPayment> {
  const decided = await decide(ports, payment, () => ({ outcome: "already-held", billId: bill.billId }));
  // An operator had it counted in between.
  if (decided.outcome !== "already-held") return await settleAnew(ports, decided, settling);
  const { references = [], receivedAt: at } = decided;
  const proposal = heldQuestion({ ...decided, references, bill, held: { key: holder.key, by: "reference" }, at });
  if (decided.confirmed) await ports.proposals.add(proposal);
  await ports.payments.forgetUnmatched(decided);
  await tellOutcome(ports, { payment: decided, outcome: "already-held" }, { bill, proposal });
  if (decided.refunded > 0) {
    const lessened = await refundHolder(ports, decided, holder);
    if (lessened)
      await settleAnew(ports, lessened, { biller, ...(settling.left !== undefined && { left: settling.left }) });
  }
  return { outcome: "already-held", payment: decided };
}

/** A payment that operators gave back or credited outside stays as it was decided. */
async function leaveOut(ports: SettlePorts, payment: Payment): Promise<SettledPayment> {
  return { outcome: "unmatched", payment: await decide(ports, payment, () => ({ outcome: "unmatched" })) };
}

/** Everything after a payment was counted: its number, its outcome, what follows of it; done again it comes to the same. */
async function conclude(ports: SettlePorts, { payment, bill, biller }: Counted): Promise<SettledPayment> {
  const numbered = await takeReceiptNumber(ports, payment, { bill, biller });
  const decided = await judge(ports, { payment: numbered, bill, biller });
  const { outcome = "partial" } = decided;
  const proposal = await askOperators(ports, { payment: decided, bill, outcome });
  await tellOutcome(ports, { payment: decided, outcome }, { bill, proposal });
  await tellRefund(ports, { payment: decided, bill });
  return { outcome, bill, payment: await awardOffers(ports, decided, { bill, biller }) };
}

/** A payment that cannot be counted, where operators look; it is settled after all where its bill came in between. */
async function setAside(
  ports: SettlePorts,
  payment: Payment,
  { settling, bill }: { readonly settling: Settling; readonly bill: Bill | undefined },
): Promise<SettledPayment> {
  const { biller } = settling;
  const outcome = biller && bill ? "wrong-currency" : "unmatched";
  // What is counted elsewhere is no question.
  const home = await homeElsewhere(ports, payment);
  if (home) return { outcome, payment, home };
  if (biller) await keepDay(ports, payment, biller);
  await keepAside(ports, { ...payment, outcome });
  const since = await homeElsewhere(ports, payment);
  if (since) {
    // Whoever counted it in between may not have seen what was kept just now.
    const there = await ports.payments.get(since.code, since.key, { consistent: true });
    if (there) await settleAnew(ports, there, settling);
    return { outcome, payment, home: since };
  }
  const decided = await decide(ports, payment, () => ({ outcome }));
  // The bill came in between, and its registration has counted the payment.
  if (decided.outcome !== outcome) return await settleAnew(ports, decided, settling);
  await tellOutcome(ports, { outcome, payment: decided });
  return { outcome, payment: decided, ...(biller && bill && { bill }) };
}

/** Money that is there is found by its day, whether it has a bill or not. */
async function keepDay({ paidDays }: SettlePorts, payment: Payment, { id, timeZone }: Biller): Promise<void> {
  if (!payment.confirmed) return;
  const { code, amount, paidAt } = payment;
  await paidDays.put(id, localOf(paidAt, timeZone).date, { code, key: paymentKey(payment), amount });
}

/** The bill with the payment in its map, whoever wrote it there; undefined where it no longer can be counted. Reminders end when nothing is left to pay; a refund reopens what is owed, and does not remind by itself. */
async function countOnBill(ports: SettlePorts, payment: Payment, biller: Biller): Promise<Bill | undefined> {
  for (let attempt = 0; attempt < mostTakes; attempt++) {
    const found = await billOf(ports, payment);
    if (!found || !canCount(found, payment)) return undefined;
    const counted = withoutPending(countBesideTold(found, payment), paymentKey(payment));
    if (counted === found) return found;
    const now = ports.clock.now();
    const settled = isPayable(statusOf(found, now)) && !isPayable(statusOf(counted, now));
    const ended = settled ? { ...counted, progress: planned(counted, biller, now) } : counted;
    const next = { ...ended, version: found.version + 1 };
    if (await ports.bills.save(next, found.version)) return next;
    await giveWay(ports, paymentKey(payment), attempt);
  }
  throw providerError("the bill is being written by others; the payment is tried again");
}

/** Decides a counted payment: its outcome, the way of its receipt and what offers it fits, in one write. */
async function judge(ports: SettlePorts, { payment, bill, biller }: Counted): Promise<Payment> {
  if (isFinal(payment)) return payment;
  const { notifications } = await ports.bills.story(payment.code);
  const offers = await ports.offers.list(biller.id);
  return await decide(ports, payment, (present) => {
    const now = ports.clock.now();
    const hops = receiptHops(bill, biller, notifications);
    const stop = firstReceiptStop(hops, now);
    const cursor = stop && cursorAt(stop, bill.biller, now);
    const outcome = judgePayment(bill, present);
    const awards = plannedAwards(offers, { payment: present, bill, biller, outcome, now });
    return {
      outcome,
      billId: bill.billId,
      hops,
      progress: { done: [], ...(cursor && { cursor }) },
      ...(awards && { awards }),
    };
  });
}

/** What was not counted so far may be, once its bill comes, or an operator says that it is other money. */
const isFinal = (payment: Payment): boolean =>
  payment.outcome !== undefined && payment.outcome !== "already-held" && !isKeptAside(payment);

/** Stores what a payment turned out to be, once; a payment that was only kept aside so far is decided again. */
async function decide(
  ports: SettlePorts,
  payment: Payment,
  verdict: (present: Payment) => Partial<Payment>,
): Promise<Payment> {
  let present = payment;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const decision = isFinal(present) ? {} : verdict(present);
    if (isFinal(present) || decision.outcome === present.outcome) return present;
    const next = { ...present, ...decision, decidedAt: ports.clock.now(), version: present.version + 1 };
    if (await ports.payments.save(next, present.version)) return next;
    present = (await ports.payments.get(payment.code, paymentKey(payment), { consistent: true })) ?? present;
  }
  throw providerError("the payment is being written by others; it is tried again");
}
