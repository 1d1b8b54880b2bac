import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { RawWebhooks } from "../../../functions/money-ports.ts";

/** A store of bodies, and how one that was kept is read. */
export type KeptWebhooks = { readonly raw: RawWebhooks; read(key: string): Promise<Uint8Array> };

const at = Date.parse("2026-11-21T23:59:59Z");
const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
const call = { biller: "example-power" as BillerId, provider: "razorpay", body, at };

/** What every place for bodies of webhooks does. */
export function rawWebhooksContract(where: string, open: () => Promise<KeptWebhooks>): void {
  describe(`bodies of webhooks ${where}`, () => {
    it("are kept byte for byte, by biller, provider, day in UTC and hash", async () => {
      const { raw, read } = await open();
      const key = await raw.keep(call);
      expect(key).toMatch(/^webhooks\/example-power\/razorpay\/2026-11-21\/[0-9a-f]{64}\.json$/);
      expect(Buffer.from(await read(key))).toEqual(body);
    });

    it("are kept once on a day, and apart for another day, provider or biller", async () => {
      const { raw } = await open();
      const keys = [
        await raw.keep(call),
        await raw.keep(call),
        await raw.keep({ ...call, at: at + 1_000 }),
        await raw.keep({ ...call, provider: "stripe" }),
        await raw.keep({ ...call, biller: "example-water" as BillerId }),
        await raw.keep({ ...call, body: Buffer.from("{}") }),
      ];
      expect(keys[1]).toBe(keys[0]);
      expect(new Set(keys).size).toBe(5);
    });
  });
}
