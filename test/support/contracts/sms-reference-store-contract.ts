import { describe, expect, it } from "vitest";
import { aBill } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const reference = "b2f4e8a0-0000-4000-8000-000000000001";
const key = { code: aBill().code, step: "issued", hop: 1 };

/** Promises about which notification a provider's message id belongs to. */
export function smsReferenceStoreContract(open: OpenStores): void {
  describe("a provider's message id", () => {
    it("leads to its notification, however often it is put", async () => {
      const { smsReferences } = await open();
      await smsReferences.put(reference, key);
      await smsReferences.put(reference, key);
      expect(await smsReferences.get(reference)).toEqual(key);
    });

    it("leads nowhere before it is put, and only where it was put to", async () => {
      const { smsReferences } = await open();
      expect(await smsReferences.get(reference)).toBeUndefined();
      const receipt = { ...key, step: "receipt.x1y2", hop: 0 };
      await smsReferences.put(reference, receipt);
      expect(await smsReferences.get(reference)).toEqual(receipt);
      expect(await smsReferences.get("another")).toBeUndefined();
    });
  });
}
