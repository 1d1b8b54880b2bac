import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { aBiller } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const biller = aBiller().id;
const phone = new PhoneNumber("+919830012345");
const stop = { channel: "sms", reason: "replied STOP", at: 1_794_717_000_000 } as const;

/** Promises about addresses that must not be messaged. */
export function suppressionStoreContract(open: OpenStores): void {
  describe("a suppression", () => {
    it("is unknown until it is put", async () => {
      const { suppressions } = await open();
      expect(await suppressions.get(biller, "sms", phone)).toBeUndefined();
    });

    it("comes back with its reason", async () => {
      const { suppressions } = await open();
      await suppressions.put(await suppressions.hashOf(biller, "sms", phone), stop);
      expect(await suppressions.get(biller, "sms", new PhoneNumber("+919830012345"))).toEqual(stop);
    });

    it("stays the first of its address and channel", async () => {
      const { suppressions } = await open();
      await suppressions.put(await suppressions.hashOf(biller, "sms", phone), stop);
      await suppressions.put(await suppressions.hashOf(biller, "sms", phone), { ...stop, reason: "complained", at: 1 });
      expect(await suppressions.get(biller, "sms", phone)).toEqual(stop);
    });

    it("is for its channel, its biller and its address alone", async () => {
      const { suppressions } = await open();
      await suppressions.put(await suppressions.hashOf(biller, "sms", phone), stop);
      expect(await suppressions.get(biller, "whatsapp", phone)).toBeUndefined();
      expect(await suppressions.get("other-power" as BillerId, "sms", phone)).toBeUndefined();
      expect(await suppressions.get(biller, "sms", new PhoneNumber("+919830012346"))).toBeUndefined();
    });

    it("finds a mailbox however its address is capitalized", async () => {
      const { suppressions } = await open();
      const hash = await suppressions.hashOf(biller, "email", new EmailAddress("Asha@Example.org"));
      await suppressions.put(hash, { ...stop, channel: "email" });
      const found = await suppressions.get(biller, "email", new EmailAddress("asha@example.org"));
      expect(found).toEqual({ ...stop, channel: "email" });
    });
  });
}
