import { paidTotal, statusOf } from "../../functions/domain/bill.ts";
import { minuteMs } from "../../functions/domain/local-time.ts";
import { proposalId } from "../../functions/domain/proposal.ts";
import { ours, type PaymentTown, theirs } from "../support/payment-town.ts";
import type { ModelPayment, PaymentModel } from "./payment-model.ts";

/** The bills of a life. */
export const billIds = ["A", "B"] as const;

function expectSame(what: string, is: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(is), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: is ${a}, in the model ${b}`);
}

/** After every event: what is counted, its total and status, what each payment was, and what is listed as unmatched. */
export async function agree(town: PaymentTown, model: PaymentModel): Promise<void> {
  const now = town.ports.clock.now();
  for (const id of billIds) {
    const stored = await town.bill(id);
    expectSame(`bill ${id}`, stored !== undefined, model.isThere(id));
    if (!stored) continue;
    const counted = (of: Iterable<readonly [string, { amount: number; refunded: number }]>) =>
      [...of].map(([key, { amount, refunded }]) => [key, amount, refunded]).toSorted();
    expectSame(`payments of ${id}`, counted(Object.entries(stored.payments)), counted(model.bill(id).counted));
    expectSame(`total of ${id}`, paidTotal(stored), model.paid(id));
    expectSame(`status of ${id}`, statusOf(stored, now), model.status(id, now));
  }
  const homeless = [...model.payments.values()].filter(({ home }) => home === undefined).map(({ key }) => key);
  const listed = town.ports.payments.unmatched.map(({ source, paymentId }) => `${source}:${paymentId}`);
  expectSame("unmatched", listed.toSorted(), homeless.toSorted());
  expectSame("the other biller's bill", (await town.bill("T", theirs))?.payments, {});
}

const eventOfOutcome: Readonly<Record<string, string>> = {
  full: "bill.paid",
  partial: "bill.part-paid",
  over: "bill.overpaid",
  duplicate: "payment.duplicate",
  late: "payment.late",
};
const questions = { duplicate: "duplicate", over: "overpaid", late: "late" } as const;

/** In the end: each payment has one outcome, told under one id; its refund, its question and its number are there. */
export async function settled(town: PaymentTown, model: PaymentModel): Promise<void> {
  const ids = town.eventIds();
  const numbers: string[] = [];
  for (const payment of model.payments.values()) {
    const { key, home, outcome } = payment;
    const own = ids.filter(
      (id) => id.endsWith(`/${key}`) && Object.values(eventOfOutcome).includes(id.split("/")[0] ?? ""),
    );
    expectSame(
      `outcomes told of ${key}`,
      own,
      outcome && home ? [`${eventOfOutcome[outcome]}/${ours}/${home}/${key}`] : [],
    );
    const unmatched = ids.filter((id) => id.startsWith("payment.unmatched/") && id.endsWith(key));
    if (unmatched.length > (home === undefined && payment.confirmed ? 1 : unmatched.length && 1))
      throw new Error(`${key} is unmatched under ${unmatched}`);
    if (home === undefined && payment.confirmed) expectSame(`unmatched told of ${key}`, unmatched.length, 1);
    if (outcome && home) numbers.push(await concluded(town, payment, { outcome, home }));
  }
  expectSame("receipt numbers", new Set(numbers).size, numbers.length);
}

async function concluded(
  town: PaymentTown,
  { key, refunded, amount }: ModelPayment,
  { outcome, home }: { readonly outcome: string; readonly home: string },
): Promise<string> {
  const stored = await town.ports.payments.get(town.codeOf(home), key, { consistent: true });
  expectSame(`outcome of ${key}`, stored?.outcome, outcome);
  const given = `bill.refunded/${ours}/${home}/${key}/${refunded}`;
  if (refunded > 0) expectSame(`refund told of ${key}`, town.eventIds().includes(given), true);
  const kind = outcome in questions ? questions[outcome as keyof typeof questions] : undefined;
  const question = kind && (await town.ports.proposals.get(ours, proposalId(kind, key)));
  expectSame(`question about ${key}`, question !== undefined, kind !== undefined);
  if (question && refunded >= amount) expectSame(`question about ${key}`, question.decided?.decision, "refund");
  const day = town.ports.paidDays.find(ours, dayOf(stored?.paidAt ?? 0) as never);
  const onDay = (await Array.fromAsync(day)).find((one) => one.key === key);
  expectSame(`day of ${key}`, onDay?.code, town.codeOf(home));
  return JSON.stringify(stored?.number);
}

const dayOf = (at: number): string => new Date(at + 5.5 * 60 * minuteMs).toISOString().slice(0, 10);
