import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { startImport } from "../../../functions/use-cases/start-import.ts";
import { biller, importWorld } from "../../support/import-world.ts";

describe("start-import", () => {
  it("answers where the file is to be put, and waits for it", async () => {
    const { ports, look } = await importWorld();
    const { importId, uploadUrl } = await startImport(ports, { biller, format: "ndjson" });
    expect(importId).toMatch(/^\d{4}-\d{2}-\d{2}\.nonce-1$/);
    expect(uploadUrl).toBe(`https://bucket.example.com/imports/example-power/${importId}.ndjson?put`);
    expect(await look(importId)).toEqual({
      status: "waiting",
      rows: 0,
      registered: 0,
      amended: 0,
      unchanged: 0,
      rejected: 0,
      rejects: [],
      rejectsUrl: null,
    });
  });

  it("knows nothing of a biller that was never put", async () => {
    const { ports } = await importWorld();
    await expect(startImport(ports, { biller: "nobody" as BillerId, format: "csv" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
