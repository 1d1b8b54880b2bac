import { describe, expect, it } from "vitest";
import { EmailAddress } from "../../../functions/domain/addresses.ts";
import type { Channel } from "../../../functions/domain/ids.ts";
import type { LinkCode } from "../../../functions/domain/link-code.ts";
import { findOptOut, recordOptOut } from "../../../functions/use-cases/record-opt-out.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const mailbox = new EmailAddress("asha@example.org");

async function registered(channel: Channel = "email") {
  const hops = [{ channel: "email" as const }, { channel: "sms" as const }];
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: aBiller({ hops }) });
  await world.register();
  const { unsubscribeTokens } = world;
  const addressHash = await world.ports.suppressions.hashOf(world.biller.id, channel, mailbox);
  const token = await unsubscribeTokens.make({ code: world.code, channel, addressHash });
  return { ...world, token, desk: { ...world.ports, unsubscribeTokens } };
}

describe("record-opt-out", () => {
  it("stops e-mails of this biller to the address, and tells the bus without naming it", async () => {
    const { desk, ports, token, biller } = await registered();
    expect(await recordOptOut(desk, token)).toMatchObject({ channel: "email", biller: { id: biller.id } });
    const suppression = { channel: "email", reason: "unsubscribed", at: kolkata("2026-11-15 09:30") };
    expect(await ports.suppressions.get(biller.id, "email", mailbox)).toEqual(suppression);
    expect(ports.events.published).toMatchObject([
      { type: "customer.opted-out", ids: { channel: "email", customer: "10023" } },
    ]);
    expect(JSON.stringify(ports.events.published)).not.toContain("asha");
  });

  it("is honored by what is sent next: the other channel is tried", async () => {
    const { desk, token, sendNext, sent, told } = await registered();
    await recordOptOut(desk, token);
    await sendNext();
    await sendNext();
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toContain("issued 0 email: not-sent, suppressed");
  });

  it("is honored by receipts too", async () => {
    const { desk, token, pay, sendNext, sent } = await registered();
    await pay();
    await recordOptOut(desk, token);
    await sendNext("pay_0001");
    await sendNext("pay_0001");
    expect(sent()).toEqual(["sms receipt"]);
  });

  it("told twice, keeps the first time and says the same to the bus", async () => {
    const { desk, ports, token, biller } = await registered();
    await recordOptOut(desk, token);
    ports.clock.advance(60_000);
    await recordOptOut(desk, token);
    const suppression = await ports.suppressions.get(biller.id, "email", mailbox);
    expect(suppression?.at).toBe(kolkata("2026-11-15 09:30"));
    expect(new Set(ports.events.published.map(({ eventId }) => eventId)).size).toBe(1);
  });

  it("leaves the other channels of the customer alone", async () => {
    const { desk, ports, token, biller } = await registered();
    const optOut = await recordOptOut(desk, token);
    const phone = optOut?.bill.customer.addresses.sms;
    expect(phone && (await ports.suppressions.get(biller.id, "sms", phone))).toBeUndefined();
  });

  it("stops the address it was sent to, whatever the bill says by now", async () => {
    const { desk, ports, token, biller, register } = await registered();
    await register({ customer: { id: "10023", addresses: { email: "new@example.org" } } });
    await recordOptOut(desk, token);
    expect(await ports.suppressions.get(biller.id, "email", mailbox)).toBeDefined();
    expect(await ports.suppressions.get(biller.id, "email", new EmailAddress("new@example.org"))).toBeUndefined();
  });

  it("says whose messages a link is about without stopping them", async () => {
    const { desk, ports, token, biller } = await registered();
    expect(await findOptOut(desk, token)).toMatchObject({ channel: "email", biller: { name: "Example Power" } });
    expect(await ports.suppressions.get(biller.id, "email", mailbox)).toBeUndefined();
  });

  it("knows no token that was not made here, nor one of a bill that is not there", async () => {
    const { desk, token, unsubscribeTokens, ports } = await registered();
    const [code = "", channel = "", hash = "", mac = ""] = token.split(".");
    const forged = `${code}.${channel}.${hash}.${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`;
    const elsewhere = await unsubscribeTokens.make({
      code: "1111111111111" as LinkCode,
      channel: "email",
      addressHash: hash,
    });
    for (const strange of [forged, elsewhere, `${code}.w.${hash}.${mac}`, "", "x"]) {
      expect(await recordOptOut(desk, strange)).toBeUndefined();
    }
    expect(ports.events.published).toEqual([]);
  });
});
