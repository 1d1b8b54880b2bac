import { describe, expect, it } from "vitest";
import type { CurrencyCode } from "../../../functions/domain/money.ts";
import { openCheckout } from "../../../functions/use-cases/open-checkout.ts";
import { anAttempt, aRailAttempt } from "../../support/attempts.ts";
import { aBill } from "../../support/builders.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { type GatewayFaults, playedGateway } from "../../support/played-gateway.ts";

const minuteMs = 60_000;
const rupees = (value: number) => ({ value, currency: "INR" as CurrencyCode });

function world(faults: GatewayFaults = {}) {
  const ports = memoryPorts();
  const gateway = playedGateway(faults);
  const click = (value = 124_900, bill = aBill()) =>
    openCheckout(ports, gateway.rail, aRailAttempt({ amount: rupees(value), bill }));
  const attempt = () => ports.attempts.get(aBill().code, "razorpay");
  return { ports, gateway, click, attempt };
}

const paidAt = (at: number) => ({ "standard:pay_1": { amount: 50_000, refunded: 0, paidAt: at, n: 1 } });

const linkOf = (opened: Awaited<ReturnType<typeof openCheckout>>): string | undefined =>
  opened.outcome === "started" && opened.started.outcome === "open" ? opened.started.link : undefined;

describe("a payer who chooses a gateway", () => {
  it("goes to a checkout that was written down before the gateway was asked", async () => {
    const seen: unknown[] = [];
    const { click, attempt, gateway } = world({
      onCreate: async (make) => {
        seen.push(await attempt());
        return make();
      },
    });
    expect(await click()).toEqual({
      outcome: "started",
      started: { outcome: "open", link: gateway.sessions[0]?.link },
    });
    expect(seen).toEqual([anAttempt()]);
    expect(await attempt()).toMatchObject({ n: 1, version: 2, checkout: { providerReference: "cs_1" } });
  });

  it("comes to the same checkout with every click, and the gateway is asked once", async () => {
    const { click, gateway, ports } = world();
    const first = await click();
    ports.clock.advance(17 * minuteMs);
    expect(await click()).toEqual(first);
    expect(gateway.creates()).toBe(1);
  });

  it("gets a new checkout when the old one is about to close, and the old one is ended", async () => {
    const { click, gateway, ports } = world();
    await click();
    ports.clock.advance(18 * minuteMs);
    expect(await click()).toMatchObject({ outcome: "started", former: "ended" });
    expect(gateway.sessions.map(({ state }) => state)).toEqual(["ended", "open"]);
  });

  it.each(["ended", "unknown"] as const)(
    "gets a new checkout when the old one is closed, and nothing is told of that one: %s",
    async (became) => {
      const { click, gateway, ports } = world({ onCancel: async () => became });
      await click();
      ports.clock.advance(21 * minuteMs);
      expect(Object.keys(await click())).toEqual(["outcome", "started"]);
      expect(gateway.sessions).toHaveLength(2);
    },
  );

  it("can pay only the amount chosen last: the checkout for another one is ended before", async () => {
    const { click, gateway } = world();
    await click(50_000);
    const opened = await click(60_000);
    expect(opened).toMatchObject({ outcome: "started", former: "ended" });
    expect(gateway.sessions.map(({ state, amount }) => [amount.value, state])).toEqual([
      [50_000, "ended"],
      [60_000, "open"],
    ]);
  });

  it("can pay all the same when the former checkout cannot be ended, which is told", async () => {
    const { click, gateway } = world({ onCancel: async () => "unknown" });
    await click(50_000);
    expect(await click(60_000)).toMatchObject({ outcome: "started", former: "not-ended" });
    expect(gateway.sessions).toHaveLength(2);
  });

  it("pays a second part at a new checkout, since the first one's is used up", async () => {
    const { click, gateway, ports } = world();
    await click(50_000);
    gateway.pay(0);
    ports.clock.advance(minuteMs);
    const opened = await click(50_000, aBill({ payments: paidAt(issueMorning + 1) }));
    expect(opened).toEqual({ outcome: "started", started: { outcome: "open", link: gateway.sessions[1]?.link } });
  });

  it("is not kept from an open checkout by a payment made before it", async () => {
    const { click, gateway } = world();
    const bill = aBill({ payments: paidAt(issueMorning - 1) });
    await click(50_000, bill);
    await click(50_000, bill);
    expect(gateway.creates()).toBe(1);
  });
});

describe("a payer whose payment is on its way", () => {
  const dayMs = 24 * 60 * minuteMs;
  const onItsWay = { outcome: "on-its-way", amount: rupees(50_000), since: issueMorning };

  it.each([
    ["at once", minuteMs],
    ["after the checkout has expired", 21 * minuteMs],
    ["days later, while its biller has told nothing", 3 * dayMs - 10 * minuteMs],
  ])("gets no other checkout %s, however often it is asked for", async (_, passed) => {
    const { click, gateway, ports } = world();
    await click(50_000);
    gateway.pay(0);
    ports.clock.advance(passed);
    for (const value of [60_000, 60_000, 70_000]) {
      expect(await click(value)).toEqual(onItsWay);
      ports.clock.advance(minuteMs);
    }
    expect(gateway.sessions).toHaveLength(1);
  });

  it("gets one for the rest as soon as the payment is counted", async () => {
    const { click, gateway, ports } = world();
    await click(50_000);
    gateway.pay(0);
    ports.clock.advance(2 * minuteMs);
    expect(await click(60_000)).toEqual(onItsWay);
    const opened = await click(60_000, aBill({ payments: paidAt(issueMorning + minuteMs) }));
    expect(opened).toEqual({ outcome: "started", started: { outcome: "open", link: gateway.sessions[1]?.link } });
  });

  it("gets one when nobody has told of the payment for three days", async () => {
    const { click, gateway, ports } = world();
    await click(50_000);
    gateway.pay(0);
    ports.clock.advance(3 * dayMs);
    expect((await click(60_000)).outcome).toBe("started");
  });
});

