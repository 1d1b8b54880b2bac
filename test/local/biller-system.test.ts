import { describe, expect, it } from "vitest";
import { bbpsLiveBills } from "../../functions/adapters/bill-fetch/live-bills.ts";
import type { Exchange } from "../../functions/adapters/one-exchange.ts";
import type { Bill } from "../../functions/domain/bill.ts";
import type { Biller } from "../../functions/domain/biller.ts";
import { type BillerSystem, billerSystem } from "../../local/biller-system.ts";
import { aBill, aBiller, aCustomer } from "../support/builders.ts";
import { controlledClock } from "../support/memory-clock.ts";

const billFetch = { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } };
const biller = aBiller({ billFetch });
const bill = aBill();
const authorization = "Bearer example";

/** Calls go to the double, as on the laptop. */
const through =
  (system: BillerSystem): Exchange =>
  async ({ method, url, headers = {}, body = "" }) => {
    const { host, pathname } = new URL(url);
    const answer = await system.ask({
      ...{ method, path: `/sandbox/outbound${pathname}`, query: new URLSearchParams() },
      headers: { ...headers, host },
      body: Buffer.from(body),
    });
    if (answer === undefined || answer === "hang") return { outcome: "failed", reason: "timed-out" };
    return { outcome: "answered", status: answer.status, headers: {}, body: String(answer.body) };
  };

/** A biller's system over these bills, and our own question to it. */
function aSystem(bills: readonly Bill[] = [bill], of: Biller = biller) {
  const clock = controlledClock();
  const { id, ...settings } = of;
  const system = billerSystem({
    bills: {
      all: async () => bills,
      metadataOf: async ({ billId }): Promise<Record<string, string>> =>
        billId === bill.billId ? { meter: "77812" } : {},
    },
    settings: () => ({ [id]: settings, "other-power": { name: "Without a system" } }),
    secrets: { ofBiller: () => ({ "bill-fetch": { authorization } }) },
    now: clock.now,
  });
  const { fetch } = bbpsLiveBills({ call: through(system), secret: async () => authorization, clock });
  return { ...system, clock, fetch: (one = bill) => fetch(of, one, { metadata: { meter: "77812" } }) };
}

const rupees = (value: number) => ({ value, currency: "INR" });

describe("the double of a biller's own system", () => {
  it("says of a bill what is stored, unless it was told otherwise", async () => {
    const { fetch, tell } = aSystem();
    expect(await fetch()).toEqual({
      outcome: "due",
      amountDue: rupees(124_900),
      dueDate: "2026-11-30",
      exactness: "EXACT",
    });
    tell({ biller: biller.id, billId: bill.billId, amountDue: 131_000, dueDate: "2026-12-05" });
    expect(await fetch()).toMatchObject({ amountDue: rupees(131_000), dueDate: "2026-12-05" });
    tell({ biller: biller.id, billId: bill.billId, outcome: "nothing-due" });
    expect(await fetch()).toEqual({ outcome: "nothing-due" });
  });

  it("can be down, slow and up again", async () => {
    const { fetch, tell, clock } = aSystem();
    tell({ biller: biller.id, outcome: "down" });
    expect(await fetch()).toEqual({ outcome: "failed", reason: "server-error" });
    clock.advance(15_000);
    tell({ biller: biller.id, outcome: "slow" });
    expect(await fetch()).toEqual({ outcome: "failed", reason: "timed-out" });
    clock.advance(15_000);
    tell({ biller: biller.id });
    expect(await fetch()).toMatchObject({ outcome: "due" });
  });

  it("knows a customer by the metadata of its bills, where the settings say so", async () => {
    const byMeter = aBiller({
      billFetch: { ...billFetch, identifier: { name: "meterNumber", fromMetadata: "meter" } },
    });
    expect(await aSystem([bill, aBill({ billId: "another" })], byMeter).fetch()).toMatchObject({ outcome: "due" });
    expect(await aSystem([aBill({ billId: "another" })], byMeter).fetch()).toEqual({
      outcome: "failed",
      reason: "customer-not-found",
    });
  });

  it("knows nobody who has no bill, and tells a stranger nothing", async () => {
    const stranger = aBill({ customer: aCustomer({ id: "99999" }) });
    expect(await aSystem([stranger]).fetch()).toEqual({ outcome: "failed", reason: "customer-not-found" });
    const { ask } = aSystem();
    const request = (headers: Record<string, string>) =>
      ask({
        ...{ method: "POST", path: "/sandbox/outbound/bbps/bills/fetch", query: new URLSearchParams(), headers },
        body: Buffer.from("{}"),
      });
    expect(await request({ host: "billing.example.com" })).toMatchObject({ status: 401 });
    expect(await request({ host: "elsewhere.example.com", authorization })).toMatchObject({ status: 404 });
  });

  it.each([
    ["biller", {}],
    ["outcome", { biller: "example-power", outcome: "asleep" }],
    ["dueDate", { biller: "example-power", billId: "a", dueDate: "2026-02-30" }],
    ["billId", { biller: "example-power", amountDue: 5 }],
  ])("refuses an order that is wrong in %s", (path, order) => {
    expect(() => aSystem().tell(order)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path })] }),
    );
  });

  it("refuses an order for a biller without a system", () => {
    expect(() => aSystem().tell({ biller: "other-power" })).toThrow(/billFetch/);
  });
});
