import { expect, it } from "vitest";
import { importFile } from "../../functions/use-cases/import-file.ts";
import { importRows } from "../../functions/use-cases/import-rows.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { databases, tablesOf } from "./dynamodb.ts";
import { dynamoStores } from "./dynamodb-stores.ts";
import { csvHeaderRow, csvRow, importWorld } from "./import-world.ts";

/** Imports a file of so many rows into real stores on dynalite, then its first tenth again. */
export function importOnDynalite(rows: number): void {
  const [database] = databases;
  if (!database) throw new Error("dynalite is always there");
  const freshTable = tablesOf(database);

  it("registers every good bill once, and changes nothing the second time", { timeout: 2_700_000 }, async () => {
    const world = await importWorld();
    const stores = dynamoStores(await freshTable());
    const biller = await world.ports.billers.get((await world.open()).key.split("/")[1] as never);
    if (!biller) throw new Error("the world has a biller");
    await stores.billers.put(biller);
    const ports = { ...world.ports, bills: stores.bills, billers: stores.billers, payments: stores.payments };
    const lines = [csvHeaderRow];
    for (let n = 0; n < rows; n++)
      lines.push(csvRow(`N-2026-11-${n}`, { sms: n % 1_000 === 0 ? "?" : "+919830012345" }));

    const run = async (most: number) => {
      const content = lines.slice(0, most + 1).join("\n");
      const { importId, key } = await world.open();
      await importFile(world.ports, { key, versionId: world.importFiles.upload(key, content) });
      const ranges = world.importRanges.take().values();
      const work = async () => {
        for (const range of ranges) await importRows(world.ports, range, (command) => registerBill(ports, command));
      };
      await Promise.all([work(), work(), work(), work()]);
      return await world.look(importId);
    };
    const refused = Math.ceil(rows / 1_000);
    expect(await run(rows)).toMatchObject({
      status: "done",
      rows,
      registered: rows - refused,
      unchanged: 0,
      rejected: refused,
    });
    const again = Math.ceil(rows / 10_000);
    expect(await run(rows / 10)).toMatchObject({
      status: "done",
      registered: 0,
      unchanged: rows / 10 - again,
      rejected: again,
    });
  });
}
