import { expect, it } from "vitest";
import type { Counter } from "../../../functions/domain/counter.ts";
import type { CounterStore } from "../../../functions/money-ports.ts";

const name = "receipts/example-power/2026";
const aCounter = (overrides: Partial<Counter> = {}): Counter => ({ name, n: 1, sum: 0, version: 1, ...overrides });
const owner = { code: "1UaqLjhhLk8qd", key: "razorpay:pay_0001" };

/** Promises about counters. */
export function counterStoreContract(open: () => Promise<CounterStore>): void {
  it("knows nothing of a counter that nobody took from", async () => {
    const counters = await open();
    expect(await counters.get(name)).toBeUndefined();
  });

  it("keeps how many were taken, their sum, and who took last and how much", async () => {
    const counters = await open();
    const taken = aCounter({ n: 3, sum: 10_500, owner: { ...owner, value: 3_500 } });
    expect(await counters.save(taken, 0)).toBe(true);
    expect(await counters.get(name)).toEqual(taken);
  });

  it("keeps an owner who took no money, and a counter that has none", async () => {
    const counters = await open();
    await counters.save(aCounter({ owner }), 0);
    expect(await counters.get(name)).toEqual(aCounter({ owner }));
    await counters.save(aCounter({ version: 2 }), 1);
    expect(await counters.get(name)).toEqual(aCounter({ version: 2 }));
  });

  it("is not written by who read an older version, or by who read none where there is one", async () => {
    const counters = await open();
    await counters.save(aCounter(), 0);
    await counters.save(aCounter({ n: 2, version: 2 }), 1);
    for (const readVersion of [0, 1, 3]) {
      expect(await counters.save(aCounter({ n: 9, version: readVersion + 1 }), readVersion)).toBe(false);
    }
    expect(await counters.get(name)).toEqual(aCounter({ n: 2, version: 2 }));
  });

  it("is written by exactly one of several who read the same version", async () => {
    const counters = await open();
    const takes = [1, 2, 3, 4].map((n) => counters.save(aCounter({ owner: { ...owner, key: `bus:${n}` } }), 0));
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1);
  });

  it("counts under each name alone", async () => {
    const counters = await open();
    await counters.save(aCounter(), 0);
    expect(await counters.get("receipts/example-power/2027")).toBeUndefined();
    expect(await counters.save(aCounter({ name: "offer/example-power/first-three" }), 0)).toBe(true);
  });
}
