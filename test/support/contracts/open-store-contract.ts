import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import type { LinkOpen } from "../../../functions/domain/open.ts";
import { aBill } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const { code, biller, billId } = aBill();
const day = (text: string) => text as LocalDate;
const open = (id: string, changes: Partial<LinkOpen> = {}): LinkOpen => ({
  biller,
  billId,
  code,
  date: day("2026-11-20"),
  by: "human",
  at: 1_000,
  id,
  ...changes,
});

/** Promises about counting how often a bill's page was opened. */
export function openStoreContract(openStores: OpenStores): void {
  describe("opens of a page", () => {
    it("are told by the bill's story, day by day", async () => {
      const { opens, bills } = await openStores();
      await opens.count([
        open("1", { mark: "s7Q" }),
        open("2", { by: "bot", at: 900 }),
        open("3", { date: day("2026-11-21"), at: 90_000_000 }),
      ]);
      await opens.count([open("4", { at: 2_000, mark: "s7Q" }), open("5")]);
      expect((await bills.story(code)).opens).toEqual([
        { date: "2026-11-20", first: 900, last: 2_000, humans: 3, bots: 1, marks: { s7Q: 2 } },
        { date: "2026-11-21", first: 90_000_000, last: 90_000_000, humans: 1, bots: 0, marks: {} },
      ]);
    });

    it("are counted once, however often they are told", async () => {
      const { opens, bills } = await openStores();
      const told = [open("1"), open("2", { by: "bot" })];
      await opens.count(told);
      await opens.count([...told, open("3")]);
      await opens.count([]);
      expect((await bills.story(code)).opens).toMatchObject([{ humans: 2, bots: 1 }]);
    });

    it("are all counted when several count at the same moment", async () => {
      const { opens, bills } = await openStores();
      await Promise.all(["1", "2", "3", "4"].map((id) => opens.count([open(id)])));
      expect((await bills.story(code)).opens).toMatchObject([{ humans: 4 }]);
    });

    it("are counted for each bill by itself", async () => {
      const { opens, bills } = await openStores();
      const other = aBill({ billId: "EP-2026-11-10024" });
      await opens.count([open("1"), open("2", { code: other.code, billId: other.billId })]);
      expect((await bills.story(code)).opens).toMatchObject([{ humans: 1 }]);
      expect((await bills.story(other.code)).opens).toMatchObject([{ humans: 1 }]);
    });
  });
}
