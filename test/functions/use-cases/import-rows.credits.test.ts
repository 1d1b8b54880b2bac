import { describe, expect, it } from "vitest";
import { attemptReference } from "../../../functions/domain/attempt-reference.ts";
import type { BillId } from "../../../functions/domain/ids.ts";
import type { Offer } from "../../../functions/domain/offer.ts";
import { importFile } from "../../../functions/use-cases/import-file.ts";
import { importRows } from "../../../functions/use-cases/import-rows.ts";
import { registerBill } from "../../../functions/use-cases/register-bill.ts";
import { startImport } from "../../../functions/use-cases/start-import.ts";
import { aBillInput, kolkata } from "../../support/bill-world.ts";
import { biller, importWorld } from "../../support/import-world.ts";
import { plainCode } from "../../support/memory-recorders.ts";

const credits = { of: "credits" } as const;

/** Bills `b0` to `b4` of ₹1,249.00 each, registered a week before their statement comes. */
async function statementWorld() {
  const world = await importWorld();
  world.ports.clock.set(kolkata("2026-11-15 10:00"));
  for (let n = 0; n < 5; n++)
    await registerBill(world.ports, { biller, billId: `b${n}` as BillId, bill: aBillInput() });
  world.ports.clock.set(kolkata("2026-11-22 10:00"));
  return world;
}

const header = "reference,amount,currency,creditedOn,billId,narration";
const upi = (billId: string): string => attemptReference(plainCode(biller, billId), kolkata("2026-11-20 09:00"), "q");

const statement = [
  header,
  "S1,1249.00,INR,2026-11-20,b0,",
  `S2,1249.00,INR,2026-11-20,,"UPI/${upi("b1")}/pay, thanks"`,
  "S3,77.5,INR,2026-11-20,,cash at the counter",
  "S4,1249,INR,20-11-2026,b2,",
  "S1,1249.00,INR,2026-11-20,b0,",
  "S6,12.345,INR,2026-11-20,b0,",
  "S7,1249.00,INR,2026-12-11,b3,",
].join("\n");

describe("a file of bank credits", () => {
  it("is matched row by row, and says what became of each", async () => {
    const { importAll } = await statementWorld();
    expect(await importAll(statement, "csv", credits)).toMatchObject({
      of: "credits",
      status: "done",
      rows: 7,
      registered: 2,
      amended: 0,
      unchanged: 0,
      proposed: 0,
      unmatched: 1,
      rejected: 4,
      rejects: [
        { line: 5, column: "creditedOn", message: "must be a calendar date, YYYY-MM-DD" },
        { line: 6, column: "reference", message: "the reference stands on line 2 already" },
        { line: 7, column: "amount", message: expect.stringContaining("at most 2 decimal places") },
        { line: 8, column: "creditedOn", message: "must not lie in the future" },
      ],
    });
  });

  it("changes nothing when it is imported again, or overlaps the next statement", async () => {
    const { importAll, ports } = await statementWorld();
    await importAll(statement, "csv", credits);
    const next = `${statement}\nS8,1249.00,INR,2026-11-21,b4,`;
    expect(await importAll(next, "csv", credits)).toMatchObject({ registered: 1, unchanged: 3, unmatched: 0 });
    const { bill } = await ports.bills.story(plainCode(biller, "b0"));
    expect(bill?.payments).toEqual({ "bank:S1": expect.objectContaining({ amount: 124_900 }) });
  });

  it("counts what is put to operators", async () => {
    const { importAll } = await statementWorld();
    await importAll([header, "S1,1249.00,INR,2026-11-20,b0,"].join("\n"), "csv", credits);
    const twin = "reference,amount,currency,creditedAt,rrn,billId";
    const rows = ["A,1.00,INR,2026-11-20T04:00:00Z,636500000001,b2", "B,1.00,INR,2026-11-20T04:00:00Z,636500000001,b2"];
    const [first, second] = rows.map((row) => [twin, row].join("\n"));
    expect(await importAll(first ?? "", "csv", credits)).toMatchObject({ registered: 1, proposed: 0 });
    expect(await importAll(second ?? "", "csv", credits)).toMatchObject({ registered: 0, proposed: 1 });
  });

  it("may be NDJSON, where amounts are text as well", async () => {
    const { importAll } = await statementWorld();
    const row = { reference: "S1", amount: "1249.00", currency: "INR", creditedOn: "2026-11-20", billId: "b0" };
    const rows = [
      row,
      { ...row, reference: "S2", billId: "b1", amount: 1249.5 },
      { ...row, reference: "S3", extra: 1 },
    ];
    expect(await importAll(rows.map((line) => JSON.stringify(line)).join("\n"), "ndjson", credits)).toMatchObject({
      registered: 1,
      rejects: [
        { line: 2, column: "amount", message: "must be text, in quotes: a number is not exact" },
        { line: 3, column: "extra", message: "is not a known field" },
      ],
    });
  });

  it("cannot be read at all where its header is not one of credits", async () => {
    const { importAll } = await statementWorld();
    expect(await importAll("reference,amount,balance\nS1,1,2", "csv", credits)).toMatchObject({
      status: "failed",
      rejects: [
        { line: 1, column: "balance", message: "is not a known column" },
        { line: 1, column: "currency", message: "is missing from the header" },
        { line: 1, column: "creditedAt", message: "the header has none of creditedOn, creditedAt" },
      ],
    });
  });

  it("whose ranges are told twice counts its rows once", async () => {
    const world = await statementWorld();
    const { importId, key } = await world.open("csv", credits);
    await importFile(world.ports, { key, versionId: world.importFiles.upload(key, statement) });
    const ranges = world.importRanges.take();
    for (const range of [...ranges, ...ranges]) await importRows(world.ports, range, world.register);
    expect(await world.look(importId)).toMatchObject({ registered: 2, unmatched: 1, rejected: 4 });
  });
});

