import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examplePower, openTown, type Town } from "./town.ts";

let town: Town;

beforeAll(async () => {
  town = await openTown("2026-11-15T03:00:00Z");
  await town.api("PUT", "/v1/billers/power", examplePower);
});
afterAll(async () => {
  await town.stop();
});

async function importCsv(
  file: string | Uint8Array<ArrayBuffer>,
): Promise<Record<string, unknown> & { rejects: { line: number; column: string; message: string }[] }> {
  const { body } = await town.api("POST", "/v1/billers/power/imports", { format: "csv" });
  expect((await fetch(body.uploadUrl, { method: "PUT", body: file })).status).toBe(200);
  await town.laptop.settle();
  return (await town.api("GET", `/v1/billers/power/imports/${body.importId}`)).body;
}

const header = "billId,customer.id,customer.language,customer.addresses.sms,title,amountDue,currency,issuedOn,dueDate";
const row = (n: number) =>
  `b${n},c${n},${n % 2 ? "bn" : "en"},+91983004${String(n).padStart(4, "0")},Electricity,${100 + n}.50,INR,2026-11-16,2026-11-30`;

describe("bills by the file", () => {
  it("registers the good rows, reports the bad ones with line, column and reason, and changes nothing the second time", async () => {
    const bad = [
      "b901,c1,en,12345,Electricity,1.00,INR,2026-11-16,2026-11-30",
      "b902,c1,en,+919830049902,Electricity,1.999,INR,2026-11-16,2026-11-30",
      "b1,c1,en,+919830049903,Electricity,5.00,INR,2026-11-16,2026-11-30",
    ];
    const file = [header, ...Array.from({ length: 40 }, (_, n) => row(n + 1)), ...bad].join("\r\n");
    const first = await importCsv(file);
    expect(first).toMatchObject({ status: "done", rows: 43, registered: 40, amended: 0, unchanged: 0, rejected: 3 });
    expect(first.rejects.map(({ line, column }) => [line, column])).toEqual([
      [42, "customer.addresses.sms"],
      [43, "amountDue"],
      [44, "billId"],
    ]);
    expect(await importCsv(file)).toMatchObject({
      status: "done",
      registered: 0,
      amended: 0,
      unchanged: 40,
      rejected: 3,
    });
    expect((await town.api("GET", "/v1/billers/power/bills/b7")).body).toMatchObject({
      amountDue: { value: 10_750, currency: "INR" },
      status: "open",
    });
    await town.until("2026-11-16T05:00:00Z");
    expect(town.laptop.messages.find({ channel: "sms" })).toHaveLength(40);
  });

  it("registers nothing of a file that cannot be read", async () => {
    const broken = [header, row(501), `b502,c502,en,"+919830040502`, row(503)].join("\n");
    expect(await importCsv(broken)).toMatchObject({ status: "failed", registered: 0 });
    expect((await town.api("GET", "/v1/billers/power/bills/b501")).status).toBe(404);
  });

  it("takes the example file with errors as the README says", async () => {
    const result = await importCsv(new Uint8Array(readFileSync("examples/bills-with-errors.csv")));
    expect(result["status"]).toBe("done");
    expect(result.rejects.length).toBeGreaterThan(0);
  });
});
