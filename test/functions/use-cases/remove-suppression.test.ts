import { describe, expect, it } from "vitest";
import { PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { ConsentRequest } from "../../../functions/domain/suppression.ts";
import { putSuppression } from "../../../functions/use-cases/put-suppression.ts";
import { removeSuppression } from "../../../functions/use-cases/remove-suppression.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";

const start = kolkata("2026-11-15 09:30");
const number = new PhoneNumber("+919830012345");
const request = (overrides: object = {}) =>
  ConsentRequest.parse({ channel: "whatsapp", address: "+919830012345", ...overrides });

async function suppressed() {
  const world = await billWorld({ start });
  await world.register();
  const { ports, biller } = world;
  const stop = { channel: "whatsapp", address: number, reason: "asked on the phone" } as const;
  await putSuppression(ports, { biller: biller.id, request: stop });
  const consent = () => removeSuppression(ports, { biller: biller.id, request: request({ reason: "signed anew" }) });
  const standing = () => ports.suppressions.get(biller.id, "whatsapp", number);
  return { ...world, consent, standing };
}

describe("remove-suppression", () => {
  it("lets the address be messaged again", async () => {
    const { consent, ports, sendNext, sent } = await suppressed();
    ports.clock.advance(1_000);
    expect(await consent()).toEqual({ channel: "whatsapp", suppressed: false });
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued"]);
  });

  it("lifts a suppression of the same moment, and one that a carrier's fast clock dated after it", async () => {
    const { consent, standing, ports, biller } = await suppressed();
    await consent();
    expect(await standing()).toBeUndefined();
    const hash = await ports.suppressions.hashOf(biller.id, "whatsapp", number);
    await ports.suppressions.put(hash, { channel: "whatsapp", reason: "stop-reply", at: start + 5_000 });
    await consent();
    expect(await standing()).toBeUndefined();
  });

  it("says so when the address is suppressed once more in between", async () => {
    const { consent, control, ports, biller } = await suppressed();
    const hash = await ports.suppressions.hashOf(biller.id, "whatsapp", number);
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "suppressions.lift") return;
      control.beforeCall = undefined;
      await ports.suppressions.put(hash, { channel: "whatsapp", reason: "stop-reply", at: start + 5_000 });
    };
    await expect(consent()).rejects.toMatchObject({ code: "not-ready" });
  });

  it("is done for an address that is not suppressed, and asked twice", async () => {
    const { consent, ports } = await suppressed();
    ports.clock.advance(1_000);
    await consent();
    expect(await consent()).toEqual({ channel: "whatsapp", suppressed: false });
  });

  it("leaves what is suppressed on other channels as it is", async () => {
    const { ports, biller } = await suppressed();
    const sms = { channel: "sms", address: number, reason: "asked on the phone" } as const;
    await putSuppression(ports, { biller: biller.id, request: sms });
    ports.clock.advance(1_000);
    await removeSuppression(ports, { biller: biller.id, request: request() });
    expect(await ports.suppressions.get(biller.id, "sms", number)).toBeDefined();
  });

  it("refuses a biller that is not known", async () => {
    const { ports } = await suppressed();
    const biller = "nobody" as BillerId;
    await expect(removeSuppression(ports, { biller, request: request() })).rejects.toMatchObject({ code: "not-found" });
  });

  it("takes an address of its channel's kind alone", () => {
    expect(() => request({ address: "asha@example.org" })).toThrow();
    expect(request({ channel: "email", address: "asha@example.org" })).toMatchObject({ channel: "email" });
  });
});
