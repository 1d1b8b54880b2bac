import type { Biller } from "../domain/biller.ts";
import { addDays, type LocalDate, type LocalTime, momentOf } from "../domain/local-time.ts";
import { namedBy, type Payment, PaymentTold, paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import type { Difference } from "../domain/reconciliation.ts";
import type { PaymentMessage, ReconciliationMessage } from "../messages.ts";
import type { GatewayLedger } from "../money-ports.ts";
import type { Ports } from "../ports.ts";
import { holderOf } from "./find-holder.ts";

type ReconcilePorts = Pick<
  Ports,
  | "billers"
  | "gatewayLedgers"
  | "paymentReferences"
  | "payments"
  | "paidDays"
  | "incomingPayments"
  | "reconciliations"
  | "clock"
>;

/** `no-account`: the biller has none at this gateway. `also` names what the alarms go by. */
export type Reconciled = {
  readonly outcome: "compared" | "no-account";
  readonly also?: readonly ("missing" | "extra")[];
};

/** A payment as a gateway holds it, with the messages that tell of it. */
type Held = { readonly told: PaymentTold; readonly refunded: number; readonly messages: readonly PaymentMessage[] };
/** One day of one biller at one gateway. */
type Day = {
  readonly biller: Biller;
  readonly ledger: GatewayLedger;
  readonly gateway: string;
  readonly date: LocalDate;
};

const midnight = "00:00" as LocalTime;
const mostListed = 100;
const atOnce = 20;
const mostAsked = 100;

const isMoney = ({ type }: PaymentMessage): boolean => type === "payment.succeeded" || type === "payment.refunded";

/** The payments among messages, each with all that was told of it; attempts that came to no money are left out. */
function paymentsIn(messages: readonly PaymentMessage[], known: Map<string, Held> = new Map()): Map<string, Held> {
  for (const message of messages.filter(isMoney)) {
    const told = PaymentTold.parse(message.payment);
    const before = known.get(paymentKey(told));
    const refunded = Math.max(before?.refunded ?? 0, told.refundedTotal?.value ?? 0);
    known.set(paymentKey(told), { told, refunded, messages: [...(before?.messages ?? []), message] });
  }
  return known;
}

async function heldAtGateway({ biller, ledger, date }: Day): Promise<Map<string, Held>> {
  const from = momentOf(date, midnight, biller.timeZone);
  const to = momentOf(addDays(date, 1), midnight, biller.timeZone);
  const held = new Map<string, Held>();
  for await (const message of ledger.find(biller, { from, to })) paymentsIn([message], held);
  return held;
}

/** What we hold of a payment under its own name. */
async function ownOf({ paymentReferences, payments }: ReconcilePorts, { biller, ...named }: PaymentTold) {
  const own = await paymentReferences.get(biller, paymentKey(named));
  const found = own && (await payments.get(own.code, own.key, { consistent: true }));
  return found ?? (await payments.getUnmatched(biller, paymentKey(named)));
}

/** What is to be handed in of a payment: nothing where it is held as it is there, be it under the name that another source gave it. */
async function missingOf(ports: ReconcilePorts, held: Held): Promise<readonly PaymentMessage[]> {
  const own = await ownOf(ports, held.told);
  if (isAlike(own, held)) return [];
  if (own && own.outcome !== "already-held") return held.messages;
  const holder = await holderOf(ports, held.told);
  const other = holder && (await ports.payments.get(holder.code, holder.key, { consistent: true }));
  if (isAlike(other, held)) return [];
  // The money is known, but not all that went back of it.
  const refunds = held.messages.filter(({ type }) => type === "payment.refunded");
  return isAlike(other, { ...held, refunded: 0 }) && refunds.length > 0 ? refunds : held.messages;
}

/** Whether we hold all that the gateway does; of refunds we may know more, which only grows. */
const isAlike = (ours: Payment | UnmatchedPayment | undefined, { told, refunded }: Held): boolean =>
  ours?.confirmed === true &&
  ours.amount.value === told.amount.value &&
  ours.amount.currency === told.amount.currency &&
  ours.refunded >= refunded;

const sourceIn = (key: string): string => namedBy(key).source;
const idIn = (key: string): string => namedBy(key).paymentId;

/** Whether the gateway has money under a payment's own id, or under the names of it that are the gateway's. */
async function isKnownThere(
  ports: ReconcilePorts,
  { biller, ledger, gateway }: Day,
  paid: { code: Payment["code"]; key: string },
) {
  const payment = await ports.payments.get(paid.code, paid.key);
  const others = (payment?.references ?? []).filter((name) => [gateway, "txid", "e2e"].includes(sourceIn(name)));
  for (const name of [paid.key, ...others]) {
    if ((await ledger.lookUp(biller, idIn(name))).some(isMoney)) return true;
  }
  return false;
}

/** What we hold of the day from this gateway and it does not; one that it dates on another day is none, so each is asked for by itself. */
async function extrasOf(ports: ReconcilePorts, day: Day, there: ReadonlyMap<string, Held>): Promise<Difference[]> {
  const extras: Difference[] = [];
  let asked = 0;
  for await (const paid of ports.paidDays.find(day.biller.id, day.date)) {
    if (sourceIn(paid.key) !== day.gateway || there.has(paid.key)) continue;
    if (asked++ === mostAsked) break;
    if (!(await isKnownThere(ports, day, paid))) extras.push({ source: day.gateway, paymentId: idIn(paid.key) });
  }
  return extras;
}

/** Hands in what we do not hold, as the gateway tells it; answers how many are alike, and what was missing. */
async function handIn(ports: ReconcilePorts, there: ReadonlyMap<string, Held>) {
  const missed: Difference[] = [];
  let matched = 0;
  const all = [...there.values()];
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce);
    const lacking = await Promise.all(some.map((held) => missingOf(ports, held)));
    const missing = some.filter((_, n) => lacking[n]?.length);
    if (missing.length > 0) await ports.incomingPayments.send(lacking.flat());
    missed.push(...missing.map(({ told: { source, paymentId } }) => ({ source, paymentId })));
    matched += some.length - missing.length;
  }
  return { matched, missed };
}

/**
 * Compares one day of a biller at a gateway with what is held: what was missed is handed in as the gateway tells it, what only we hold is
 * reported. In any order and however often; the newest run is the day's report. Throws provider-error where the gateway does not answer:
 * half a day is no day.
 */
export async function reconcilePayments(
  ports: ReconcilePorts,
  { biller: id, gateway, date }: ReconciliationMessage,
): Promise<Reconciled> {
  const biller = await ports.billers.get(id);
  const ledger = ports.gatewayLedgers[gateway];
  if (!biller || !(await ledger.has(biller))) return { outcome: "no-account" };
  const day: Day = { biller, ledger, gateway, date };
  const there = await heldAtGateway(day);
  const extras = await extrasOf(ports, day, there);
  const { matched, missed } = await handIn(ports, there);
  await ports.reconciliations.put({
    ...{ biller: id, gateway, date, at: ports.clock.now() },
    ...{ matched, missing: missed.length, extra: extras.length },
    missed: missed.slice(0, mostListed),
    extras: extras.slice(0, mostListed),
  });
  const also = [...(missed.length > 0 ? ["missing" as const] : []), ...(extras.length > 0 ? ["extra" as const] : [])];
  return { outcome: "compared", also };
}
