import { describe, expect, it } from "vitest";
import type { LiveBill } from "../../../functions/domain/live-bill.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Money } from "../../../functions/domain/money.ts";
import type { LiveBillCache } from "../../../functions/ports.ts";
import { aBill, aBiller } from "../builders.ts";
import { issueMorning } from "../memory-clock.ts";

const amount = { value: 131_000, currency: "INR" } as Money;
const everything: LiveBill = {
  fetched: {
    outcome: "due",
    amountDue: amount,
    dueDate: "2026-12-05" as LocalDate,
    exactness: "EXACT_DOWN",
    items: [{ name: "Energy 182 kWh", amount }],
  },
  at: issueMorning,
  since: issueMorning - 1,
  refunds: { "standard:pay_0001": 40_000 },
};

/** Promises about what the billers' own systems said. */
export function liveBillCacheContract(open: () => Promise<LiveBillCache>): void {
  describe("what was said", () => {
    it("is kept whole, the newest in place of the one before", async () => {
      const cache = await open();
      const { code } = aBill();
      expect(await cache.get(code)).toBeUndefined();
      await cache.put(code, everything);
      expect(await cache.get(code, { consistent: true })).toEqual(everything);
      const newer: LiveBill = {
        ...everything,
        fetched: { outcome: "nothing-due" },
        at: issueMorning + 1,
        lastDue: everything,
      };
      await cache.put(code, newer);
      expect(await cache.get(code, { consistent: true })).toEqual(newer);
      expect(await cache.get(aBill({ billId: "another" }).code)).toBeUndefined();
    });
  });

  describe("a biller's limit", () => {
    it("lets so many questions through in a minute, and as many in the next", async () => {
      const cache = await open();
      const { id } = aBiller();
      const ask = (at: number) => cache.permit(id, at, 2);
      expect([await ask(issueMorning), await ask(issueMorning + 59_999), await ask(issueMorning + 1)]).toEqual([
        true,
        true,
        false,
      ]);
      expect(await ask(issueMorning + minuteMs)).toBe(true);
      expect(await cache.permit(aBiller({ id: "other-power" }).id, issueMorning, 2)).toBe(true);
    });

    it("holds against many at once", async () => {
      const cache = await open();
      const answers = await Promise.all(Array.from({ length: 12 }, () => cache.permit(aBiller().id, issueMorning, 5)));
      expect(answers.filter(Boolean)).toHaveLength(5);
    });
  });
}
