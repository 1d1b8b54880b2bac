import { describe, expect, it } from "vitest";
import { billerCache } from "../../../../functions/adapters/dynamodb/biller-cache.ts";
import { aBiller } from "../../../support/builders.ts";
import { controlledClock } from "../../../support/memory-clock.ts";

const minute = 60_000;
const biller = aBiller();

describe("the cache of billers", () => {
  it("knows a biller for less than a minute after it was read", () => {
    const clock = controlledClock();
    const cache = billerCache(clock);
    cache.keep(biller, clock.now());
    clock.advance(minute - 1);
    expect(cache.get(biller.id)).toBe(biller);
    clock.advance(1);
    expect(cache.get(biller.id)).toBeUndefined();
  });

  it("knows nothing that was read in the future", () => {
    const clock = controlledClock();
    const cache = billerCache(clock);
    cache.keep(biller, clock.now() + 1);
    expect(cache.get(biller.id)).toBeUndefined();
  });

  it("holds a thousand, and lets go of the one kept longest", () => {
    const clock = controlledClock();
    const cache = billerCache(clock);
    const many = Array.from({ length: 1_001 }, (_, n) => ({ ...biller, id: `biller-${n}` as typeof biller.id }));
    const [first, second] = many as [typeof biller, typeof biller];
    for (const one of many.slice(0, 1_000)) cache.keep(one, clock.now());
    cache.keep(first, clock.now());
    cache.keep(many[1_000] as typeof biller, clock.now());
    expect(cache.get(first.id)).toBe(first);
    expect(cache.get(second.id)).toBeUndefined();
    expect(cache.get(many[1_000]?.id as typeof biller.id)).toBeDefined();
  });

  it("forgets a biller that was changed", () => {
    const clock = controlledClock();
    const cache = billerCache(clock);
    cache.keep(biller, clock.now());
    cache.forget(biller.id);
    expect(cache.get(biller.id)).toBeUndefined();
  });
});
