import type { PaymentNotice } from "../../functions/domain/payment-notice.ts";
import type { NoticeStore } from "../../functions/money-ports.ts";
import { type MemoryPlace, waitingRow } from "./memory-bill-store.ts";

/** Notices in memory. */
export function memoryNoticeStore({ table, lanes }: MemoryPlace): NoticeStore {
  const placeOf = ({ code, kind, key }: Pick<PaymentNotice, "code" | "kind" | "key">) =>
    [`BILL#${code}`, `NOTICE#${kind}#${key}`] as const;
  const stored = (notice: PaymentNotice) =>
    table.get(...placeOf(notice), { consistent: true }) as PaymentNotice | undefined;
  const save = async (notice: PaymentNotice, readVersion: number): Promise<boolean> => {
    if ((stored(notice)?.version ?? 0) !== readVersion) return false;
    table.put(...placeOf(notice), waitingRow(notice, lanes));
    return true;
  };
  return {
    save,
    get: async (code, kind, key, options) =>
      table.get(...placeOf({ code, kind, key }), options) as PaymentNotice | undefined,
    add: async (notice) => ((await save(notice, 0)) ? notice : (stored(notice) ?? notice)),
  };
}
