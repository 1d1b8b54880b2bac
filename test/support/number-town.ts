import type { Biller } from "../../functions/domain/biller.ts";
import { type Payment, paymentKey } from "../../functions/domain/payment.ts";
import { receiptCounter } from "../../functions/domain/receipt-number.ts";
import type { NumberPorts } from "../../functions/use-cases/take-number.ts";
import { aBill, aBiller, aPayment } from "./builders.ts";
import { type Fault, faultInjector } from "./fault-injector.ts";
import { jobBoard } from "./job-board.ts";
import { type MemoryPorts, memoryPorts } from "./memory-ports.ts";

/** Takes a number for a payment: the use case, or something that the harness ought to catch. */
export type Taker = (
  ports: NumberPorts,
  payment: Payment,
  of: { readonly bill: ReturnType<typeof aBill>; readonly biller: Biller },
) => Promise<unknown>;

/** What is played: how many payments take a number at once, and what goes wrong. */
export type NumberPlay = {
  readonly taker: Taker;
  readonly payments: number;
  readonly faults?: readonly Fault[];
  /** Awaits before each call of a port, so that Lambdas overtake each other; none unless told. */
  readonly delay?: () => number;
  /** How often a payment's message is handed out; five times unless told. */
  readonly receives?: number;
};

const biller = aBiller();
const bill = aBill();
const year = 2026;

/** Payments of one biller and year that take their receipt numbers in Lambdas of their own, with what was wrong in the end. */
export async function playNumbers(
  play: NumberPlay,
): Promise<{ readonly calls: number; readonly wrong: readonly string[] }> {
  const ports = memoryPorts();
  const payments = Array.from({ length: play.payments }, (_, n) => aPayment({ paymentId: `pay_${n}` }));
  for (const payment of payments) await ports.payments.add(payment);
  const injector = faultInjector(play.faults ?? [], {
    clock: ports.clock,
    holdUp: async () => {
      ports.clock.advance(20_000);
      await board.runNewestFirst();
    },
    later: (ms, effect) => board.later(ms, () => effect().catch(() => undefined), 1),
  });
  const board = jobBoard(ports.clock, injector.invoke);
  const wrapped = delayed(injector.wrap(ports), play.delay);
  for (const payment of payments) board.later(0, () => play.taker(wrapped, payment, { bill, biller }), play.receives);
  // Another writer of the same payment, as a refund that comes in between is.
  board.later(0, () => refundOne(wrapped, payments[0]));
  for (let next = board.next(); next < Number.POSITIVE_INFINITY; next = board.next()) {
    ports.clock.set(Math.max(next, ports.clock.now()));
    await board.runVisible();
  }
  return { calls: injector.trace.length, wrong: await judge(ports, payments, board.dead() === 0) };
}

/** How the faults of a play are placed: the calls it makes when nothing goes wrong. */
export async function boundariesOf(play: NumberPlay): Promise<number> {
  return (await playNumbers({ ...play, faults: [] })).calls;
}

async function refundOne(ports: Pick<NumberPorts, "payments">, payment: Payment | undefined): Promise<void> {
  for (let saved = payment === undefined; payment && !saved; ) {
    const present = await ports.payments.get(payment.code, paymentKey(payment), { consistent: true });
    if (!present || present.refunded > 0) return;
    saved = await ports.payments.save({ ...present, refunded: 100, version: present.version + 1 }, present.version);
  }
}

function delayed(ports: MemoryPorts, delay: (() => number) | undefined): NumberPorts {
  if (!delay) return ports;
  const slow = <P extends object>(port: P): P =>
    new Proxy(port, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver);
        if (typeof member !== "function") return member;
        return async (...args: readonly unknown[]) => {
          for (let n = delay(); n > 0; n--) await undefined;
          return await Reflect.apply(member, target, args);
        };
      },
    });
  const { payments, counters, receiptNumbers, clock, timer } = ports;
  return {
    payments: slow(payments),
    counters: slow(counters),
    receiptNumbers: slow(receiptNumbers),
    clock,
    timer,
  };
}

/** Everything that is not as promised: a number twice, a gap, a payment without a number (where every message came through), a lost refund. */
async function judge(ports: MemoryPorts, payments: readonly Payment[], allTook: boolean): Promise<readonly string[]> {
  const wrong: string[] = [];
  const counter = await ports.counters.get(receiptCounter(biller.id, year));
  const stored = await Promise.all(
    payments.map((payment) => ports.payments.get(payment.code, paymentKey(payment), { consistent: true })),
  );
  const holders = new Map<number, string[]>();
  for (const payment of stored) {
    if (!payment) continue;
    if (allTook && !payment.number) wrong.push(`${payment.paymentId} has no number`);
    if (payment.number) holders.set(payment.number.n, [...(holders.get(payment.number.n) ?? []), paymentKey(payment)]);
  }
  if (stored[0]?.refunded !== 100) wrong.push("the refund was lost");
  const last = counter?.n ?? 0;
  for (let n = 1; n <= last; n++) {
    const keys = holders.get(n) ?? [];
    const record = await ports.receiptNumbers.get(biller.id, { year, n });
    const isLast = n === last && !allTook;
    if (keys.length > 1) wrong.push(`${n} was given to ${keys.join(" and ")}`);
    if (!record && !isLast) wrong.push(`nobody wrote down whose ${n} is`);
    if (record && ("void" in record ? keys.length > 0 : keys[0] !== record.key))
      wrong.push(`${n} is written down wrong`);
    if (keys.length === 0 && !(record && "void" in record) && !isLast) wrong.push(`${n} is nobody's, and not void`);
  }
  for (const n of holders.keys()) if (n > last) wrong.push(`${n} was not counted`);
  return wrong;
}
