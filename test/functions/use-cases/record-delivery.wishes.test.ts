import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { AddressWish } from "../../../functions/messages.ts";
import { recordDelivery } from "../../../functions/use-cases/record-delivery.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const number = new PhoneNumber("+919830012345");
const sender = "200000000000001";
const others = "other-power" as BillerId;
const at = kolkata("2026-11-15 09:00");

/** Two billers that send from one WhatsApp number, and a bill of the first. */
async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  const { ports, biller } = world;
  await ports.billers.put(aBiller({ id: others, header: "OTHPOW" }));
  await world.register();
  const wish = (overrides: Partial<AddressWish> = {}) => {
    const stop: AddressWish = {
      kind: "wish",
      wish: "stop",
      channel: "whatsapp",
      address: "+919830012345",
      reason: "stop-reply",
      at,
    };
    return recordDelivery(ports, { ...stop, ...overrides });
  };
  const standing = (of: BillerId = biller.id) => ports.suppressions.get(of, "whatsapp", number);
  return { ...world, wish, standing, events: () => ports.events.published };
}

describe("a customer's wish for no more messages", () => {
  it("stops those of the biller whose webhook told it, and of no other", async () => {
    const { wish, standing, biller } = await registered();
    expect(await wish({ biller: biller.id })).toEqual({ outcome: "stopped" });
    expect(await standing()).toEqual({ channel: "whatsapp", reason: "stop-reply", at });
    expect(await standing(others)).toBeUndefined();
  });

  it("stops those of every biller that sends from the number that was written to", async () => {
    const { wish, standing, events } = await registered();
    expect(await wish({ sender })).toEqual({ outcome: "stopped" });
    expect(await standing()).toBeDefined();
    expect(await standing(others)).toBeDefined();
    expect(events().map(({ biller }) => biller)).toEqual(expect.arrayContaining(["example-power", others]));
  });

  it("is honored by what is sent next: the other channel is tried", async () => {
    const { wish, biller, sendNext, sent } = await registered();
    await wish({ biller: biller.id });
    await sendNext();
    await sendNext();
    expect(sent()).toEqual(["sms issued"]);
  });

  it("tells the bus without naming anybody or any bill", async () => {
    const { wish, biller, events } = await registered();
    await wish({ biller: biller.id });
    const ids = { channel: "whatsapp", reason: "stop-reply" };
    expect(events()).toMatchObject([{ type: "customer.opted-out", biller: biller.id, at, ids }]);
    expect(events()[0]).not.toHaveProperty("billId");
    expect(JSON.stringify(events())).not.toContain("98300");
  });

  it("told twice is one event; said again while it stands, it is none", async () => {
    const { wish, biller, events } = await registered();
    await wish({ biller: biller.id });
    expect(await wish({ biller: biller.id })).toEqual({ outcome: "stopped" });
    expect(await wish({ biller: biller.id, at: at + 60_000 })).toEqual({ outcome: "unchanged" });
    const [first] = events();
    expect(events()).toEqual([first, first]);
  });

  it("of two customers in one second are two events", async () => {
    const { wish, biller, events } = await registered();
    await wish({ biller: biller.id });
    await wish({ biller: biller.id, address: "+919830012346" });
    expect(new Set(events().map(({ eventId }) => eventId)).size).toBe(2);
  });

  it("sent to a number of nobody's, or of which nobody knows, concerns nobody", async () => {
    const { wish, events } = await registered();
    expect(await wish({ sender: "200000000000009" })).toEqual({ outcome: "foreign" });
    expect(await wish()).toEqual({ outcome: "foreign" });
    expect(events()).toEqual([]);
  });

  it("that names no address is refused without repeating it", async () => {
    const { wish, biller } = await registered();
    const refused = wish({ biller: biller.id, address: "9830012345" });
    await expect(refused).rejects.toMatchObject({ code: "invalid-input" });
    await expect(refused).rejects.not.toThrow("9830012345");
  });
});

describe("a customer's wish for messages again", () => {
  it("lifts what stopped them, and a later stop stops them anew, with an event of its own", async () => {
    const { wish, standing, biller, events } = await registered();
    await wish({ biller: biller.id });
    expect(await wish({ biller: biller.id, wish: "resume", at: at + 1_000 })).toEqual({ outcome: "resumed" });
    expect(await standing()).toBeUndefined();
    await wish({ biller: biller.id, at: at + 2_000 });
    expect(await standing()).toMatchObject({ at: at + 2_000 });
    expect(new Set(events().map(({ eventId }) => eventId)).size).toBe(2);
  });

  it("given back as a preference lifts what a preference stopped, and no stop that was written", async () => {
    const { wish, standing, biller } = await registered();
    const preference = { biller: biller.id, reason: "user-preferences" };
    await wish(preference);
    expect(await wish({ ...preference, wish: "resume", at: at + 1_000 })).toEqual({ outcome: "resumed" });
    expect(await standing()).toBeUndefined();
    await wish({ biller: biller.id, at: at + 2_000 });
    expect(await wish({ ...preference, wish: "resume", at: at + 3_000 })).toEqual({ outcome: "unchanged" });
    expect(await standing()).toMatchObject({ reason: "stop-reply" });
  });

  it("changes nothing for who never stopped them", async () => {
    const { wish, biller, sendNext, sent } = await registered();
    expect(await wish({ biller: biller.id, wish: "resume" })).toEqual({ outcome: "unchanged" });
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued"]);
  });
});

describe("the wishes of a customer", () => {
  it("come to the last of them, whatever the order and number in which they are told", async () => {
    const wishes = fc.uniqueArray(fc.record({ wish: fc.constantFrom("stop", "resume"), at: fc.nat(9) }), {
      selector: ({ at: moment }) => moment,
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(wishes, fc.nat(), async (said, turn) => {
        const { wish, standing, biller } = await registered();
        const from = turn % said.length;
        const order = [...said.slice(from), ...said.slice(0, from), ...said];
        for (const one of order) await wish({ biller: biller.id, ...one, at: at + one.at });
        const last = said.toSorted((a, b) => a.at - b.at).at(-1);
        expect((await standing()) !== undefined).toBe(last?.wish === "stop");
      }),
      { numRuns: 40 },
    );
  });
});
