import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

type Received = {
  readonly at: string;
  readonly id: string;
  readonly type: string;
  readonly verified: boolean;
  readonly status: number;
  readonly body: { readonly data: object };
};

let town: Town;

const settings = {
  ...examplePower,
  webhook: { url: "https://billing.example.com/duebell" },
  desk: { email: "desk@example.com" },
  paymentNotices: ["payment-failed", "payment-pending"],
};

beforeAll(async () => {
  town = await openTown("2026-11-18T10:00:00+05:30");
  await town.api("PUT", "/v1/billers/power", settings);
  const quiet = { ...settings, header: "QUIETP", webhook: undefined, desk: undefined };
  await town.api("PUT", "/v1/billers/quiet", quiet);
});
afterAll(() => town.stop());

/** A bill of a customer with these addresses, whose reminders are still to come. */
async function aBill(id: string, addresses: Record<string, string>, biller = "power"): Promise<void> {
  const bill = aBillFor({ id: `customer-${id}`, addresses }, { issuedOn: "2026-12-20", dueDate: "2026-12-31" });
  expect((await town.api("PUT", `/v1/billers/${biller}/bills/${id}`, bill)).status).toBe(201);
}

/** A payment of a bill as the biller's systems tell it on the bus. */
const tell = (billId: string, type: string, paymentId: string, biller = "power") =>
  town.api("POST", "/sandbox/events", {
    Source: "billing",
    DetailType: `payment.${type}`,
    Detail: JSON.stringify({
      ...{ biller, billId, paymentId, source: "bus", rail: "upi" },
      amount: { value: 124_900, currency: "INR" },
      paidAt: new Date(town.laptop.clock.now()).toISOString(),
    }),
  });

const posted = async (type: string): Promise<readonly Received[]> =>
  (await town.api("GET", `/sandbox/biller-webhooks?biller=power&type=${type}`)).body;

describe("what a biller and its customers are told", () => {
  it("a biller's system gets each event signed, and one that is down gets it again until it takes it", async () => {
    await aBill("EP-1", { sms: "+919830000001" });
    await town.api("POST", "/sandbox/biller-system", { biller: "power", webhook: "down" });
    await tell("EP-1", "succeeded", "pay_0001");
    await town.wait({ minutes: 10 });
    const refused = await posted("bill.paid");
    expect(refused.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    await town.api("POST", "/sandbox/biller-system", { biller: "power", webhook: "ok" });
    await town.wait({ minutes: 60 });
    const all = await posted("bill.paid");
    expect(all.map(({ status, verified }) => [status, verified])).toEqual([
      ...[503, 503, 503, 503].map((status) => [status, true]),
      [204, true],
    ]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all[0]?.body.data).toMatchObject({ version: 1, biller: "power", billId: "EP-1", paymentId: "pay_0001" });
    const minutes = all.map(({ at }) => (Date.parse(at) - Date.parse(all[0]?.at ?? "")) / 60_000);
    expect(minutes[4]).toBeGreaterThan(30);
    expect(minutes[4]).toBeLessThan(37.2);
    await town.wait({ hours: 20 });
    expect(await posted("bill.paid")).toHaveLength(5);
  });

  it("the desk gets an e-mail when money needs a look, and a biller without desk and webhook nothing", async () => {
    await aBill("EP-2", { sms: "+919830000002" });
    await aBill("EP-2", { sms: "+919830000003" }, "quiet");
    for (const biller of ["power", "quiet"]) {
      await tell("EP-2", "succeeded", "pay_0002", biller);
      await town.wait({ minutes: 1 });
      await tell("EP-2", "succeeded", "pay_0003", biller);
      await town.wait({ minutes: 1 });
    }
    const mails = town.phone("desk@example.com");
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("Bill: EP-2");
    expect(mails[0]?.text).toContain("POST /v1/billers/power/proposals/duplicate.");
    expect(mails[0]?.text).not.toMatch(/1,249|124900|\+91|Asha/);
  });

  it("a customer whose payment failed is told within minutes, and one whose payment arrives is not told that it waits", async () => {
    await town.until("2026-11-20T10:00:00+05:30");
    await aBill("EP-3", { sms: "+919830000004" });
    await aBill("EP-4", { sms: "+919830000005" });
    await tell("EP-3", "failed", "pay_0004");
    await tell("EP-4", "pending", "pay_0005");
    await town.wait({ minutes: 1 });
    await tell("EP-4", "succeeded", "pay_0005");
    await town.wait({ minutes: 30 });
    const [told, ...others] = town.phone("+919830000004");
    expect(told?.text).toMatch(
      /^Payment failed: Rs 1,249\.00 to Example Power, Electricity, November 2026\. .*https?:\/\//,
    );
    expect(others).toEqual([]);
    expect(town.phone("+919830000005").map(({ text }) => text)).toEqual([expect.stringContaining("Thank you.")]);
    const { timeline } = (await town.api("GET", "/v1/billers/power/bills/EP-4")).body;
    expect(timeline).toContainEqual(
      expect.objectContaining({ kind: "non-send", step: expect.stringMatching(/^pending\./), reason: "superseded" }),
    );
  });
});