describe("a file of coupon codes", () => {
  const offer = { id: "free-tea", biller, title: "Free tea", kind: "coupon" } as unknown as Offer;
  const coupons = { of: "coupons", offer: offer.id } as const;

  it("fills the offer's pool in the order of the file, each code once", async () => {
    const { importAll, ports } = await importWorld();
    await ports.offers.put(offer);
    const file = "code\nTEA-0001\nTEA-0002\nTEA-0001\nno\nTEA-0003\n";
    expect(await importAll(file, "csv", coupons)).toMatchObject({
      of: "coupons",
      offer: "free-tea",
      status: "done",
      rows: 5,
      registered: 3,
      unchanged: 0,
      rejected: 2,
      rejects: [
        { line: 4, column: "code", message: "the code stands on line 2 already" },
        { line: 5, column: "code", message: "must be 4 to 40 characters of A-Z a-z 0-9 -" },
      ],
    });
    const pool = { biller, offer: offer.id };
    const codes = await Promise.all([1, 2, 3, 4].map((n) => ports.couponPool.get(pool, n)));
    expect(codes).toEqual(["TEA-0001", "TEA-0002", "TEA-0003", undefined]);
    expect(await importAll(`{"code":"TEA-0003"}\n{"code":"TEA-0004"}`, "ndjson", coupons)).toMatchObject({
      registered: 1,
      unchanged: 1,
    });
  });

  it("is only taken for an offer of coupons that is there", async () => {
    const { ports } = await importWorld();
    await ports.offers.put({ ...offer, id: "cash", kind: "cashback" } as unknown as Offer);
    const start = (what: object) => startImport(ports, { biller, format: "csv", ...what });
    const refused = { code: "invalid-input", fields: [{ path: "offer" }] };
    await expect(start({ of: "coupons" })).rejects.toMatchObject(refused);
    await expect(start({ of: "coupons", offer: "nothing" })).rejects.toMatchObject(refused);
    await expect(start({ of: "coupons", offer: "cash" })).rejects.toMatchObject(refused);
    await expect(start({ of: "credits", offer: "cash" })).rejects.toMatchObject(refused);
    await expect(start({ of: "credits" })).resolves.toMatchObject({ importId: expect.any(String) });
  });
});
