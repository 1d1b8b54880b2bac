import type { BillId } from "../../functions/domain/ids.ts";
import type { LiveBill } from "../../functions/domain/live-bill.ts";
import { minuteText } from "../../functions/domain/progress.ts";
import type { LiveBillCache, LiveBills } from "../../functions/ports.ts";
import type { MemoryTable } from "./memory-table.ts";

/** What the billers' own systems said, in memory. */
export function memoryLiveBillCache(table: MemoryTable): LiveBillCache {
  return {
    get: async (code, options) => table.get(`BILL#${code}`, "LIVE", options) as LiveBill | undefined,
    put: async (code, live) => table.put(`BILL#${code}`, "LIVE", { value: live }),
    async permit(biller, at, limit) {
      const [pk, sk] = [`BILLER#${biller}`, `FETCHES#${minuteText(at)}`];
      const asked = (table.get(pk, sk, { consistent: true }) as number | undefined) ?? 0;
      if (asked >= limit) return false;
      table.put(pk, sk, { value: asked + 1 });
      return true;
    },
  };
}

type Answer = Awaited<ReturnType<LiveBills["fetch"]>>;

/** The billers' own systems, which say of every bill what `answer` holds; down unless told. */
export type ScriptedLiveBills = LiveBills & {
  answer: Answer;
  /** The bills that were asked about, in order. */
  readonly asked: readonly BillId[];
};

/** A double of the billers' own systems. */
export function scriptedLiveBills(): ScriptedLiveBills {
  const asked: BillId[] = [];
  const double: ScriptedLiveBills = {
    answer: { outcome: "failed", reason: "unreachable" },
    asked,
    async fetch(_biller, bill) {
      asked.push(bill.billId);
      return double.answer;
    },
  };
  return double;
}
