import type { Biller } from "../domain/biller.ts";
import { addDays, type LocalDate, type LocalTime, momentOf } from "../domain/local-time.ts";
import { type Payment, PaymentTold, paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import type { Difference } from "../domain/reconciliation.ts";
import type { PaymentMessage, ReconciliationMessage } from "../messages.ts";
import type { GatewayLedger } from "../money-ports.ts";
import type { Ports } from "../ports.ts";

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
/** Names of one movement of money, whoever tells of it; a txid may be paid several times, an order in parts. */
const movement = /^(rrn|e2e):/;

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

/** What we hold of a payment: under its own name, or of the same movement of money under the name that another source gave it. */
async function heldByUs(
  { paymentReferences, payments }: ReconcilePorts,
  { told }: Held,
): Promise<Payment | UnmatchedPayment | undefined> {
  const own = await paymentReferences.get(told.biller, paymentKey(told));
  const found = own && (await payments.get(own.code, own.key, { consistent: true }));
  if (found) return found;
  const unmatched = await payments.getUnmatched(told.biller, paymentKey(told));
  if (unmatched) return unmatched;
  for (const name of (told.references ?? []).filter((one) => movement.test(one))) {
    const other = await paymentReferences.get(told.biller, name);
    const same = other && (await payments.get(other.code, other.key, { consistent: true }));
    if (same) return same;
  }
  return undefined;
}

/** Whether we hold all that the gateway does; of refunds we may know more, which only grows. */
const isAlike = (ours: Payment | UnmatchedPayment | undefined, { told, refunded }: Held): boolean =>
  ours?.confirmed === true &&
  ours.amount.value === told.amount.value &&
  ours.amount.currency === told.amount.currency &&
  ours.refunded >= refunded;

const sourceIn = (key: string): string => key.slice(0, key.indexOf(":"));
const idIn = (key: string): string => key.slice(key.indexOf(":") + 1);

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
    const alike = await Promise.all(some.map(async (held) => isAlike(await heldByUs(ports, held), held)));
    const missing = some.filter((_, n) => !alike[n]);
    if (missing.length > 0) await ports.incomingPayments.send(missing.flatMap(({ messages }) => messages));
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
