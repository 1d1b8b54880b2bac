import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPayingTown, type PayingTown, payAtCheckout, toldShort } from "./paying-town.ts";

let town: PayingTown;

beforeAll(async () => {
  town = await openPayingTown("2026-11-16T03:00:00Z");
}, 60_000);
afterAll(() => town.stop());

/** Every way a payment can be told by; the hosted checkouts are reached from the page. */
const ways = [
  { via: "razorpay", checkout: true, rail: "razorpay" },
  { via: "stripe", checkout: true, rail: "stripe" },
  { via: "mercado-pago", checkout: false, rail: "" },
  { via: "bbps", checkout: false, rail: "" },
  { via: "standard", checkout: false, rail: "" },
] as const;

describe("a payment at a gateway", () => {
  it.each(ways)("comes in by its own webhooks: $via", async ({ via, checkout, rail }) => {
    const address = `${via}@example.org`;
    const bill = await town.bill(via, { email: address });
    expect(toldShort(await town.story(via))).toEqual(["registered"]);
    if (checkout) expect(await payAtCheckout(bill, rail)).toContain(bill.link);
    else expect(await town.pay({ code: bill.code, via })).toMatchObject({ answered: 200 });
    await town.wait({ minutes: 2 });

    const story = await town.story(via);
    expect(story).toMatchObject({ status: "paid", next: null, paid: { value: 124_900 } });
    const payments = story.timeline.filter(({ kind }) => kind === "payment");
    expect(payments).toMatchObject([{ outcome: "full", receipt: expect.stringMatching(/^2026-\d{6}$/) }]);
    expect(town.phone(address)).toHaveLength(1);
    expect(town.phone(address)[0]?.text).toContain(String(payments[0]?.["receipt"]));
    expect(await (await fetch(bill.link)).text()).toContain(String(payments[0]?.["receipt"]));
    expect(await town.told(via)).toEqual(["bill.paid"]);
  });

  it("has a receipt number of its own, without a gap between them", async () => {
    const stories = await Promise.all(ways.map(({ via }) => town.story(via)));
    const numbers = stories.flatMap(({ timeline }) => timeline.flatMap((entry) => entry["receipt"] ?? []));
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => `2026-00000${n}`));
  });

  it("is reminded of no more, and every call that was made for it was allowed", async () => {
    await town.wait({ days: 20 });
    for (const { via } of ways) expect(town.phone(`${via}@example.org`)).toHaveLength(1);
    expect(town.laptop.calls().filter(({ allowed }) => !allowed)).toEqual([]);
    expect(await town.laptop.queued()).toEqual([]);
  });

  it("counts once though each of its webhooks comes twice", async () => {
    await town.api("POST", "/sandbox/gateways/razorpay", { mode: "repeat-webhooks" });
    const bill = await town.bill("repeated", { email: "repeated@example.org" }, { dueDate: "2026-12-30" });
    await payAtCheckout(bill, "razorpay");
    await town.api("POST", "/sandbox/gateways/razorpay", { mode: "ok" });
    await town.wait({ minutes: 5 });
    expect(await town.story("repeated")).toMatchObject({ status: "paid", paid: { value: 124_900 } });
    expect(town.phone("repeated@example.org")).toHaveLength(1);
    expect(await town.told("repeated")).toEqual(["bill.paid"]);
  });

  it("by a bank's Pix is told by the standard webhook, under the name the bank gives it", async () => {
    const bank = "https://pix.bank.example.com";
    const psp = { url: `${bank}/api/v2`, tokenUrl: `${bank}/oauth/token` };
    const pix = { key: "39580525000189", merchantName: "Luz Exemplo SA", merchantCity: "São Paulo", psp };
    const luz = { name: "Luz Exemplo", header: "LUZEXM", country: "BR", language: "pt", timeZone: "America/Sao_Paulo" };
    const hops = {
      cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
      hops: [{ channel: "email" }],
      email: { from: "Luz Exemplo <contas@mail.example.com>" },
    };
    const put = await town.api("PUT", "/v1/billers/luz", { ...luz, ...hops, rails: { pix } });
    expect(put.status).toBe(201);
    const { body } = await town.api("PUT", "/v1/billers/luz/bills/P-1", {
      customer: { id: "p", addresses: { email: "pix@example.org" } },
      title: "Conta de luz",
      amountDue: { value: 12_990, currency: "BRL" },
      dueDate: "2026-12-30",
    });
    await fetch(`${body.paymentLink}/pay`, { method: "POST", body: new URLSearchParams({ rail: "pix-psp-code" }) });
    const txid = `${body.paymentLink.split("/").at(-1)}0000000000001`;
    const charge = `${town.laptop.url}/sandbox/gateways/pix/pay/${txid}`;
    await fetch(charge, { method: "POST", body: new URLSearchParams({ action: "pay" }) });
    await town.wait({ minutes: 2 });
    const paid = (await town.api("GET", "/v1/billers/luz/bills/P-1")).body;
    expect(paid).toMatchObject({ status: "paid", paid: { value: 12_990, currency: "BRL" } });
    expect(paid.timeline.find(({ kind }: { kind: string }) => kind === "payment")).toMatchObject({
      source: "pix",
      paymentId: expect.stringMatching(/^E\w{31}$/),
    });
    expect(town.phone("pix@example.org")).toHaveLength(1);
  });
});
