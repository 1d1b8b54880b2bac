import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import type { CurrencyCode } from "../../../functions/domain/money.ts";
import type { AttemptStore } from "../../../functions/ports.ts";
import { type GatewayRail, openCheckout } from "../../../functions/use-cases/open-checkout.ts";
import { aRailAttempt } from "../../support/attempts.ts";
import { aBill } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { type PlayedGateway, playedGateway } from "../../support/played-gateway.ts";

/** What goes wrong at one call: the Lambda dies before or after it, it fails without or with its effect, or is refused though done. */
const modes = ["crash-before", "crash-after", "error", "lost-reply", "refused-though-done"] as const;
type Fault = { readonly at: number; readonly mode: (typeof modes)[number] };

class Crash extends Error {}

type World = {
  readonly click: (value: number) => Promise<string | undefined>;
  readonly gateway: PlayedGateway;
  /** Links that a payer was sent to. */
  readonly handedOut: Set<string>;
  readonly calls: string[];
  readonly heal: () => void;
  /** A payer pays where one was sent last; nobody tells us until `hear`. */
  readonly pay: () => void;
  readonly hear: () => void;
  /** Whether an end that was asked for did not come about by a fault of the gateway itself. */
  readonly isEndLost: () => boolean;
  /** Whether the gateway's word on a former checkout did not come back. */
  readonly isEndUnsaid: () => boolean;
  /** Whether operators were told of a former checkout that may still be open. */
  readonly isToldNotEnded: () => boolean;
};

/** Every call of the table and of the gateway is a boundary at which one of the faults may strike. */
function faultyWorld(faults: readonly Fault[], turns: () => Promise<void> = async () => undefined): World {
  const { attempts, clock } = memoryPorts();
  const gateway = playedGateway();
  const calls: string[] = [];
  const handedOut = new Set<string>();
  let isHealed = false;
  let endLost = false;
  let endUnsaid = false;
  let toldNotEnded = false;
  let last = "";
  let bill = aBill();
  const strike = async <T>(name: string, call: () => Promise<T>, failed: () => T): Promise<T> => {
    await turns();
    const mode = isHealed ? undefined : faults.find(({ at }) => at === calls.length)?.mode;
    calls.push(name);
    if (name === "cancel" && mode === "error") endLost = true;
    if (name === "cancel" && mode !== undefined && !mode.startsWith("crash")) endUnsaid = true;
    if (mode === "crash-before") throw new Crash();
    if (mode === "error") return failed();
    const answer = await call();
    await turns();
    if (mode === "crash-after") throw new Crash();
    return mode === undefined ? answer : failed();
  };
  const broken = (): never => {
    throw providerError("DynamoDB failed");
  };
  const store: AttemptStore = {
    get: (...of) => strike("get", () => attempts.get(...of), broken),
    save: (...of) => {
      const isRefused = faults.find(({ at }) => at === calls.length)?.mode === "refused-though-done";
      return strike("save", () => attempts.save(...of), isRefused ? () => false : broken);
    },
  };
  const rail: GatewayRail = {
    ...gateway.rail,
    create: (attempt) =>
      strike(
        "create",
        () => gateway.rail.create(attempt),
        () => ({ outcome: "unavailable", reason: "timed-out" }),
      ),
    cancel: (...of) =>
      strike(
        "cancel",
        () => gateway.rail.cancel(...of),
        () => "unknown",
      ),
  };
  const click = async (value: number): Promise<string | undefined> => {
    try {
      const amount = { value, currency: "INR" as CurrencyCode };
      const opened = await openCheckout({ attempts: store, clock }, rail, aRailAttempt({ amount, bill }));
      if (opened.outcome !== "started") return undefined;
      toldNotEnded ||= opened.former === "not-ended";
      if (opened.started.outcome !== "open") return undefined;
      last = opened.started.link;
      handedOut.add(last);
      return last;
    } catch {
      return undefined;
    }
  };
  const heal = (): void => {
    isHealed = true;
  };
  const pay = (): void => gateway.pay(gateway.sessions.findIndex(({ link }) => link === last));
  const hear = (): void => {
    const paid = gateway.sessions.filter(({ state }) => state === "paid");
    const payments = paid.map(({ id, amount }, n) => [
      `standard:${id}`,
      { amount: amount.value, refunded: 0, paidAt: clock.now(), n },
    ]);
    bill = aBill({ payments: Object.fromEntries(payments) });
  };
  const flags = { isEndLost: () => endLost, isEndUnsaid: () => endUnsaid, isToldNotEnded: () => toldNotEnded };
  return { click, gateway, handedOut, calls, heal, pay, hear, ...flags };
}

