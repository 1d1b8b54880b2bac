import type * as z from "zod/mini";
import type { Bill, Tombstone } from "../../functions/domain/bill.ts";
import { DuebellError } from "../../functions/domain/errors.ts";
import type { DuebellEvent } from "../../functions/domain/event.ts";
import type { BillerId, BillId } from "../../functions/domain/ids.ts";
import type { LinkCode } from "../../functions/domain/link-code.ts";
import { type Payment, PaymentTold, paymentKey } from "../../functions/domain/payment.ts";
import { cancelBill } from "../../functions/use-cases/cancel-bill.ts";
import { type RecordPayment, recordPayment } from "../../functions/use-cases/record-payment.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { aBillInput, kolkata } from "./bill-world.ts";
import { aBiller } from "./builders.ts";
import { type MemoryOptions, memoryPorts } from "./memory-ports.ts";
import { plainCode } from "./memory-recorders.ts";

/** The biller whose money it is, and another whose bills it must never touch. */
export const ours = "example-power" as BillerId;
export const theirs = "other-power" as BillerId;

export type Told = Partial<z.input<typeof PaymentTold>>;
export type TownBill = { readonly biller?: BillerId; readonly billId: string };

export type PaymentTown = Awaited<ReturnType<typeof paymentTown>>;

/** Two billers without bills, and everything that is done with money: by what is told of it alone. */
export async function paymentTown(options: MemoryOptions = {}) {
  const ports = memoryPorts({ start: kolkata("2026-11-15 09:30"), ...options });
  await ports.billers.put(aBiller());
  await ports.billers.put(aBiller({ id: theirs, header: "OTHPWR" }));
  const codeOf = (billId: string, biller: BillerId = ours): LinkCode => plainCode(biller, billId);
  const bill = async (billId: string, biller?: BillerId): Promise<Bill | undefined> => {
    const found = await ports.bills.get(codeOf(billId, biller), { consistent: true });
    return found && isBill(found) ? found : undefined;
  };
  const payment = (billId: string, told: Told = {}): Promise<Payment | undefined> =>
    ports.payments.get(codeOf(billId), paymentKey(fact(told)), { consistent: true });
  return {
    ports,
    control: ports.control,
    codeOf,
    bill,
    payment,
    tell: (type: "succeeded" | "refunded" | "pending" | "failed", told: Told) =>
      recordPayment(ports, { type: `payment.${type}`, payment: fact(told) } satisfies RecordPayment),
    register: (billId: string, changes: Parameters<typeof aBillInput>[0] = {}, biller: BillerId = ours) =>
      registerBill(ports, { biller, billId: billId as BillId, bill: aBillInput(changes) }),
    cancel: (billId: string) => cancelBill(ports, { biller: ours, billId: billId as BillId }),
    types: (): string[] => ports.events.published.map(({ type }) => type),
    /** Every event once, as its id. */
    eventIds: (): string[] =>
      [...new Set(ports.events.published.map(({ eventId }: DuebellEvent) => eventId))].toSorted(),
    proposals: () => ports.proposals.find(ours, { limit: 100 }),
    /** What is paid on a bill, by payment key; undefined where there is none. */
    paid: async (billId: string) => {
      const found = await bill(billId);
      return (
        found &&
        Object.fromEntries(Object.entries(found.payments).map(([key, one]) => [key, one.amount - one.refunded]))
      );
    },
  };
}

const isBill = (found: Bill | Tombstone): found is Bill => "title" in found;

/** Five hundred rupees of a gateway's, told by no name of a bill. */
const fact = (told: Told): PaymentTold =>
  PaymentTold.parse({
    biller: ours,
    paymentId: "pay_1",
    amount: { value: 50_000, currency: "INR" },
    rail: "upi",
    paidAt: "2026-11-15T03:30:00Z",
    source: "razorpay",
    ...told,
  });

/** Whether a use case refused, as it is to where a bill is paid or canceled. */
export async function isRefused(act: Promise<unknown>): Promise<boolean> {
  try {
    await act;
    return false;
  } catch (error) {
    if (error instanceof DuebellError && error.code === "conflict") return true;
    throw error;
  }
}
