import { describe, expect, it } from "vitest";
import type { CreatedCheckout } from "../../../../functions/ports.ts";
import { aGatewayBiller } from "../../../support/attempts.ts";
import { asking, checkoutUrl, played, press, startedOf } from "../../../support/gateway-rails.ts";
import { gatewaySecrets, gatewayWorld, secretsOfAll } from "../../../support/gateway-world.ts";
import { issueMorning } from "../../../support/memory-clock.ts";

const minuteMs = 60_000;

describe.each(played)("paying at $gateway", ({ gateway, make, attempt, openMinutes }) => {
  const first = { ...attempt, n: 1, startedAt: issueMorning };

  it("makes a checkout of the amount, open for its time", async () => {
    await using world = await gatewayWorld();
    const checkout = await asking(make(world.means)).create(first);
    expect(checkout).toMatchObject({ outcome: "created", expiresAt: issueMorning + openMinutes * minuteMs });
    const page = await fetch(checkoutUrl(checkout, world.origin));
    expect(await page.text()).toContain(gateway === "pix" ? "R$129.90" : "₹1,249.00");
  });

  it("makes one checkout of an attempt, however often and however much at once it is asked for", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const made = await Promise.all([rail.create(first), rail.create(first)]);
    world.clock.advance(4 * minuteMs);
    const again = await rail.create({ ...first, now: world.clock.now() });
    expect(new Set([...made, again].map((one) => checkoutUrl(one, world.origin))).size).toBe(1);
    expect(again.outcome).toBe("created");
  });

  it("makes another one of the next attempt", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const one = await rail.create(first);
    const other = await rail.create({ ...first, n: 2 });
    expect(startedOf(other)).not.toEqual(startedOf(one));
  });

  it("sends a name that was used up on to the next one", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const checkout = await rail.create(first);
    await press(checkoutUrl(checkout, world.origin), "pay");
    const again = await rail.create({ ...first, amount: { ...first.amount, value: first.amount.value - 1_000 } });
    expect(again).toMatchObject({ outcome: "unavailable", spent: true });
  });

  it("ends a checkout, which then nobody can pay", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const checkout = await rail.create(first);
    const reference = checkout.outcome === "created" ? checkout.providerReference : "";
    expect(await rail.cancel(reference, attempt.biller)).toBe("ended");
    await press(checkoutUrl(checkout, world.origin), "pay");
    expect(world.payments).toEqual([]);
    expect(await rail.cancel(reference, attempt.biller)).toBe("ended");
  });

  it("does not end a checkout that was paid, and says so", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const checkout = await rail.create(first);
    await press(checkoutUrl(checkout, world.origin), "pay");
    const reference = checkout.outcome === "created" ? checkout.providerReference : "";
    expect(await rail.cancel(reference, attempt.biller)).toBe("paid");
    expect(await rail.cancel(reference, attempt.biller)).toBe("paid");
  });

  it("knows a checkout that expired as ended", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const checkout = await rail.create(first);
    world.clock.advance(openMinutes * minuteMs);
    const reference = checkout.outcome === "created" ? checkout.providerReference : "";
    expect(await rail.cancel(reference, attempt.biller)).toBe("ended");
  });

  it("says nothing of a checkout that the gateway does not know, or does not tell of", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    const checkout = await rail.create(first);
    expect(await rail.cancel("plink_0", attempt.biller)).toBe("unknown");
    world.gateways.setMode(gateway, { mode: "fail" });
    const reference = checkout.outcome === "created" ? checkout.providerReference : "";
    expect(await rail.cancel(reference, attempt.biller)).toBe("unknown");
  });

  it("can be paid until it expires, and not after", async () => {
    await using world = await gatewayWorld();
    const checkout = await asking(make(world.means)).create(first);
    world.clock.advance(openMinutes * minuteMs);
    await press(checkoutUrl(checkout, world.origin), "pay");
    expect(world.payments).toEqual([]);
  });

  it("is unavailable while the gateway throttles or fails, and its next attempt is not", async () => {
    await using world = await gatewayWorld();
    const rail = asking(make(world.means));
    world.gateways.setMode(gateway, { mode: "throttle" });
    expect((await rail.create(first)).outcome).toBe("unavailable");
    world.gateways.setMode(gateway, { mode: "fail" });
    expect((await rail.create(first)).outcome).toBe("unavailable");
    world.gateways.setMode(gateway, { mode: "ok" });
    const again = await rail.create(first);
    const isGood = again.outcome === "created" || again.spent === true;
    expect(isGood).toBe(true);
    expect((await rail.create({ ...first, n: 2 })).outcome).toBe("created");
  });

  it("comes to the checkout whose answer was lost", async () => {
    await using world = await gatewayWorld({ createMs: 400, cancelMs: 200 });
    world.gateways.setMode(gateway, { mode: "timeout" });
    expect(await asking(make(world.means)).create(first)).toMatchObject({ outcome: "unavailable" });
    world.gateways.setMode(gateway, { mode: "ok" });
    const patient = asking(make({ ...world.means, createMs: 10_000 }));
    const [found, again] = [await patient.create(first), await patient.create(first)];
    expect(found.outcome).toBe("created");
    expect(again).toEqual(found);
  });

  it("is unavailable without credentials, with wrong ones, and where they cannot be read", async () => {
    await using world = await gatewayWorld();
    const reasons: unknown[] = [];
    const wrong = {
      razorpay: { ...gatewaySecrets.razorpay, keySecret: "another-secret" },
      stripe: { secretKey: "sk_test_another" },
      pix: { ...gatewaySecrets.pix, clientSecret: "another-secret" },
    };
    const broken = async (): Promise<never> => {
      throw new Error("no secret today");
    };
    for (const secrets of [secretsOfAll({}), secretsOfAll(wrong), { razorpay: broken, stripe: broken, pix: broken }]) {
      const rail = asking(make({ ...world.means, secrets }));
      const { reason } = (await rail.create(first)) as Extract<CreatedCheckout, { outcome: "unavailable" }>;
      reasons.push(reason);
      expect(await rail.cancel("plink_1", attempt.biller)).toBe("unknown");
    }
    const unauthorized = gateway === "pix" ? "token-unauthorized" : "unauthorized";
    expect(reasons).toEqual(["no-credentials", unauthorized, "credentials-unreadable"]);
  });

  it("does not wait for credentials beyond its time", async () => {
    await using world = await gatewayWorld({ createMs: 100, cancelMs: 100 });
    const slow = () => new Promise<never>(() => undefined);
    const rail = asking(make({ ...world.means, secrets: { razorpay: slow, stripe: slow, pix: slow } }));
    expect(await rail.create(first)).toEqual({ outcome: "unavailable", reason: "timed-out" });
    expect(await rail.cancel("plink_1", attempt.biller)).toBe("unknown");
    expect(world.requests()).toBe(0);
  });

  it("offers without any means, and then makes and ends nothing", async () => {
    const rail = asking(make());
    expect(rail.offer(attempt)).toMatchObject({
      bounds: { minimum: attempt.amount, maximum: attempt.amount },
      fixed: true,
    });
    expect(await rail.create(first)).toEqual({ outcome: "unavailable", reason: "not-configured" });
    expect(await rail.cancel("plink_1", attempt.biller)).toBe("unknown");
  });

  it("offers nothing to a biller without it, and nothing where nothing is owed", () => {
    const rail = make();
    const paid = { "standard:p1": { amount: attempt.amount.value, refunded: 0, paidAt: issueMorning, n: 1 } };
    expect(rail.offer({ ...attempt, biller: aGatewayBiller({ rails: {} }) })).toBeUndefined();
    expect(rail.offer({ ...attempt, bill: { ...attempt.bill, payments: paid } })).toBeUndefined();
  });
});
