import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startPayment } from "../../../functions/use-cases/start-payment.ts";
import { aBill, aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { counted, onDay, type Scene, scenes } from "../pages/page-states.ts";

const { code } = aBill();
const link = { header: "EXPOWR", code };

async function world({ bill, biller = aBiller(), now = onDay("2026-11-21") }: Scene = {}) {
  const ports = memoryPorts({ start: now });
  await ports.billers.put(biller);
  await ports.bills.save(aBill(bill), 0);
  return ports;
}

describe("starting a payment", () => {
  it("goes to the UPI app with the exact amount", async () => {
    const started = await startPayment(await world(), { ...link, rail: "upi" });
    expect(started).toMatchObject({
      outcome: "open-app",
      link: expect.stringMatching(/^upi:\/\/pay\?pa=examplepower@icici&.*&am=1249\.00&cu=INR&mode=04$/),
    });
  });

  it("goes to the UPI app with the part that was chosen, and fixes it", async () => {
    const started = await startPayment(await world(scenes["due-flexible"]), { ...link, rail: "upi", amount: "500" });
    expect(started).toMatchObject({ outcome: "open-app", link: expect.stringContaining("&am=500.00&cu=") });
  });

  it("shows a code to scan for the part that was chosen", async () => {
    const started = await startPayment(await world(scenes["due-flexible"]), { ...link, rail: "upi-qr", amount: "500" });
    expect(started).toMatchObject({
      outcome: "show-code",
      amount: { value: 50_000 },
      link: expect.stringMatching(/&am=500\.00&cu=INR&mode=01$/),
    });
  });

  it("has another reference for each attempt", async () => {
    const ports = await world();
    const first = await startPayment(ports, { ...link, rail: "upi" });
    ports.clock.advance(1);
    expect(await startPayment(ports, { ...link, rail: "upi" })).not.toEqual(first);
  });

  it.each([
    ["EXACT", "1248.99", "fixed"],
    ["EXACT_DOWN", "1249.01", "too-high"],
    ["EXACT_DOWN", "99.99", "too-low"],
    ["EXACT_UP", "1248.99", "too-low"],
    ["ANY", "99.99", "too-low"],
    ["ANY", "", "missing"],
    ["ANY", "<b>", "malformed"],
  ] as const)("refuses for %s the amount %j, naming the field", async (exactness, amount, fault) => {
    const ports = await world({ bill: { exactness, minimum: { value: 10_000, currency: "INR" } } });
    const started = await startPayment(ports, { ...link, rail: "upi", amount });
    expect(started).toMatchObject({ outcome: "refused", refusal: { field: "amount", fault, typed: amount } });
  });

  it.each([undefined, "", "pix", "UPI", "https://evil.example"])(
    "refuses the rail %j, naming the field",
    async (rail) => {
      const started = await startPayment(await world(), { ...link, rail });
      expect(started).toMatchObject({ outcome: "refused", refusal: { field: "rail" } });
    },
  );

  it("refuses UPI where the biller takes none", async () => {
    const started = await startPayment(await world(scenes["no-rail"]), { ...link, rail: "upi" });
    expect(started).toMatchObject({ outcome: "refused", refusal: { field: "rail" } });
  });

  it.each(["paid", "overpaid", "canceled", "expired"] as const)(
    "goes back to the page of a bill that is %s",
    async (name) => {
      const started = await startPayment(await world(scenes[name]), { ...link, rail: "upi" });
      expect(started).toEqual({ outcome: "nothing-to-pay", path: `/EXPOWR/${code}` });
    },
  );

  it("asks for the rest of a part-paid bill, and takes no more", async () => {
    const ports = await world({ bill: { payments: { "standard:pay_0001": counted(50_000, "2026-11-20") } } });
    expect(await startPayment(ports, { ...link, rail: "upi" })).toMatchObject({
      link: expect.stringContaining("&am=749.00&"),
    });
    expect(await startPayment(ports, { ...link, rail: "upi", amount: "1249" })).toMatchObject({ outcome: "refused" });
  });

  it("finds nothing under another header", async () => {
    expect(await startPayment(await world(), { header: "OTHERCO", code, rail: "upi" })).toEqual({
      outcome: "not-found",
    });
  });

  it("leads to the biller's own UPI address or nowhere, whatever the form says", async () => {
    const ports = await world(scenes["due-any"]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), async (rail, amount) => {
        const started = await startPayment(ports, { ...link, rail: rail.length % 2 ? "upi" : rail, amount });
        if (started.outcome === "open-app") expect(started.link).toMatch(/^upi:\/\/pay\?pa=examplepower@icici&/);
        else expect(started.outcome).toBe("refused");
      }),
    );
  });

  it("changes nothing", async () => {
    const ports = await world();
    await startPayment(ports, { ...link, rail: "upi" });
    expect(await ports.bills.get(code)).toEqual(aBill());
  });
});
