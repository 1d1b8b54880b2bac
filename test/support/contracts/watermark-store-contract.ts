import { describe, expect, it } from "vitest";
import type { OpenStores } from "./stores.ts";

const entry = { pk: "BILL#1UaqLjhhLk8qd", sk: "BILL", due: "2026-11-15T04:31#example-power#whatsapp#issued#0" };

/** Promises about watermarks. */
export function watermarkStoreContract(open: OpenStores): void {
  describe("the watermark of a lane", () => {
    it("is unknown until it is first moved", async () => {
      const { watermarks } = await open();
      expect(await watermarks.get("0")).toBeUndefined();
    });

    it("moves on from the version read, to a minute and to an entry", async () => {
      const { watermarks } = await open();
      expect(await watermarks.advance("0", "2026-11-15T04:30", 0)).toBe(true);
      expect(await watermarks.get("0")).toEqual({ position: "2026-11-15T04:30", version: 1 });
      expect(await watermarks.advance("0", entry, 1)).toBe(true);
      expect(await watermarks.get("0")).toEqual({ position: entry, version: 2 });
    });

    it("stays where it is for a sweep that read an older version", async () => {
      const { watermarks } = await open();
      await watermarks.advance("0", "2026-11-15T04:30", 0);
      await watermarks.advance("0", "2026-11-15T04:31", 1);
      for (const readVersion of [0, 1, 3]) {
        expect(await watermarks.advance("0", "2026-11-15T04:32", readVersion)).toBe(false);
      }
      expect(await watermarks.get("0")).toEqual({ position: "2026-11-15T04:31", version: 2 });
    });

    it("is moved by exactly one of several sweeps that read the same version", async () => {
      const { watermarks } = await open();
      const sweeps = [1, 2, 3, 4].map((n) => watermarks.advance("0", `2026-11-15T04:3${n}`, 0));
      expect((await Promise.all(sweeps)).filter(Boolean)).toHaveLength(1);
    });

    it("is not that of another lane", async () => {
      const { watermarks } = await open();
      await watermarks.advance("0", "2026-11-15T04:30", 0);
      expect(await watermarks.get("1")).toBeUndefined();
    });
  });
}
