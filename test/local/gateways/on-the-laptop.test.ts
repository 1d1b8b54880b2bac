import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examplePower, openTown, type Town } from "../../journeys/town.ts";

const bank = "https://pix.bank.example.com";
const psp = { url: `${bank}/api/v2`, tokenUrl: `${bank}/oauth/token` };
const pix = { key: "39580525000189", merchantName: "Luz Exemplo SA", merchantCity: "São Paulo", psp };

let town: Town;

beforeAll(async () => {
  town = await openTown("2026-11-15T10:00:00+05:30");
  await town.api("PUT", "/v1/billers/power", { ...examplePower, rails: { stripe: {}, pix } });
}, 60_000);

afterAll(() => town.stop());

/** The page of a new bill of 129.90. */
async function pageOf(billId: string, currency: string): Promise<string> {
  const { body } = await town.api("PUT", `/v1/billers/power/bills/${billId}`, {
    customer: { id: billId, addresses: { email: "asha@example.org" } },
    title: "Electricity, November 2026",
    amountDue: { value: 12_990, currency },
    dueDate: "2026-11-30",
  });
  return body.paymentLink;
}

const post = (url: string, form: Record<string, string>): Promise<Response> =>
  fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });

async function statusOf(billId: string): Promise<unknown> {
  await town.laptop.settle();
  return (await town.api("GET", `/v1/billers/power/bills/${billId}`)).body.status;
}

describe("on the laptop", () => {
  it("a bill is paid at Stripe's checkout, and its page is where the payer comes back to", async () => {
    const page = await pageOf("EP-1", "SGD");
    const tap = async () => (await post(`${page}/pay`, { rail: "stripe" })).headers.get("location") ?? "";
    const [checkout, again] = [await tap(), await tap()];
    expect(checkout).toContain("/sandbox/gateways/stripe/pay/cs_test_");
    expect(again).toBe(checkout);
    expect((await post(checkout, { action: "pay" })).headers.get("location")).toBe(page);
    expect(await statusOf("EP-1")).toBe("paid");
  });

  it("a bill is paid with a code that the biller's bank made", async () => {
    const page = await pageOf("EP-2", "BRL");
    const shown = await post(`${page}/pay`, { rail: "pix-psp-code" });
    expect(shown.status).toBe(200);
    expect(await shown.text()).toMatch(/0002010102122\d[^<]*br\.gov\.bcb\.pix[^<]*pix\.bank\.example\.com/);
    const code = new URL(page).pathname.split("/").at(-1);
    const txid = `${code}0000000000001`;
    await post(`${town.laptop.url}/sandbox/gateways/pix/pay/${txid}`, { action: "pay" });
    expect(await statusOf("EP-2")).toBe("paid");
  });

  it("a gateway's faults are set by its name, and a name that is none is refused", async () => {
    const set = (name: string, body: object) => town.api("POST", `/sandbox/gateways/${name}`, body);
    expect(await set("stripe", { mode: "throttle" })).toEqual({ status: 200, body: { mode: "throttle" } });
    const page = await pageOf("EP-3", "SGD");
    expect((await post(`${page}/pay`, { rail: "stripe" })).status).toBe(503);
    expect((await set("stripe", { mode: "ok" })).status).toBe(200);
    expect((await post(`${page}/pay`, { rail: "stripe" })).status).toBe(303);
    expect(await set("paypal", { mode: "ok" })).toMatchObject({ status: 400, body: { errors: [{ path: "gateway" }] } });
  });
});
