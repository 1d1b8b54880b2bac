import { describe, expect, it } from "vitest";
import { ledgers } from "../../../functions/adapters/ledgers.ts";
import { pixPspRail } from "../../../functions/adapters/rails/pix-psp.ts";
import type { LinkCode } from "../../../functions/domain/link-code.ts";
import { PaymentTold } from "../../../functions/domain/payment.ts";
import { aGatewayBiller, aPixBiller, aRailAttempt } from "../../support/attempts.ts";
import { aBill } from "../../support/builders.ts";
import { asking, press } from "../../support/gateway-rails.ts";
import { type GatewayWorld, gatewayWorld, secretsOfAll } from "../../support/gateway-world.ts";

const { billId, code } = aBill();
const biller = { ...aPixBiller(), rails: { ...aGatewayBiller().rails, ...aPixBiller().rails } };

const ledgersIn = ({ means, origin }: GatewayWorld) =>
  ledgers({
    ...means,
    secrets: secretsOfAll(),
    mercadoPagoBaseUrl: `${origin}/sandbox/gateways/mercado-pago/v1`,
  });
const dayOf = ({ clock }: GatewayWorld) => ({ from: clock.now() - 12 * 3_600_000, to: clock.now() + 12 * 3_600_000 });

const inOwn = { razorpay: "INR", stripe: "SGD", "mercado-pago": "BRL" } as const;
const gateways = ["razorpay", "stripe", "mercado-pago"] as const;
type PaidAt = (typeof gateways)[number];

async function paidAt(world: GatewayWorld, gateway: PaidAt, outcome: "paid" | "failed" | "pending" = "paid") {
  const amount = { value: 12_990, currency: inOwn[gateway] };
  const order = { biller: biller.id, billId, code, title: "Electricity", amount, outcome };
  return (await world.gateways.pay(gateway, order)).paymentId;
}

describe.each(gateways)("the books of %s as it is played", (gateway) => {
  it("tell of a payment alike in the day's list and by itself, with the bill it is for", async () => {
    await using world = await gatewayWorld();
    const paymentId = await paidAt(world, gateway);
    const ledger = ledgersIn(world)[gateway];
    const [listed, ...others] = await Array.fromAsync(ledger.find(biller, dayOf(world)));
    expect(others).toEqual([]);
    expect(await ledger.lookUp(biller, paymentId)).toEqual([listed]);
    expect(listed?.type).toBe("payment.succeeded");
    expect(PaymentTold.parse(listed?.payment)).toMatchObject({
      ...{ biller: biller.id, billId, source: gateway, paymentId },
      amount: { value: 12_990, currency: inOwn[gateway] },
    });
  });

  it("tell of what was given back, and of a refund that came days later on its own day", async () => {
    await using world = await gatewayWorld();
    const paymentId = await paidAt(world, gateway);
    world.clock.advance(5 * 86_400_000);
    await world.gateways.refund(paymentId, 990);
    const found = await Array.fromAsync(ledgersIn(world)[gateway].find(biller, dayOf(world)));
    expect(found.map(({ type }) => type)).toEqual(["payment.succeeded", "payment.refunded"]);
    expect(PaymentTold.parse(found[1]?.payment)).toMatchObject({ paymentId, refundedTotal: { value: 990 } });
  });

  it.each([
    ["failed", "payment.failed"],
    ["pending", "payment.pending"],
  ] as const)("tell of a payment that is %s", async (outcome, type) => {
    await using world = await gatewayWorld();
    const paymentId = await paidAt(world, gateway, outcome);
    const found = await ledgersIn(world)[gateway].lookUp(biller, paymentId);
    expect(found.map((message) => message.type)).toEqual([type]);
  });

  it("are read again where the gateway is busy, and throw where it is down", async () => {
    await using world = await gatewayWorld();
    world.gateways.setMode(gateway, { mode: "fail" });
    const ledger = ledgersIn(world)[gateway];
    await expect(Array.fromAsync(ledger.find(biller, dayOf(world)))).rejects.toMatchObject({ code: "provider-error" });
  });
});

describe("the books of a bank as it is played", () => {
  it("tell of a charge that was paid in the day's list, by its txid and by its end-to-end id", async () => {
    await using world = await gatewayWorld();
    const amount = { value: 12_990, currency: "BRL" as never };
    const bill = aBill({ amountDue: amount });
    const attempt = { ...aRailAttempt({ biller, bill, amount, mode: "code" }), n: 1, startedAt: world.clock.now() };
    const made = await asking(pixPspRail(world.means)).create(attempt);
    if (made.outcome !== "created") throw new TypeError("it is made");
    await press(`${world.origin}/sandbox/gateways/pix/pay/${made.providerReference}`, "pay");
    const ledger = ledgersIn(world).pix;
    const [listed, ...others] = await Array.fromAsync(ledger.find(biller, dayOf(world)));
    expect(others).toEqual([]);
    const told = PaymentTold.parse(listed?.payment);
    expect(told).toMatchObject({ code: code as LinkCode, source: "pix", amount });
    expect(told.references).toContain(`txid:${made.providerReference}`);
    expect(await ledger.lookUp(biller, made.providerReference)).toEqual([listed]);
    expect(await ledger.lookUp(biller, told.paymentId)).toEqual([listed]);
  });
});
