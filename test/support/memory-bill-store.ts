import type { Bill, BillDetail, Tombstone } from "../../functions/domain/bill.ts";
import { conflict } from "../../functions/domain/errors.ts";
import { type LinkCode, laneOf } from "../../functions/domain/link-code.ts";
import type { Notification } from "../../functions/domain/notification.ts";
import { type CountedDay, countOpens, type OpenDay } from "../../functions/domain/open.ts";
import type { Payment } from "../../functions/domain/payment.ts";
import type { PaymentNotice } from "../../functions/domain/payment-notice.ts";
import type { Progress } from "../../functions/domain/progress.ts";
import type { BillStore, BillStory, OpenStore, ReadOptions } from "../../functions/ports.ts";
import type { MemoryRow, MemoryTable } from "./memory-table.ts";

/** The table of the doubles, and over how many lanes it spreads what is due. */
export type MemoryPlace = { readonly table: MemoryTable; readonly lanes: number };

/** The row of an item that may wait in the due index. */
export function waitingRow(item: { code: LinkCode; progress?: Progress }, lanes: number): MemoryRow {
  const due = item.progress?.cursor?.due;
  return { value: item, ...(due !== undefined && { lane: laneOf(item.code, lanes), due }) };
}

const isBill = (value: Bill | Tombstone): value is Bill => "title" in value;

/** A `BillStore` in memory. */
export function memoryBillStore({ table, lanes }: MemoryPlace): BillStore {
  const stored = (code: LinkCode, options?: ReadOptions): Bill | Tombstone | undefined =>
    table.get(`BILL#${code}`, "BILL", options) as Bill | Tombstone | undefined;
  return {
    get: async (code, options) => stored(code, options),
    async story(code, options): Promise<BillStory> {
      const rows = table.query(`BILL#${code}`, options);
      const valueAt = (sk: string): unknown => rows.find((row) => row.sk === sk)?.value;
      const valuesOf = (prefix: string): unknown[] =>
        rows.filter(({ sk }) => sk.startsWith(prefix)).map(({ value }) => value);
      const bill = valueAt("BILL") as Bill | Tombstone | undefined;
      const digest = bill && isBill(bill) ? bill.detailDigest : undefined;
      const detail = valueAt(`DETAIL#${digest}`) as BillDetail | undefined;
      const notices = valuesOf("NOTICE#") as PaymentNotice[];
      return {
        ...(bill && (isBill(bill) ? { bill } : { tombstone: bill })),
        ...(detail && { detail }),
        payments: valuesOf("PAY#") as Payment[],
        ...(notices.length > 0 && { notices }),
        notifications: valuesOf("NTF#") as Notification[],
        opens: (valuesOf("OPEN#") as CountedDay[]).map(({ counted, ...day }): OpenDay => day),
      };
    },
    async save(bill, readVersion) {
      const present = stored(bill.code, { consistent: true });
      if (present && (present.biller !== bill.biller || present.billId !== bill.billId)) {
        throw conflict("another bill has the same link code");
      }
      if ((present?.version ?? 0) !== readVersion) return false;
      table.put(`BILL#${bill.code}`, "BILL", waitingRow(bill, lanes));
      return true;
    },
    getDetail: async (code, digest, options) =>
      table.get(`BILL#${code}`, `DETAIL#${digest}`, options) as BillDetail | undefined,
    async saveDetail(code, digest, detail) {
      table.put(`BILL#${code}`, `DETAIL#${digest}`, { value: detail });
    },
  };
}

/** Opens in memory. */
export function memoryOpenStore(table: MemoryTable): OpenStore {
  return {
    async count(opens) {
      for (const told of Map.groupBy(opens, ({ code, date }) => `${code}#${date}`).values()) {
        const [one] = told;
        if (!one) continue;
        const place = [`BILL#${one.code}`, `OPEN#${one.date}`] as const;
        const before = table.get(...place, { consistent: true }) as CountedDay | undefined;
        const value = countOpens(before, told);
        if (value) table.put(...place, { value });
      }
    },
  };
}
