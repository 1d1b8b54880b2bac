import { describe, expect, it } from "vitest";
import { lookUpPayment } from "../../../functions/use-cases/look-up-payment.ts";
import { aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { ledgersOf, playedLedger, recordingPaymentQueue } from "../../support/played-ledger.ts";

const biller = aBiller();
const message = {
  type: "payment.succeeded",
  payment: { biller: biller.id, paymentId: "123456789", paidAt: "2026-11-15T04:30:00Z" },
} as const;
const lookUp = { biller: biller.id, gateway: "mercado-pago", reference: "123456789" } as const;

async function aWorld() {
  const { billers } = memoryPorts();
  await billers.put(biller);
  const [ledger, incomingPayments] = [playedLedger(), recordingPaymentQueue()];
  return { billers, ledger, incomingPayments, gatewayLedgers: ledgersOf(ledger) };
}

describe("lookUpPayment", () => {
  it("hands in what the gateway confirms, with where the body that named it lies", async () => {
    const world = await aWorld();
    world.ledger.messages.push(message);
    expect(await lookUpPayment(world, { ...lookUp, raw: "webhooks/1" })).toEqual({ outcome: "confirmed" });
    expect(world.incomingPayments.sent).toEqual([{ ...message, payment: { ...message.payment, raw: "webhooks/1" } }]);
    await lookUpPayment(world, lookUp);
    expect(world.incomingPayments.sent[1]).toEqual(message);
  });

  it("believes nobody who names what the gateway does not hold", async () => {
    const world = await aWorld();
    expect(await lookUpPayment(world, { ...lookUp, reference: "1" })).toEqual({ outcome: "not-found" });
    expect(world.incomingPayments.sent).toEqual([]);
  });

  it("asks nothing for a biller that is not there", async () => {
    const world = await aWorld();
    const command = { ...lookUp, biller: aBiller({ id: "other-power" }).id };
    expect(await lookUpPayment(world, command)).toEqual({ outcome: "not-found" });
    expect(world.ledger.lookedUp).toEqual([]);
  });

  it("leaves it to the queue to ask again while the gateway is down", async () => {
    const world = await aWorld();
    world.ledger.down = true;
    await expect(lookUpPayment(world, lookUp)).rejects.toMatchObject({ code: "provider-error" });
    expect(world.incomingPayments.sent).toEqual([]);
  });
});
