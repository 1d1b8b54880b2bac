import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cryptoLinkCodes } from "../../../../functions/adapters/crypto/link-codes.ts";
import type { LinkKey } from "../../../../functions/adapters/crypto/link-keys.ts";
import type { BillerId, BillId } from "../../../../functions/domain/ids.ts";
import { linkCodeFrom } from "../../../../functions/domain/link-code.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { aLinkKey } from "./link-keys.ts";

const biller = "example-power" as BillerId;
const billId = "B-1" as BillId;
const first = aLinkKey("1", "1970-01-01");
const second = aLinkKey("2", "2026-06-01");
const third = aLinkKey("3", "2026-12-01");
const codesOf = (keys: readonly LinkKey[], today = "2026-11-21") =>
  cryptoLinkCodes({ keys: async () => keys, clock: controlledClock(Date.parse(today)) });

describe("the link codes of a bill", () => {
  it("are the keyed hash of biller and bill id", async () => {
    const hash = createHmac("sha256", first.key).update("example-power|B-1").digest();
    expect(await codesOf([first]).candidates(biller, billId)).toEqual([linkCodeFrom("1", hash)]);
  });

  it("begin with that of the newest active key; older ones follow, and last those of keys that are not active yet", async () => {
    const ids = async (today: string) =>
      (await codesOf([second, first, third], today).candidates(biller, billId)).map(([id]) => id);
    expect(await ids("2026-01-01")).toEqual(["1", "3", "2"]);
    expect(await ids("2026-11-21")).toEqual(["2", "1", "3"]);
    expect(await ids("2026-12-01")).toEqual(["3", "2", "1"]);
  });

  it("stay what they are when a key is added", async () => {
    const before = await codesOf([first]).candidates(biller, billId);
    const after = await codesOf([second, first]).candidates(biller, billId);
    expect(after).toEqual(expect.arrayContaining([...before]));
  });

  it("differ between billers and between bills", async () => {
    const codes = codesOf([first]);
    const all = await Promise.all([
      codes.candidates(biller, billId),
      codes.candidates("other" as BillerId, billId),
      codes.candidates(biller, "B-2" as BillId),
    ]);
    expect(new Set(all.flat()).size).toBe(3);
  });

  it("cannot be made while no key is active", async () => {
    await expect(codesOf([third]).candidates(biller, billId)).rejects.toMatchObject({
      code: "provider-error",
      message: "No link key is active yet.",
    });
  });
});
