import { describe, expect, it } from "vitest";
import type { PaymentAttempt } from "../../../functions/domain/payment-attempt.ts";
import type { AttemptStore, BillStore } from "../../../functions/ports.ts";
import { aCheckout, aFormerCheckout, anAttempt } from "../attempts.ts";
import { aBill } from "../builders.ts";

/** Opens fresh stores over one table. */
type OpenAttempts = () => Promise<{ readonly attempts: AttemptStore; readonly bills: BillStore }>;

const { code, rail } = anAttempt();
const showCode = { outcome: "show-code", code: "00020101…", canCopy: true } as const;

/** Promises about attempts to pay. */
export function attemptStoreContract(open: OpenAttempts): void {
  describe("an attempt to pay", () => {
    it("is unknown until it is saved, and known only of its own bill and rail", async () => {
      const { attempts } = await open();
      expect(await attempts.get(code, rail)).toBeUndefined();
      expect(await attempts.save(anAttempt(), 0)).toBe(true);
      expect(await attempts.get(code, rail)).toEqual(anAttempt());
      expect(await attempts.get(code, "stripe")).toBeUndefined();
      expect(await attempts.get(aBill({ billId: "EP-2026-11-10024" }).code, rail)).toBeUndefined();
    });

    it.each<[string, Partial<PaymentAttempt>]>([
      ["without an answer", {}],
      ["with a link", { checkout: aCheckout() }],
      ["with a code", { checkout: aCheckout({ started: showCode }) }],
      [
        "with a code that is only scanned",
        { checkout: aCheckout({ started: { outcome: "show-code", code: "000201" } }) },
      ],
      ["with a former one to be ended", { n: 7, replaces: aFormerCheckout() }],
    ])("comes back %s", async (_, overrides) => {
      const { attempts } = await open();
      await attempts.save(anAttempt(overrides), 0);
      expect(await attempts.get(code, rail)).toEqual(anAttempt(overrides));
    });

    it("is saved over the version that is stored, and only over that", async () => {
      const { attempts } = await open();
      expect(await attempts.save(anAttempt(), 0)).toBe(true);
      expect(await attempts.save(anAttempt(), 0)).toBe(false);
      expect(await attempts.save(anAttempt({ version: 3 }), 2)).toBe(false);
      expect(await attempts.save(anAttempt({ version: 2, n: 2 }), 1)).toBe(true);
      expect(await attempts.get(code, rail)).toEqual(anAttempt({ version: 2, n: 2 }));
    });

    it("is claimed by one of all who claim it at once", async () => {
      const { attempts } = await open();
      const told = await Promise.all([1, 2, 3, 4].map((startedAt) => attempts.save(anAttempt({ startedAt }), 0)));
      expect(told.filter(Boolean)).toHaveLength(1);
    });

    it("is no part of what is told of the bill", async () => {
      const { attempts, bills } = await open();
      await bills.save(aBill(), 0);
      await attempts.save(anAttempt(), 0);
      expect(await bills.story(code)).toMatchObject({ bill: aBill(), payments: [], notifications: [] });
    });
  });
}
