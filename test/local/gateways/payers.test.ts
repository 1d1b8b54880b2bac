import { describe, expect, it } from "vitest";
import { asking, checkoutUrl, played, press } from "../../support/gateway-rails.ts";
import { gatewayWorld } from "../../support/gateway-world.ts";
import { issueMorning } from "../../support/memory-clock.ts";

describe.each(played)("a payer at the played $gateway", ({ gateway, make, attempt }) => {
  it("pays once what the checkout is for, and is told of with the bill that was meant", async () => {
    await using world = await gatewayWorld();
    const checkout = await asking(make(world.means)).create({ ...attempt, n: 1, startedAt: issueMorning });
    const url = checkoutUrl(checkout, world.origin);
    await press(url, "cancel");
    expect(world.payments).toEqual([]);
    await press(url, "pay");
    await press(url, "pay");
    expect(world.payments).toHaveLength(1);
    expect(world.payments[0]).toMatchObject({ gateway, biller: "example-power", amount: attempt.amount });
    expect([attempt.bill.code, attempt.bill.billId]).toContain(world.payments[0]?.code ?? world.payments[0]?.billId);
  });
});
