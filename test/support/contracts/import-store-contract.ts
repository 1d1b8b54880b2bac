import { describe, expect, it } from "vitest";
import type { ImportId } from "../../../functions/domain/ids.ts";
import type { ImportReject } from "../../../functions/domain/import.ts";
import type { ImportStore } from "../../../functions/ports.ts";
import { aBiller, anImport } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const { biller, importId } = anImport();
const name = { biller, importId };

const reject = (line: number, message = "must be a phone number"): ImportReject => ({ line, column: "sms", message });

const rejectsOf = (imports: ImportStore, of = name): Promise<ImportReject[]> =>
  Array.fromAsync(imports.findRejects(of));

/** Promises about imports. */
export function importStoreContract(open: OpenStores): void {
  describe("the record of an import", () => {
    it("is unknown until it is created", async () => {
      const { imports } = await open();
      expect(await imports.get(name.biller, name.importId)).toBeUndefined();
    });

    it("comes back as it was created and as it was saved", async () => {
      const { imports } = await open();
      await imports.create(anImport());
      expect(await imports.get(name.biller, name.importId)).toEqual(anImport());
      const running = anImport({
        version: 2,
        status: "running",
        versionId: "v1",
        finished: "101",
        rejects: [reject(3)],
      });
      expect(await imports.save(running, 1)).toBe(true);
      expect(await imports.get(name.biller, name.importId)).toEqual(running);
    });

    it("comes back with what its rows are, and what became of credits", async () => {
      const { imports } = await open();
      const credits = anImport({ of: "credits", proposed: 2, unmatched: 1 });
      await imports.create(credits);
      expect(await imports.get(name.biller, name.importId)).toEqual(credits);
      const coupons = anImport({ importId: "imp-0002", of: "coupons", offer: "free-tea" });
      await imports.create(coupons);
      expect(await imports.get(coupons.biller, coupons.importId)).toEqual(coupons);
    });

    it("keeps what became of it when it is created again", async () => {
      const { imports } = await open();
      await imports.create(anImport());
      await imports.save(anImport({ version: 2, status: "running" }), 1);
      await imports.create(anImport());
      expect(await imports.get(name.biller, name.importId)).toMatchObject({ version: 2, status: "running" });
    });

    it("is saved by exactly one of several writers that read the same version", async () => {
      const { imports } = await open();
      await imports.create(anImport());
      const writers = [1, 2, 3].map((rows) => imports.save(anImport({ version: 2, rows }), 1));
      expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
      expect(await imports.save(anImport({ version: 2 }), 1)).toBe(false);
    });
  });
  describe("the rejects of an import", () => rejectsContract(open));
}

function rejectsContract(open: OpenStores): void {
  it("are none until some are kept", async () => {
    const { imports } = await open();
    expect(await rejectsOf(imports)).toEqual([]);
  });

  it("come in the order of their ranges, whatever the order in which they were kept", async () => {
    const { imports } = await open();
    for (const range of [10, 2, 0]) await imports.keepRejects({ ...name, range }, [reject(range), reject(range + 1)]);
    expect((await rejectsOf(imports)).map(({ line }) => line)).toEqual([0, 1, 2, 3, 10, 11]);
  });

  it("of a range are replaced when it is done again, by fewer or none", async () => {
    const { imports } = await open();
    await imports.keepRejects({ ...name, range: 0 }, [reject(1), reject(2)]);
    await imports.keepRejects({ ...name, range: 1 }, [reject(3)]);
    await imports.keepRejects({ ...name, range: 0 }, [reject(2)]);
    expect(await rejectsOf(imports)).toEqual([reject(2), reject(3)]);
    await imports.keepRejects({ ...name, range: 0 }, []);
    expect(await rejectsOf(imports)).toEqual([reject(3)]);
  });

  it("of a range may be more than one item holds, and fewer when it is done again", async () => {
    const { imports } = await open();
    const many = Array.from({ length: 4_000 }, (_, line) => reject(line, "ঠিকানা ভুল ".repeat(8)));
    await imports.keepRejects({ ...name, range: 0 }, many);
    expect(await rejectsOf(imports)).toEqual(many);
    await imports.keepRejects({ ...name, range: 0 }, many.slice(0, 1_500));
    expect(await rejectsOf(imports)).toEqual(many.slice(0, 1_500));
  });

  it("are not those of another import, nor of another biller", async () => {
    const { imports } = await open();
    await imports.keepRejects({ ...name, range: 0 }, [reject(1)]);
    expect(await rejectsOf(imports, { ...name, importId: "imp-000" as ImportId })).toEqual([]);
    expect(await rejectsOf(imports, { ...name, biller: aBiller({ id: "other-power" }).id })).toEqual([]);
  });
}
