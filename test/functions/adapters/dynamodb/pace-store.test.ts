import { describe, expect, it } from "vitest";
import { dynamoNumberItems } from "../../../../functions/adapters/dynamodb/number-items.ts";
import { dynamoPace, paceOn } from "../../../../functions/adapters/dynamodb/pace-store.ts";
import { systemClock } from "../../../../functions/adapters/system/clock.ts";
import { systemTimer } from "../../../../functions/adapters/system/timer.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import type { PaceRequest } from "../../../../functions/ports.ts";
import { countCapacity } from "../../../support/capacity.ts";
import { circuitContract } from "../../../support/contracts/circuit-contract.ts";
import { type PaceBench, paceContract } from "../../../support/contracts/pace-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { memoryNumberItems, memoryPace } from "../../../support/memory-pace.ts";

const request: PaceRequest = { line: "ses", perSecond: 100, units: 1, biller: "example-power" as BillerId };
const tenOf = (make: () => Promise<unknown>) => Promise.all(Array.from({ length: 10 }, make));
const noWait = { timer: { until: async () => undefined }, lanes: 16, pause: async () => undefined };

describe("memoryPace", () => {
  const bench = async (): Promise<PaceBench> => {
    const [clock, items] = [controlledClock(), memoryNumberItems()];
    return { clock, sender: () => memoryPace(clock, items) };
  };
  paceContract(bench);
  circuitContract(bench);
});

describe.each(databases)("dynamoPace on $name", (database) => {
  const table = tablesOf(database);
  const bench = async (): Promise<PaceBench> => {
    const [clock, items] = [controlledClock(), dynamoNumberItems(await table())];
    return { clock, sender: () => paceOn({ ...noWait, items, clock }) };
  };
  paceContract(bench);
  circuitContract(bench);

  it("reserves for a batch of ten with one write unit, and reads nothing", async () => {
    const place = await table();
    const capacity = countCapacity(place.client);
    const pace = dynamoPace({ ...place, lanes: 16, clock: systemClock, timer: systemTimer });
    await tenOf(() => pace.reserve(request));
    expect(capacity.take()).toEqual({ table: 1, index: 0 });
    await tenOf(() => pace.report("ses", "up"));
    expect(capacity.take()).toEqual({ table: 0, index: 0 });
  });

  it("looks at a line once for ten messages that bring their slots", async () => {
    const place = await table();
    const pace = dynamoPace({ ...place, lanes: 16, clock: systemClock, timer: systemTimer });
    await pace.reserve(request);
    const other = dynamoPace({ ...place, lanes: 16, clock: systemClock, timer: systemTimer });
    const capacity = countCapacity(place.client);
    await tenOf(() => other.reserve({ ...request, slot: systemClock.now() + 5_000 }));
    expect(capacity.take()).toEqual({ table: 0.5, index: 0 });
  });
});

describe("a sender with slots to give", () => {
  it("has bills dated anew no faster than the due index takes it", async () => {
    const clock = controlledClock();
    const waits: number[] = [];
    const timer = { until: async (at: number) => void waits.push(at - clock.now()) };
    const pace = paceOn({ items: memoryNumberItems(), clock, timer, lanes: 2, pause: async () => undefined });
    const slow = { ...request, perSecond: 1 };
    await pace.reserve({ ...slow, units: 400 });
    await pace.reserve({ ...slow, units: 400 });
    for (let i = 0; i < 3; i++) await tenOf(() => pace.reserve(slow));
    expect(waits).toEqual([2, 19, 36]);
  });

  it("tells everybody who asked together when the table cannot be reached", async () => {
    const items = { ...memoryNumberItems(), update: () => Promise.reject(new Error("unreachable")) };
    const pace = paceOn({ ...noWait, items, clock: controlledClock() });
    const asked = await Promise.allSettled([pace.reserve(request), pace.reserve(request)]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("does not use a slot that had passed before the table answered", async () => {
    const [clock, items] = [controlledClock(), memoryNumberItems()];
    let slow = true;
    const laggard: typeof items = {
      ...items,
      async update(update) {
        const answer = await items.update(update);
        if (slow) clock.advance(1_000);
        slow = false;
        return answer;
      },
    };
    const slot = await paceOn({ ...noWait, items: laggard, clock }).reserve(request);
    expect(slot.outcome === "slot" && slot.at > clock.now()).toBe(true);
  });
});
