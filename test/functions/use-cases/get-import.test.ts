import { describe, expect, it } from "vitest";
import type { ImportId } from "../../../functions/domain/ids.ts";
import { csvOf, csvRow, importWorld } from "../../support/import-world.ts";

describe("get-import", () => {
  it("tells what became of the rows, and where all rejects are", async () => {
    const { importAll } = await importWorld();
    expect(await importAll(csvOf(csvRow("a"), csvRow("b", { sms: "x" })))).toEqual({
      status: "done",
      rows: 2,
      registered: 1,
      amended: 0,
      unchanged: 0,
      rejected: 1,
      rejects: [
        {
          line: 3,
          column: "customer.addresses.sms",
          message: "must be a phone number in E.164 form, such as +919830012345",
        },
      ],
      rejectsUrl: expect.stringMatching(
        /^https:\/\/bucket\.example\.com\/rejects\/example-power\/.+\/refused\.csv\?get$/,
      ),
    });
  });

  it("knows nothing of an import that was never started", async () => {
    const { look } = await importWorld();
    await expect(look("no-such-import" as ImportId)).rejects.toMatchObject({ code: "not-found" });
  });
});
