import { describe, expect, it } from "vitest";
import type { RailMeans } from "../../../../functions/adapters/rails/means.ts";
import { pixPspRail } from "../../../../functions/adapters/rails/pix-psp.ts";
import { razorpayRail } from "../../../../functions/adapters/rails/razorpay.ts";
import { stripeRail } from "../../../../functions/adapters/rails/stripe.ts";
import type { CurrencyCode } from "../../../../functions/domain/money.ts";
import type { RailAttempt, StartedRail } from "../../../../functions/domain/rail.ts";
import type { CreatedCheckout, Rail } from "../../../../functions/ports.ts";
import type { CreatedRail } from "../../../../functions/use-cases/open-checkout.ts";
import type { GatewayName } from "../../../../local/gateways/gateway.ts";
import { aGatewayBiller, aPixBiller, aRailAttempt } from "../../../support/attempts.ts";
import { aBill } from "../../../support/builders.ts";
import { gatewaySecrets, gatewayWorld, secretsOfAll } from "../../../support/gateway-world.ts";
import { issueMorning } from "../../../support/memory-clock.ts";

const minuteMs = 60_000;

const inReais = { value: 12_990, currency: "BRL" as CurrencyCode };

type Played = {
  readonly gateway: GatewayName;
  readonly make: (means?: RailMeans) => Rail;
  readonly attempt: RailAttempt;
  readonly openMinutes: number;
};

const played: readonly Played[] = [
  { gateway: "razorpay", make: razorpayRail, attempt: aRailAttempt(), openMinutes: 20 },
  { gateway: "stripe", make: stripeRail, attempt: aRailAttempt(), openMinutes: 40 },
  {
    gateway: "pix",
    make: pixPspRail,
    attempt: aRailAttempt({
      biller: aPixBiller(),
      bill: aBill({ amountDue: inReais }),
      amount: inReais,
      mode: "code",
    }),
    openMinutes: 30,
  },
];

const created = (rail: Rail): CreatedRail => {
  if (rail.kind !== "created") throw new TypeError(`${rail.name} asks no gateway`);
  return rail;
};

const startedOf = (checkout: CreatedCheckout): StartedRail | undefined =>
  checkout.outcome === "created" ? checkout.started : undefined;

/** Where a payer of the played gateway presses its buttons. */
const checkoutUrl = (checkout: CreatedCheckout, origin: string): string => {
  const started = startedOf(checkout);
  if (started?.outcome === "open") return started.link;
  const reference = checkout.outcome === "created" ? checkout.providerReference : "";
  return `${origin}/sandbox/gateways/pix/pay/${reference}`;
};

const press = (url: string, action: "pay" | "cancel"): Promise<Response> =>
  fetch(url, { method: "POST", body: new URLSearchParams({ action }), redirect: "manual" });

