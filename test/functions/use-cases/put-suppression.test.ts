import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { SuppressionRequest } from "../../../functions/domain/suppression.ts";
import { putSuppression } from "../../../functions/use-cases/put-suppression.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";

const start = kolkata("2026-11-15 09:30");
const request = (overrides: object = {}) =>
  SuppressionRequest.parse({
    channel: "whatsapp",
    address: "+919830012345",
    reason: "asked on the phone",
    ...overrides,
  });

async function registered() {
  const world = await billWorld({ start });
  await world.register();
  const suppress = (more: object = {}) =>
    putSuppression(world.ports, { biller: world.biller.id, request: request(more) });
  return { ...world, suppress };
}

describe("put-suppression", () => {
  it("keeps an address of this biller from being messaged on the channel", async () => {
    const { suppress, sendNext, sent, told } = await registered();
    expect(await suppress()).toEqual({ channel: "whatsapp", suppressed: true, since: start });
    await sendNext();
    await sendNext();
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toContain("issued 0 whatsapp: not-sent, suppressed");
  });

  it("asked twice, says since when", async () => {
    const { suppress, ports } = await registered();
    await suppress();
    ports.clock.advance(60_000);
    expect(await suppress({ reason: "asked again" })).toMatchObject({ since: start });
  });

  it("refuses a biller that is not known", async () => {
    const { ports } = await registered();
    const biller = "nobody" as BillerId;
    await expect(putSuppression(ports, { biller, request: request() })).rejects.toMatchObject({ code: "not-found" });
  });

  it.each([
    ["an e-mail address for a phone", { address: "asha@example.org" }],
    ["a phone number for a mailbox", { channel: "email" }],
    ["a number that is not E.164", { channel: "sms", address: "9830012345" }],
    ["a channel that is none", { channel: "pigeon" }],
    ["no reason", { reason: undefined }],
    ["an empty reason", { reason: "" }],
    ["a field that is not known", { since: "2026-11-15" }],
  ])("takes no request with %s", (_, overrides) => {
    expect(() => request(overrides)).toThrow();
  });
});
