import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

let town: Town;

beforeAll(async () => {
  town = await openTown("2026-11-16T03:00:00Z");
  await town.api("PUT", "/v1/billers/power", {
    ...examplePower,
    billFetch: { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } },
  });
});
afterAll(async () => {
  await town.stop();
});

/** A preview or a script would not make anybody ask the biller's system. */
const aPhone =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
const bill = (id: string) => `/v1/billers/power/bills/${id}`;
const put = (id: string, phone: string) =>
  town.api("PUT", bill(id), aBillFor({ id, language: "en", addresses: { sms: phone } }));
const tell = (billId: string, says: object) =>
  town.api("POST", "/sandbox/biller-system", { biller: "power", billId, ...says });
const page = async (id: string): Promise<string> => {
  const { paymentLink } = (await town.api("GET", bill(id))).body;
  return await (await fetch(paymentLink, { headers: { "user-agent": aPhone } })).text();
};
const reminders = async (id: string) =>
  (await town.api("GET", bill(id))).body.timeline
    .filter(({ kind }: { kind: string }) => kind === "notification" || kind === "non-send")
    .map(({ step, status, reason }: Record<string, string>) => [step, reason ?? status].join(" "));

describe("a bill whose biller has a system of its own", () => {
  it("is reminded of and shown as that system has it", async () => {
    await put("dearer", "+919830021001");
    await tell("dearer", { amountDue: 131_000 });
    await town.until("2026-11-16T06:00:00Z");
    expect(town.phone("+919830021001").map(({ text }) => /1,?310\.00/.test(text))).toEqual([true]);
    expect((await town.api("GET", bill("dearer"))).body.amountDue.value).toBe(131_000);

    await town.wait({ minutes: 2 });
    await tell("dearer", { amountDue: 140_000 });
    expect(await page("dearer")).toContain("1,400.00");
    await tell("dearer", { outcome: "down" });
    await town.wait({ hours: 2 });
    expect(await page("dearer")).toContain("1,400.00");
    expect((await town.api("GET", bill("dearer"))).body.amountDue.value).toBe(131_000);
  });

  it("is not reminded of while nothing is due", async () => {
    await town.until("2026-11-17T03:00:00Z");
    await put("settled", "+919830021002");
    await tell("settled", { outcome: "nothing-due" });
    await town.until("2026-11-17T06:00:00Z");
    expect(town.phone("+919830021002")).toEqual([]);
    expect(await reminders("settled")).toEqual(["issued nothing-due"]);

    await tell("settled", { outcome: "due" });
    await town.until("2026-11-27T06:00:00Z");
    expect(town.phone("+919830021002")).toHaveLength(1);
    expect(await reminders("settled")).toEqual(["issued nothing-due", "due-soon delivered"]);
  });
});
