import { describe, expect, it } from "vitest";
import type { PaymentNotice } from "../../../functions/domain/payment-notice.ts";
import { aFullNotice, aNotice } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const { code, kind, key } = aNotice();

/** Promises about notices of payments. */
export function noticeStoreContract(open: OpenStores): void {
  describe("a notice", () => {
    it("is unknown until it is added", async () => {
      const { notices } = await open();
      expect(await notices.get(code, kind, key)).toBeUndefined();
    });

    it.each<[string, PaymentNotice]>([
      ["with everything it can hold", aFullNotice()],
      ["with nothing that is optional", aNotice({ progress: { done: [] } })],
      ["with colons in its payment's id", aNotice({ key: "bus:utr:4412:0009" })],
      ["of the other kind", aNotice({ kind: "payment-pending" })],
    ])("comes back %s, by itself and in its bill's story", async (_, notice) => {
      const { notices, bills } = await open();
      expect(await notices.add(notice)).toEqual(notice);
      expect(await notices.get(code, notice.kind, notice.key, { consistent: true })).toEqual(notice);
      expect((await bills.story(code, { consistent: true })).notices).toEqual([notice]);
    });

    it("stays as it was first added, of each kind and payment", async () => {
      const { notices } = await open();
      await notices.add(aNotice());
      expect(await notices.add(aNotice({ amount: 1 }))).toEqual(aNotice());
      await notices.add(aNotice({ kind: "payment-pending", amount: 2 }));
      expect(await notices.get(code, kind, key)).toEqual(aNotice());
    });

    it("is saved over the version that is stored, and only over that", async () => {
      const { notices } = await open();
      await notices.add(aNotice());
      expect(await notices.save(aNotice({ version: 2, progress: { done: ["failed"] } }), 1)).toBe(true);
      expect(await notices.save(aNotice({ version: 2 }), 1)).toBe(false);
      expect(await notices.get(code, kind, key)).toEqual(aNotice({ version: 2, progress: { done: ["failed"] } }));
    });

    it("waits in the due index for as long as it has a cursor", async () => {
      const { notices, dueIndex } = await open();
      const lanes = ["0", "1", "2", "3"] as Parameters<typeof dueIndex.find>[0][];
      const waiting = async () =>
        (await Promise.all(lanes.map((lane) => dueIndex.find(lane, { after: "", before: "9", limit: 9 })))).flat();
      await notices.add(aNotice());
      const due = aNotice().progress.cursor?.due;
      expect(await waiting()).toEqual([{ pk: `BILL#${code}`, sk: `NOTICE#${kind}#${key}`, due }]);
      await notices.save(aNotice({ version: 2, progress: { done: ["failed"] } }), 1);
      expect(await waiting()).toEqual([]);
    });
  });
}
