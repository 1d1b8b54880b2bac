import type { Credit } from "../../functions/domain/credit.ts";
import type { BillId } from "../../functions/domain/ids.ts";
import { recordCredit } from "../../functions/use-cases/record-credit.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { aBillInput, billWorld, kolkata, named } from "./bill-world.ts";
import type { Plain } from "./builders.ts";
import type { MemoryOptions } from "./memory-ports.ts";
import { plainCode } from "./memory-recorders.ts";

/** A credit of the whole amount of `named`, as the bank's statement has it: nothing in it names a bill. */
export const aCredit = (overrides: Partial<Plain<Credit>> = {}): Credit =>
  ({
    reference: "S20261120001",
    amount: { value: 124_900, currency: "INR" },
    ...(overrides.creditedAt === undefined && { creditedOn: "2026-11-20" }),
    ...overrides,
  }) as Credit;

export type CreditWorld = Awaited<ReturnType<typeof creditWorld>>;

/** The bill of `named`, a few days after its issue, and the statements of its biller's bank. */
export async function creditWorld(options: MemoryOptions = {}) {
  const world = await billWorld({ start: kolkata("2026-11-15 10:00"), ...options });
  const { ports } = world;
  await world.register();
  ports.clock.set(kolkata("2026-11-22 12:00"));
  return {
    ...world,
    credit: async (changes: Parameters<typeof aCredit>[0] = {}): Promise<string> =>
      (await recordCredit(ports, { biller: named.biller, credit: aCredit(changes) })).outcome,
    /** Another bill of the biller, of the same amount unless told. */
    another: (billId: string, changes: Parameters<typeof aBillInput>[0] = {}) =>
      registerBill(ports, { biller: named.biller, billId: billId as BillId, bill: aBillInput(changes) }),
    /** What a bill counts, by payment key. */
    countedOn: async (billId: string = named.billId): Promise<Readonly<Record<string, number>>> => {
      const { bill } = await world.story(plainCode(named.biller, billId));
      return Object.fromEntries(Object.entries(bill?.payments ?? {}).map(([key, { amount }]) => [key, amount]));
    },
    /** What operators are asked: kind, payment, and the payment that it may be. */
    asked: async (): Promise<string[]> =>
      (await ports.proposals.find(named.biller, { limit: 100 })).map(
        ({ kind, source, paymentId, held }) =>
          `${kind} ${source}:${paymentId}${held ? ` ${held.source}:${held.paymentId} by ${held.by}` : ""}`,
      ),
    /** The payments on no bill. */
    aside: () => ports.payments.unmatched.map(({ source, paymentId }) => `${source}:${paymentId}`),
  };
}
