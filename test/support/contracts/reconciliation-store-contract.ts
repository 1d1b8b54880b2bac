import { describe, expect, it } from "vitest";
import type { GatewayName } from "../../../functions/domain/gateway.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import type { Reconciliation } from "../../../functions/domain/reconciliation.ts";
import type { ReconciliationStore } from "../../../functions/money-ports.ts";
import { aBiller } from "../builders.ts";
import { issueMorning } from "../memory-clock.ts";

const { id } = aBiller();
const aDay = (date: string, overrides: Partial<Reconciliation> = {}): Reconciliation => ({
  ...{ biller: id, gateway: "razorpay", date: date as LocalDate, at: issueMorning },
  ...{ matched: 2, missing: 1, extra: 0, missed: [{ source: "razorpay", paymentId: "pay_1" }], extras: [] },
  ...overrides,
});

/** Promises about what the daily pass found. */
export function reconciliationStoreContract(open: () => Promise<ReconciliationStore>): void {
  describe("a day that was compared", () => {
    it("comes back as it was put, the newest days first, no more than are asked for", async () => {
      const store = await open();
      for (const date of ["2026-11-15", "2026-11-17", "2026-11-16"]) await store.put(aDay(date));
      const found = await store.find(id, { limit: 2 });
      expect(found).toEqual([aDay("2026-11-17"), aDay("2026-11-16")]);
    });

    it("is replaced by a later run over the same day at the same gateway only", async () => {
      const store = await open();
      await store.put(aDay("2026-11-15"));
      await store.put(aDay("2026-11-15", { gateway: "stripe" as GatewayName }));
      await store.put(aDay("2026-11-15", { matched: 3, missing: 0, missed: [], at: issueMorning + 1 }));
      const found = await store.find(id, { limit: 100 });
      expect(found.map(({ gateway, matched }) => `${gateway} ${matched}`)).toEqual(["stripe 2", "razorpay 3"]);
    });

    it("is its own biller's only", async () => {
      const store = await open();
      await store.put(aDay("2026-11-15"));
      expect(await store.find(aBiller({ id: "other-power" }).id, { limit: 100 })).toEqual([]);
    });
  });
}
