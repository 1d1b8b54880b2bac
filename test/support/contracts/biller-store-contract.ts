import { describe, expect, it } from "vitest";
import { aBiller } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const minute = 60_000;
const { id } = aBiller();
const other = (header: string, formerHeaders: string[] = []) => aBiller({ id: "other-power", header, formerHeaders });

/** Promises about billers and the headers they own. */
export function billerStoreContract(open: OpenStores): void {
  describe("a biller", () => {
    it("is unknown until it is put", async () => {
      const { billers } = await open();
      expect(await billers.get(id)).toBeUndefined();
      expect(await billers.getCached(id)).toBeUndefined();
    });

    it("is created, then replaced, and comes back as it was put", async () => {
      const { billers } = await open();
      expect(await billers.put(aBiller())).toBe("created");
      expect(await billers.get(id)).toEqual(aBiller());
      expect(await billers.put(aBiller({ name: "Example Power & Light" }))).toBe("replaced");
      expect(await billers.get(id)).toEqual(aBiller({ name: "Example Power & Light" }));
    });

    it("is one of all of them, each once, however often it is put", async () => {
      const { billers } = await open();
      expect(await Array.fromAsync(billers.list())).toEqual([]);
      await billers.put(aBiller());
      await billers.put(other("OTHPOW"));
      await billers.put(aBiller({ name: "Example Power & Light" }));
      expect(await Array.fromAsync(billers.list())).toEqual([id, "other-power"].sort());
    });

    it("that was refused is none of them", async () => {
      const { billers } = await open();
      await billers.put(aBiller());
      await billers.put(other("EXPOWR"));
      expect(await Array.fromAsync(billers.list())).toEqual([id]);
    });

    it("is known to a cached read as soon as it is there", async () => {
      const { billers } = await open();
      await billers.getCached(id);
      await billers.put(aBiller());
      expect(await billers.getCached(id)).toEqual(aBiller());
    });

    it("shows a cached read its new settings within a minute", async () => {
      const { billers, clock } = await open();
      await billers.put(aBiller());
      await billers.getCached(id);
      await billers.put(aBiller({ language: "bn" }));
      clock.advance(minute);
      expect(await billers.getCached(id)).toEqual(aBiller({ language: "bn" }));
    });
  });
  describe("a header", () => headerContract(open));
  describe("whose a header is", () => ownerContract(open));
  describe("a biller's own apps", () => appsContract(open));
  describe("a WhatsApp number", () => senderContract(open));
}

const [digits, otherDigits] = ["200000000000001", "200000000000002"];
const from = (phoneNumberId: string) => ({ whatsapp: { provider: "cloud-api" as const, phoneNumberId } });

function senderContract(open: OpenStores): void {
  it("leads to the biller that sends from it", async () => {
    const { billers } = await open();
    expect(await billers.findByWhatsApp(digits)).toEqual([]);
    await billers.put(aBiller(from(digits)));
    expect(await billers.findByWhatsApp(digits)).toEqual([id]);
    expect(await billers.findByWhatsApp(otherDigits)).toEqual([]);
  });

  it("leads to every biller that shares it", async () => {
    const { billers } = await open();
    await billers.put(aBiller(from(digits)));
    await billers.put(aBiller({ ...from(digits), id: "other-power", header: "OTHPOW" }));
    expect([...(await billers.findByWhatsApp(digits))].sort()).toEqual([id, "other-power"]);
  });

  it("leads no more to a biller that sends from another, or not at all", async () => {
    const { billers } = await open();
    await billers.put(aBiller(from(digits)));
    await billers.put(aBiller(from(otherDigits)));
    expect(await billers.findByWhatsApp(digits)).toEqual([]);
    expect(await billers.findByWhatsApp(otherDigits)).toEqual([id]);
    const { whatsapp, ...without } = aBiller();
    expect(await billers.put(without)).toBe("replaced");
    expect(await billers.findByWhatsApp(otherDigits)).toEqual([]);
  });

  it("of End User Messaging is found by its id, however the settings name it", async () => {
    const { billers } = await open();
    const sender = "phone-number-id-0123456789abcdef0123456789abcdef";
    const named = (phoneNumberId: string) => ({ whatsapp: { provider: "end-user-messaging" as const, phoneNumberId } });
    const arn = `arn:aws:social-messaging:ap-south-1:111122223333:phone-number-id/${sender.slice("phone-number-id-".length)}`;
    await billers.put(aBiller(named(sender)));
    await billers.put(aBiller({ ...named(arn), id: "other-power", header: "OTHPOW" }));
    expect([...(await billers.findByWhatsApp(sender))].sort()).toEqual([id, "other-power"]);
  });

  it("of a biller that was refused leads to nobody", async () => {
    const { billers } = await open();
    await billers.put(aBiller(from(digits)));
    await billers.put(aBiller({ ...from(otherDigits), id: "other-power", header: "EXPOWR" }));
    expect(await billers.findByWhatsApp(otherDigits)).toEqual([]);
  });
}