describe.each(played)("paying at $gateway", ({ gateway, make, attempt, openMinutes }) => {
  const first = { ...attempt, n: 1, startedAt: issueMorning };

  it("makes a checkout of the amount, open for its time", async () => {
    await using world = await gatewayWorld();
    const checkout = await created(make(world.means)).create(first);
    expect(checkout).toMatchObject({ outcome: "created", expiresAt: issueMorning + openMinutes * minuteMs });
    const page = await fetch(checkoutUrl(checkout, world.origin));
    expect(await page.text()).toContain(gateway === "pix" ? "R$129.90" : "₹1,249.00");
  });

  it("makes one checkout of an attempt, however often and however much at once it is asked for", async () => {
    await using world = await gatewayWorld();
    const rail = created(make(world.means));
    const made = await Promise.all([rail.create(first), rail.create(first)]);
    world.clock.advance(4 * minuteMs);
    const again = await rail.create({ ...first, now: world.clock.now() });
    expect(new Set([...made, again].map((one) => checkoutUrl(one, world.origin))).size).toBe(1);
    expect(again.outcome).toBe("created");
  });

  it("makes another one of the next attempt", async () => {
    await using world = await gatewayWorld();
    const rail = created(make(world.means));
    const one = await rail.create(first);
    const other = await rail.create({ ...first, n: 2 });
    expect(startedOf(other)).not.toEqual(startedOf(one));
  });

  it("is told of what the payer paid, once", async () => {
    await using world = await gatewayWorld();
    const checkout = await created(make(world.means)).create(first);
    const url = checkoutUrl(checkout, world.origin);
    await press(url, "cancel");
    expect(world.payments).toEqual([]);
    await press(url, "pay");
    await press(url, "pay");
    expect(world.payments).toHaveLength(1);
    expect(world.payments[0]).toMatchObject({ gateway, biller: "example-power", amount: attempt.amount });
    expect([attempt.bill.code, attempt.bill.billId]).toContain(world.payments[0]?.code ?? world.payments[0]?.billId);
  });

  it("sends a name that was used up on to the next one", async () => {
    await using world = await gatewayWorld();
    const rail = created(make(world.means));
    const checkout = await rail.create(first);
    await press(checkoutUrl(checkout, world.origin), "pay");
    const again = await rail.create({ ...first, amount: { ...first.amount, value: first.amount.value - 1_000 } });
    expect(again).toMatchObject({ outcome: "unavailable", spent: true });
  });

  it("ends a checkout, which then nobody can pay", async () => {
    await using world = await gatewayWorld();
    const rail = created(make(world.means));
    const checkout = await rail.create(first);
    const reference = checkout.outcome === "created" ? checkout.providerReference : "";
    expect(await rail.cancel(reference, attempt.biller)).toBe(true);
    await press(checkoutUrl(checkout, world.origin), "pay");
    expect(world.payments).toEqual([]);
    expect(await rail.cancel(reference, attempt.biller)).toBe(false);
  });

  it("can be paid until it expires, and not after", async () => {
    await using world = await gatewayWorld();
    const checkout = await created(make(world.means)).create(first);
    world.clock.advance(openMinutes * minuteMs);
    await press(checkoutUrl(checkout, world.origin), "pay");
    expect(world.payments).toEqual([]);
  });

  it("is unavailable while the gateway throttles or fails, and its next attempt is not", async () => {
    await using world = await gatewayWorld();
    const rail = created(make(world.means));
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
    expect(await created(make(world.means)).create(first)).toMatchObject({ outcome: "unavailable" });
    world.gateways.setMode(gateway, { mode: "ok" });
    const patient = created(make({ ...world.means, createMs: 10_000 }));
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
      const rail = created(make({ ...world.means, secrets }));
      const { reason } = (await rail.create(first)) as Extract<CreatedCheckout, { outcome: "unavailable" }>;
      reasons.push(reason);
      expect(await rail.cancel("plink_1", attempt.biller)).toBe(false);
    }
    const unauthorized = gateway === "pix" ? "token-unauthorized" : "unauthorized";
    expect(reasons).toEqual(["no-credentials", unauthorized, "credentials-unreadable"]);
  });

  it("does not wait for credentials beyond its time", async () => {
    await using world = await gatewayWorld({ createMs: 100, cancelMs: 100 });
    const slow = () => new Promise<never>(() => undefined);
    const rail = created(make({ ...world.means, secrets: { razorpay: slow, stripe: slow, pix: slow } }));
    expect(await rail.create(first)).toEqual({ outcome: "unavailable", reason: "timed-out" });
    expect(await rail.cancel("plink_1", attempt.biller)).toBe(false);
    expect(world.requests()).toBe(0);
  });

  it("offers without any means, and then makes and ends nothing", async () => {
    const rail = created(make());
    expect(rail.offer(attempt)).toMatchObject({
      bounds: { minimum: attempt.amount, maximum: attempt.amount },
      fixed: true,
    });
    expect(await rail.create(first)).toEqual({ outcome: "unavailable", reason: "not-configured" });
    expect(await rail.cancel("plink_1", attempt.biller)).toBe(false);
  });

  it("offers nothing to a biller without it, and nothing where nothing is owed", () => {
    const rail = make();
    const paid = { "standard:p1": { amount: attempt.amount.value, refunded: 0, paidAt: issueMorning, n: 1 } };
    expect(rail.offer({ ...attempt, biller: aGatewayBiller({ rails: {} }) })).toBeUndefined();
    expect(rail.offer({ ...attempt, bill: { ...attempt.bill, payments: paid } })).toBeUndefined();
  });
});