describe("a rail that cannot end its checkouts", () => {
  it("is not asked to: the former one is left to expire", async () => {
    const { ports, gateway } = world({
      onCancel: async () => {
        throw new Error("nobody can");
      },
    });
    const capabilities = { ...gateway.rail.capabilities, canBeCanceled: false };
    const click = (value: number) =>
      openCheckout(ports, { ...gateway.rail, capabilities }, aRailAttempt({ amount: rupees(value) }));
    await click(50_000);
    const started = { outcome: "open", link: expect.any(String) };
    expect(await click(60_000)).toEqual({ outcome: "started", started });
    expect(gateway.sessions.map(({ state }) => state)).toEqual(["open", "open"]);
  });
});

describe("a gateway that does not do what it was asked", () => {
  it("is told of with its reason, and asked again under the same name", async () => {
    let isDown = true;
    const { click, gateway } = world({
      onCreate: async (make) => {
        if (!isDown) return make();
        make();
        return { outcome: "unavailable", reason: "timed-out" };
      },
    });
    expect(await click()).toEqual({ outcome: "unavailable", reason: "timed-out" });
    isDown = false;
    expect(linkOf(await click())).toBe(gateway.sessions[0]?.link);
    expect(gateway.sessions).toHaveLength(1);
  });

  it("is asked under a new name once the unanswered attempt is too old to be made again", async () => {
    let isDown = true;
    const { click, gateway, ports, attempt } = world({
      onCreate: async (make) => (isDown ? { outcome: "unavailable", reason: "unreachable" } : make()),
    });
    await click();
    isDown = false;
    ports.clock.advance(5 * minuteMs);
    expect((await click()).outcome).toBe("started");
    expect(gateway.sessions[0]?.name).toBe(`${aBill().code}.2`);
    expect(await attempt()).toMatchObject({ n: 2, startedAt: issueMorning + 5 * minuteMs });
  });

  it("is not told to have left a checkout open that it ended before it could make the next one", async () => {
    let isDown = false;
    const { click, gateway } = world({
      onCreate: async (make) => (isDown ? { outcome: "unavailable", reason: "provider-fault" } : make()),
    });
    await click(50_000);
    isDown = true;
    expect(await click(60_000)).toEqual({ outcome: "unavailable", reason: "provider-fault" });
    isDown = false;
    expect(await click(60_000)).toMatchObject({ outcome: "started", former: "ended" });
    expect(gateway.sessions.map(({ state }) => state)).toEqual(["ended", "open"]);
  });

  it("is asked under the next name at once where it has used up this one", async () => {
    const { click, gateway } = world();
    gateway.take(`${aBill().code}.1`);
    expect((await click()).outcome).toBe("started");
    expect(gateway.sessions.map(({ name }) => name)).toEqual([`${aBill().code}.2`]);
  });

  it("is not asked on and on, but every click gets further", async () => {
    const { click, gateway } = world();
    for (let n = 1; n <= 7; n++) gateway.take(`${aBill().code}.${n}`);
    expect(await click()).toEqual({ outcome: "unavailable", reason: "busy" });
    expect(gateway.creates()).toBe(5);
    expect((await click()).outcome).toBe("started");
  });

  it("is not asked under another name when the payer has waited long", async () => {
    const { click, gateway, ports } = world({
      onCreate: async (make) => {
        ports.clock.advance(2_501);
        return make();
      },
    });
    gateway.take(`${aBill().code}.1`);
    expect(await click()).toEqual({ outcome: "unavailable", reason: "reference-used" });
    expect(gateway.creates()).toBe(1);
  });

  it("does not matter when another click of the same payer had its answer", async () => {
    const one = world();
    const two = openCheckout(
      one.ports,
      {
        ...one.gateway.rail,
        create: async () => {
          await one.click();
          return { outcome: "unavailable", reason: "refused" };
        },
      },
      aRailAttempt(),
    );
    expect(linkOf(await two)).toBe(one.gateway.sessions[0]?.link);
  });

  it("ends what it made for a click that another one, for another amount, overtook", async () => {
    let isFirst = true;
    const one = world({
      onCreate: async (make) => {
        const made = make();
        if (isFirst) {
          isFirst = false;
          await one.click(60_000);
        }
        return made;
      },
    });
    expect(await one.click(50_000)).toEqual({ outcome: "unavailable", reason: "overtaken" });
    expect(one.gateway.sessions.map(({ amount, state }) => [amount.value, state])).toEqual([
      [50_000, "ended"],
      [60_000, "open"],
    ]);
  });
});