function headerContract(open: OpenStores): void {
  it.each([
    ["the header", other("EXPOWR")],
    ["a former header", other("OTHPOW", ["EXPOWR"])],
  ])("that a biller has is refused to another as %s", async (_, newcomer) => {
    const { billers } = await open();
    await billers.put(aBiller());
    expect(await billers.put(newcomer)).toBe("header-taken");
    expect(await billers.get(newcomer.id)).toBeUndefined();
    expect(await billers.get(id)).toEqual(aBiller());
  });

  it("that a biller had stays refused to others, whether it still names it or not", async () => {
    const { billers } = await open();
    await billers.put(aBiller({ header: "OLDPOW" }));
    await billers.put(aBiller({ header: "EXPOWR", formerHeaders: ["OLDPOW"] }));
    expect(await billers.put(other("OLDPOW"))).toBe("header-taken");
    await billers.put(aBiller());
    expect(await billers.put(other("OLDPOW"))).toBe("header-taken");
  });

  it("can be taken back by the biller that had it", async () => {
    const { billers } = await open();
    await billers.put(aBiller({ header: "OLDPOW" }));
    await billers.put(aBiller());
    expect(await billers.put(aBiller({ header: "OLDPOW" }))).toBe("replaced");
  });

  it("stays free when the biller that asked for it is refused over another", async () => {
    const { billers } = await open();
    await billers.put(aBiller());
    expect(await billers.put(other("FREPOW", ["EXPOWR"]))).toBe("header-taken");
    expect(await billers.put(aBiller({ id: "third-power", header: "FREPOW" }))).toBe("created");
  });

  it("goes to exactly one of two billers that ask for it at once", async () => {
    const { billers } = await open();
    const answers = await Promise.all([billers.put(aBiller()), billers.put(other("EXPOWR"))]);
    expect([...answers].sort()).toEqual(["created", "header-taken"]);
  });
}

function ownerContract(open: OpenStores): void {
  it("is known of the present one and the former ones", async () => {
    const { billers } = await open();
    await billers.put(aBiller({ header: "NEWPOW", formerHeaders: ["EXPOWR"] }));
    await billers.put(other("OTHPOW"));
    expect(await billers.findByHeader("NEWPOW")).toBe(id);
    expect(await billers.findByHeader("EXPOWR")).toBe(id);
    expect(await billers.findByHeader("OTHPOW")).toBe("other-power");
  });

  it.each(["NOBODY", "", "expowr", "-", "EX", "E".repeat(5_000), "EXPOWR#OWNER", "../EXPOWR", "\u0000"])(
    "is nobody for %j",
    async (header) => {
      const { billers } = await open();
      await billers.put(aBiller());
      expect(await billers.findByHeader(header)).toBeUndefined();
    },
  );

  it("is known within a minute after it was nobody's", async () => {
    const { billers, clock } = await open();
    await billers.findByHeader("EXPOWR");
    await billers.put(aBiller());
    clock.advance(minute);
    expect(await billers.findByHeader("EXPOWR")).toBe(id);
  });
}

const fingerprint = Array.from({ length: 32 }, () => "0F").join(":");
const android = [{ packageName: "in.example.power", sha256CertFingerprints: [fingerprint] }];
const ios = [{ appId: "ABCDE12345.in.example.power" }];

function appsContract(open: OpenStores): void {
  it("are found with the headers of its links, and a biller without any is not", async () => {
    const { billers } = await open();
    expect(await billers.findWithApps()).toEqual([]);
    await billers.put(aBiller({ apps: { android, ios }, formerHeaders: ["OLDPOW"] }));
    await billers.put(other("OTHPOW"));
    await billers.put(aBiller({ id: "third-power", header: "THIPOW", apps: { ios } }));
    expect(await billers.findWithApps()).toEqual([
      { headers: ["EXPOWR", "OLDPOW"], apps: { android, ios } },
      { headers: ["THIPOW"], apps: { ios } },
    ]);
  });

  it("are found as they are now, and no more once the biller has none", async () => {
    const { billers, clock } = await open();
    await billers.put(aBiller({ apps: { android } }));
    await billers.findWithApps();
    await billers.put(aBiller({ apps: { ios } }));
    clock.advance(minute);
    expect(await billers.findWithApps()).toEqual([{ headers: ["EXPOWR"], apps: { ios } }]);
    await billers.put(aBiller());
    clock.advance(minute);
    expect(await billers.findWithApps()).toEqual([]);
  });

  it("of a biller that was refused are found nowhere", async () => {
    const { billers } = await open();
    await billers.put(aBiller());
    await billers.put(aBiller({ id: "other-power", apps: { ios } }));
    expect(await billers.findWithApps()).toEqual([]);
  });
}