/** What holds whatever went wrong: the next click gets on, and of all links that were given out only its own is good. */
async function expectGoodEnd(world: World, value: number, story: unknown): Promise<void> {
  world.heal();
  const link = await world.click(value);
  const session = world.gateway.sessionOf(link ?? "");
  expect(session, JSON.stringify(story)).toMatchObject({ state: "open", amount: { value } });
  const names = world.gateway.sessions.map(({ name }) => name);
  expect(new Set(names).size, JSON.stringify(story)).toBe(names.length);
  const open = [...world.handedOut].filter((one) => world.gateway.sessionOf(one)?.state === "open");
  if (!world.isEndLost()) expect(open, JSON.stringify(story)).toEqual([link]);
  if (!world.isEndUnsaid()) expect(world.isToldNotEnded(), JSON.stringify(story)).toBe(false);
}

/** What holds once a payer paid: nothing else can be paid before the payment is counted, and the rest can be paid after. */
async function expectPaidOnce(world: World, story: unknown): Promise<void> {
  world.heal();
  for (const value of [300, 400]) expect(await world.click(value), JSON.stringify(story)).toBeUndefined();
  const open = [...world.handedOut].filter((one) => world.gateway.sessionOf(one)?.state === "open");
  expect(open, JSON.stringify(story)).toEqual([]);
  world.hear();
  const session = world.gateway.sessionOf((await world.click(300)) ?? "");
  expect(session, JSON.stringify(story)).toMatchObject({ state: "open", amount: { value: 300 } });
  expect(world.isToldNotEnded(), JSON.stringify(story)).toBe(false);
}

const stories: readonly (readonly number[])[] = [[500], [500, 500], [500, 700], [500, 700, 500], [500, 500, 700, 700]];

describe("whatever breaks while a checkout is opened", () => {
  it.each(stories.map((clicks) => [clicks.join(", "), clicks] as const))(
    "leaves one good checkout after clicks for %s: one fault and two, at every call",
    async (_, clicks) => {
      const plain = faultyWorld([]);
      for (const value of clicks) await plain.click(value);
      // A fault makes a story longer, by a second round of calls at most for each.
      const most = plain.calls.length + 4;
      let tried = 0;
      for (let first = 0; first < most; first++) {
        for (let second = first; second < most; second++) {
          for (const mode of modes) {
            for (const other of second === first ? [mode] : modes) {
              const faults = [{ at: first, mode }, ...(second === first ? [] : [{ at: second, mode: other }])];
              const world = faultyWorld(faults);
              for (const value of clicks) await world.click(value);
              await expectGoodEnd(world, clicks.at(-1) ?? 0, { clicks, faults, calls: world.calls });
              tried++;
            }
          }
        }
      }
      expect(tried).toBeGreaterThan(50);
    },
  );

  it.each(stories.map((clicks) => [clicks.join(", "), clicks] as const))(
    "opens no second checkout after a payment that nobody told of, and clicks for %s: one fault, at every call",
    async (_, clicks) => {
      let [tried, saidAll] = [0, 0];
      for (let paidAfter = 1; paidAfter <= clicks.length; paidAfter++) {
        for (let at = 0; at < 30; at++) {
          for (const mode of modes) {
            const world = faultyWorld([{ at, mode }]);
            for (const value of clicks.slice(0, paidAfter)) await world.click(value);
            world.pay();
            for (const value of clicks.slice(paidAfter)) await world.click(value);
            tried++;
            const isPaid = world.gateway.sessions.some(({ state }) => state === "paid");
            if (!isPaid || world.isEndUnsaid()) continue;
            saidAll++;
            await expectPaidOnce(world, { clicks, paidAfter, at, mode, calls: world.calls });
          }
        }
      }
      expect(saidAll).toBeGreaterThan(tried / 2);
    },
  );

  it("leaves one good checkout when several clicks run into each other", async () => {
    const arbitrary = fc.record({
      clicks: fc.array(fc.constantFrom(500, 700), { minLength: 2, maxLength: 4 }),
      turns: fc.infiniteStream(fc.nat({ max: 12 })),
      faults: fc.array(fc.record({ at: fc.nat({ max: 30 }), mode: fc.constantFrom(...modes) }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ clicks, turns, faults }) => {
        const world = faultyWorld(faults, async () => {
          for (let left = turns.next().value; left > 0; left--) await Promise.resolve();
        });
        await Promise.all(clicks.map(world.click));
        await expectGoodEnd(world, clicks.at(-1) ?? 0, { clicks, faults, calls: world.calls });
      }),
      { numRuns: 2_000 },
    );
  });

  it("brings two clicks for the same amount at once to the same checkout", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 12 })), async (turns) => {
        const world = faultyWorld([], async () => {
          for (let left = turns.next().value; left > 0; left--) await Promise.resolve();
        });
        const [one, other] = await Promise.all([world.click(500), world.click(500)]);
        expect(one).toBeDefined();
        expect(other).toBe(one);
        expect(world.gateway.sessions).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});
