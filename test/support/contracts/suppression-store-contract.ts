import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { Suppression } from "../../../functions/ports.ts";
import { aBiller } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const biller = aBiller().id;
const phone = new PhoneNumber("+919830012345");
const stop = { channel: "sms", reason: "replied STOP", at: 1_794_717_000_000 } as const;
const consent = { channel: "sms", reason: "replied START", at: stop.at + 60_000 } as const;
const later = { ...stop, reason: "replied STOP again", at: consent.at + 60_000 } as const;

/** The suppressions of one address and channel in fresh stores. */
async function ofOneAddress(open: OpenStores) {
  const { suppressions } = await open();
  const hash = await suppressions.hashOf(biller, "sms", phone);
  return {
    put: (suppression: Suppression) => suppressions.put(hash, suppression),
    lift: (given: Suppression) => suppressions.lift(hash, given),
    standing: () => suppressions.get(biller, "sms", phone),
  };
}

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
  describe("a suppression that is told again, or lifted", () => againAndLifted(open));
}

function againAndLifted(open: OpenStores): void {
  it("stands by the call that made it stand, and by no other", async () => {
    const { put } = await ofOneAddress(open);
    expect(await put(stop)).toBe(true);
    expect(await put(stop)).toBe(false);
    expect(await put(later)).toBe(false);
    expect(await put({ ...stop, at: stop.at - 1 })).toBe(false);
  });

  it("is lifted by a consent given after it, once", async () => {
    const { put, lift, standing } = await ofOneAddress(open);
    await put(stop);
    expect(await lift(consent)).toBe(true);
    expect(await standing()).toBeUndefined();
    expect(await lift(consent)).toBe(false);
    expect(await lift({ ...consent, at: consent.at + 1 })).toBe(false);
    expect(await standing()).toBeUndefined();
  });

  it("is not lifted by a consent given before it, or at the same moment", async () => {
    const { put, lift, standing } = await ofOneAddress(open);
    await put(stop);
    expect(await lift({ ...consent, at: stop.at - 1 })).toBe(false);
    expect(await lift({ ...consent, at: stop.at })).toBe(false);
    expect(await standing()).toEqual(stop);
  });

  it("stands again only when it is newer than what lifted it, and then with its own reason", async () => {
    const { put, lift, standing } = await ofOneAddress(open);
    await put(stop);
    await lift(consent);
    expect(await put(stop)).toBe(false);
    expect(await put({ ...later, at: consent.at - 1 })).toBe(false);
    expect(await standing()).toBeUndefined();
    expect(await put(later)).toBe(true);
    expect(await standing()).toEqual(later);
  });

  it("that comes after the consent that followed it does not stand", async () => {
    const { put, lift, standing } = await ofOneAddress(open);
    expect(await lift(consent)).toBe(false);
    expect(await put(stop)).toBe(false);
    expect(await standing()).toBeUndefined();
    expect(await put(later)).toBe(true);
  });

  it("that was repeated since is not lifted by a consent given in between", async () => {
    const { put, lift, standing } = await ofOneAddress(open);
    await put(stop);
    await put(later);
    expect(await lift(consent)).toBe(false);
    expect(await standing()).toEqual(stop);
  });

  it("comes to the same in any order of stops and consents: the newest decides, a stop where they are equal", async () => {
    const told = fc.array(fc.record({ stops: fc.boolean(), at: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(told, async (wishes) => {
        const { put, lift, standing } = await ofOneAddress(open);
        for (const { stops, at } of wishes) await (stops ? put({ ...stop, at }) : lift({ ...consent, at }));
        const newest = (which: boolean) =>
          Math.max(0, ...wishes.filter(({ stops }) => stops === which).map(({ at }) => at));
        const stopped = newest(true) > 0 && newest(true) >= newest(false);
        expect((await standing()) !== undefined).toBe(stopped);
      }),
      { numRuns: 25 },
    );
  });

  it("by a preference given in an app gives way to any other reason, in whichever order they come", async () => {
    const preference = { ...stop, reason: "user-preferences" };
    for (const [first, second] of [
      [preference, later],
      [{ ...preference, at: later.at }, stop],
    ] as const) {
      const { put, standing } = await ofOneAddress(open);
      await put(first);
      await put(second);
      expect((await standing())?.reason).toBe(second.reason);
      await put({ ...preference, at: later.at + 1_000 });
      expect((await standing())?.reason).toBe(second.reason);
    }
  });

  it("stands by exactly one of two calls made at once", async () => {
    const { put, standing } = await ofOneAddress(open);
    const answers = await Promise.all([put(stop), put(later)]);
    expect([...answers].sort()).toEqual([false, true]);
    expect(await standing()).toBeDefined();
  });
}
