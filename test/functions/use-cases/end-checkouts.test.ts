import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { EndedCheckout, Rail } from "../../../functions/ports.ts";
import { endCheckouts } from "../../../functions/use-cases/end-checkouts.ts";
import { aCheckout, aFormerCheckout, aGatewayBiller, anAttempt } from "../../support/attempts.ts";
import { aBill, aTombstone } from "../../support/builders.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { playedGateway } from "../../support/played-gateway.ts";

const { biller, billId, code } = aBill();
const named = { biller, billId };
const paid: Partial<Bill> = {
  payments: { "razorpay:pay_1": { amount: 124_900, refunded: 0, paidAt: issueMorning, n: 0 } },
};

/** A paid bill, with gateways that answer to each end of a checkout as they are told. */
async function aWorld(became: EndedCheckout = "ended", bill: Partial<Bill> = paid) {
  const ports = memoryPorts();
  await ports.billers.put(aGatewayBiller());
  await ports.bills.save(aBill(bill), 0);
  const ended: string[] = [];
  const railOf = (name: "razorpay" | "stripe", canBeCanceled: boolean): Rail => {
    const { rail } = playedGateway();
    const cancel = async (reference: string) => {
      ended.push(`${name} ${reference}`);
      return became;
    };
    return { ...rail, name, capabilities: { ...rail.capabilities, canBeCanceled }, cancel };
  };
  return { ...ports, ended, rails: [railOf("razorpay", true), railOf("stripe", true)] };
}

describe("endCheckouts", () => {
  it("ends the open checkout at every gateway, and a former one that is open still", async () => {
    const world = await aWorld();
    await world.attempts.save(
      anAttempt({ checkout: aCheckout(), replaces: aFormerCheckout({ providerReference: "plink_0" }) }),
      0,
    );
    await world.attempts.save(anAttempt({ rail: "stripe", checkout: aCheckout({ providerReference: "cs_1" }) }), 0);
    expect(await endCheckouts(world, named)).toEqual({ outcome: "ended" });
    expect(world.ended.sort()).toEqual(["razorpay plink_0", "razorpay plink_Qf0000000000001", "stripe cs_1"]);
  });

  it("asks no gateway where nothing is open", async () => {
    const world = await aWorld();
    expect(await endCheckouts(world, named)).toEqual({ outcome: "nothing-open" });
    await world.attempts.save(anAttempt({ checkout: aCheckout({ expiresAt: issueMorning - 1 }) }), 0);
    expect(await endCheckouts(world, named)).toEqual({ outcome: "nothing-open" });
    expect(world.ended).toEqual([]);
  });

  it("ends nothing of a bill that can be paid again", async () => {
    const refunded = { payments: { "razorpay:pay_1": { amount: 124_900, refunded: 900, paidAt: issueMorning, n: 0 } } };
    const world = await aWorld("ended", refunded);
    await world.attempts.save(anAttempt({ checkout: aCheckout() }), 0);
    expect(await endCheckouts(world, named)).toEqual({ outcome: "payable" });
    expect(world.ended).toEqual([]);
  });

  it("leaves a payment that the gateway has already to the gateway's own word", async () => {
    const world = await aWorld("paid");
    await world.attempts.save(anAttempt({ checkout: aCheckout() }), 0);
    expect(await endCheckouts(world, named)).toEqual({ outcome: "paid" });
  });

  it("is asked again by the queue where a gateway does not say what became of a checkout", async () => {
    const world = await aWorld("unknown");
    await world.attempts.save(anAttempt({ checkout: aCheckout() }), 0);
    await expect(endCheckouts(world, named)).rejects.toMatchObject({ code: "provider-error" });
  });

  it("waits for a checkout that may just be made, and not for one that came to nothing", async () => {
    const world = await aWorld();
    await world.attempts.save(anAttempt({ startedAt: issueMorning - 60_000 }), 0);
    await expect(endCheckouts(world, named)).rejects.toMatchObject({ code: "not-ready" });
    world.clock.advance(5 * 60_000);
    expect(await endCheckouts(world, named)).toEqual({ outcome: "nothing-open" });
  });

  it("leaves a checkout alone that cannot be ended", async () => {
    const world = await aWorld();
    const [rail] = world.rails;
    if (rail?.kind !== "gateway") throw new TypeError("it is a gateway's");
    const rails: Rail[] = [{ ...rail, capabilities: { ...rail.capabilities, canBeCanceled: false } }];
    await world.attempts.save(anAttempt({ checkout: aCheckout() }), 0);
    expect(await endCheckouts({ ...world, rails }, named)).toEqual({ outcome: "nothing-open" });
    expect(world.ended).toEqual([]);
  });

  it("ends nothing of a bill that was canceled before it was known, or is not there", async () => {
    const world = { ...(await aWorld()), ...memoryPorts() };
    await world.billers.put(aGatewayBiller());
    expect(await endCheckouts(world, named)).toEqual({ outcome: "no-bill" });
    await world.bills.save(aTombstone({ biller, billId, code }), 0);
    expect(await endCheckouts(world, named)).toEqual({ outcome: "nothing-open" });
  });
});
