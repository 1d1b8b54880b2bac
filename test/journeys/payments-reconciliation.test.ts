import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPayingTown, type PayingTown, payAtCheckout } from "./paying-town.ts";

let town: PayingTown;

beforeAll(async () => {
  town = await openPayingTown("2026-11-16T03:00:00Z");
}, 60_000);
afterAll(() => town.stop());

type Report = { readonly gateway: string; readonly date: string; readonly missing: number; readonly missed: unknown };

const reportOf = async (gateway: string, date: string): Promise<Report | undefined> => {
  const { body } = await town.api("GET", "/v1/billers/power/reconciliations");
  return body.reconciliations.find((one: Report) => one.gateway === gateway && one.date === date);
};

const mode = (gateway: string, name: string) => town.api("POST", `/sandbox/gateways/${gateway}`, { mode: name });

/** Imports a CSV of bank credits and waits for its end. */
async function importCredits(rows: readonly string[]) {
  const imports = "/v1/billers/power/imports";
  const { body } = await town.api("POST", imports, { format: "csv", of: "credits" });
  const header = "reference,amount,currency,creditedOn,rrn,billId,narration";
  await fetch(body.uploadUrl, { method: "PUT", body: [header, ...rows, ""].join("\n") });
  await town.laptop.settle();
  await town.wait({ minutes: 2 });
  return (await town.api("GET", `${imports}/${body.importId}`)).body;
}

describe("webhooks that never arrived", () => {
  it.each(["razorpay", "stripe", "mercado-pago"])(
    "are made up for by the next day's reconciliation: %s",
    async (gateway) => {
      const id = `lost-${gateway}`;
      const now = new Date(town.laptop.clock.now()).toISOString().slice(0, 10);
      await mode(gateway, "lose-webhooks");
      const bill = await town.bill(id, { email: `${id}@example.org` }, { dueDate: "2027-01-30" });
      if (gateway === "mercado-pago") await town.pay({ code: bill.code, via: gateway });
      else await payAtCheckout(bill, gateway);
      await mode(gateway, "ok");
      await town.wait({ hours: 1 });
      expect(await town.story(id)).toMatchObject({ status: "open" });

      await town.wait({ days: 1 });
      expect(await town.story(id)).toMatchObject({ status: "paid", paid: { value: 124_900 } });
      expect(await reportOf(gateway, now)).toMatchObject({ missing: 1, extra: 0, missed: [expect.anything()] });
      expect(town.phone(`${id}@example.org`).at(-1)?.text).toContain("₹1,249.00");
      await town.wait({ days: 1 });
      expect(await reportOf(gateway, now)).toMatchObject({ matched: 1, missing: 0, extra: 0 });
      expect(await town.told(id)).toEqual(["bill.paid"]);
    },
  );

  it("of a refund are made up for too", async () => {
    const { code } = await town.bill("lost-refund", { email: "lost-refund@example.org" }, { dueDate: "2027-01-30" });
    const { paymentId } = await town.pay({ code, via: "razorpay" });
    await mode("razorpay", "lose-webhooks");
    await town.api("POST", "/sandbox/refund", { paymentId });
    await mode("razorpay", "ok");
    await town.wait({ days: 1 });
    expect(await town.story("lost-refund")).toMatchObject({ status: "open", paid: { value: 0 } });
  });
});

describe("a bank's statement", () => {
  it("pays the bill a credit names, asks about money that may be held already, and keeps the rest", async () => {
    const today = new Date(town.laptop.clock.now()).toISOString().slice(0, 10);
    const later = { dueDate: "2027-01-30" };
    const { code } = await town.bill("by-gateway", { email: "by-gateway@example.org" }, later);
    const { paymentId } = await town.pay({ code, via: "razorpay" });
    await town.bill(
      "by-bank",
      { email: "by-bank@example.org" },
      { ...later, amountDue: { value: 50_000, currency: "INR" } },
    );

    const answer = await importCredits([
      `S1,500.00,INR,${today},631912345670,by-bank,UPI/631912345670`,
      `S2,1249.00,INR,${today},,by-gateway,NEFT`,
      `S3,77.00,INR,${today},,,CASH`,
    ]);
    expect(answer).toMatchObject({ status: "done", rows: 3, rejected: 0, registered: 1, proposed: 1, unmatched: 1 });
    expect(await town.story("by-bank")).toMatchObject({ status: "paid", paid: { value: 50_000 } });
    expect(await town.story("by-gateway")).toMatchObject({ paid: { value: 124_900 } });
    const open = await town.proposals();
    expect(open).toMatchObject([
      { kind: "already-held", paymentId: "S2", held: { paymentId, by: "amount-and-day" } },
      { kind: "unmatched", paymentId: "S3" },
    ]);

    const decide = (id: string, decision: object) => town.api("POST", `/v1/billers/power/proposals/${id}`, decision);
    expect((await decide(open[0]?.id ?? "", { decision: "dismiss" })).status).toBe(200);
    await town.bill(
      "found-later",
      { email: "found-later@example.org" },
      { ...later, amountDue: { value: 7_700, currency: "INR" } },
    );
    expect((await decide(open[1]?.id ?? "", { decision: "apply", billId: "found-later" })).status).toBe(200);
    await town.wait({ minutes: 2 });
    expect(await town.story("found-later")).toMatchObject({ status: "paid" });
    expect(await town.proposals()).toEqual([]);
  });
});
