import { isSettled, type Proposal } from "../../functions/domain/proposal.ts";
import type {
  PaidDayStore,
  PaidOnDay,
  PaymentReferenceStore,
  ProposalStore,
  ReferredPayment,
} from "../../functions/money-ports.ts";
import type { MemoryTable } from "./memory-table.ts";

/** The names of payments, in memory. */
export function memoryPaymentReferenceStore(table: MemoryTable): PaymentReferenceStore {
  const stored = (biller: string, reference: string): ReferredPayment | undefined =>
    table.get(`REFERENCE#${biller}#${reference}`, "PAYMENT", { consistent: true }) as ReferredPayment | undefined;
  return {
    async put(biller, references, { code, key }) {
      for (const reference of references) {
        if (stored(biller, reference)) continue;
        table.put(`REFERENCE#${biller}#${reference}`, "PAYMENT", { value: { code, key } });
      }
    },
    get: async (biller, reference) => stored(biller, reference),
  };
}

/** What was paid day by day, in memory. */
export function memoryPaidDayStore(table: MemoryTable): PaidDayStore {
  const amountPrefix = ({ value, currency }: PaidOnDay["amount"]): string =>
    `${currency}${String(value).padStart(16, "0")}#`;
  return {
    async put(biller, date, { code, key, amount }) {
      table.put(`PAID#${biller}#${date}`, amountPrefix(amount) + key, { value: { code, key, amount } });
    },
    async *find(biller, date, amount) {
      const prefix = amount ? amountPrefix(amount) : "";
      const rows = table.query(`PAID#${biller}#${date}`, { consistent: true });
      yield* rows.filter(({ sk }) => sk.startsWith(prefix)).map(({ value }) => value as PaidOnDay);
    },
  };
}

/** Proposals in memory, those that are decided apart. */
export function memoryProposalStore(table: MemoryTable): ProposalStore {
  const read = (biller: string, sk: string): Proposal | undefined =>
    table.get(`BILLER#${biller}`, sk, { consistent: true }) as Proposal | undefined;
  const stored = (biller: string, id: string): Proposal | undefined =>
    read(biller, `DECIDED#${id}`) ?? read(biller, `PROPOSAL#${id}`);
  return {
    async add(proposal) {
      const { biller, id } = proposal;
      if (!stored(biller, id)) table.put(`BILLER#${biller}`, `PROPOSAL#${id}`, { value: proposal });
    },
    get: async (biller, id) => stored(biller, id),
    async save(proposal, readVersion) {
      const { biller, id } = proposal;
      const present = stored(biller, id);
      if ((present?.version ?? 0) !== readVersion) return false;
      const isDecided = isSettled(proposal) || (present !== undefined && isSettled(present));
      if (isDecided) table.delete(`BILLER#${biller}`, `PROPOSAL#${id}`);
      table.put(`BILLER#${biller}`, `${isDecided ? "DECIDED" : "PROPOSAL"}#${id}`, { value: proposal });
      return true;
    },
    async find(biller, { after = "", limit }) {
      const rows = table.query(`BILLER#${biller}`, { consistent: true });
      const open = rows.filter(({ sk }) => sk.startsWith("PROPOSAL#") && sk > `PROPOSAL#${after}`);
      return open.slice(0, limit).map(({ value }) => value as Proposal);
    },
  };
}
