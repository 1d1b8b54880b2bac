import { describe, expect, it } from "vitest";
import { minuteCache } from "../../../../functions/adapters/dynamodb/minute-cache.ts";
import { controlledClock } from "../../../support/memory-clock.ts";

const minute = 60_000;

/** A cache, and a reader that answers how often it was asked. */
function world() {
  const clock = controlledClock();
  const cache = minuteCache<string, number | undefined>(clock);
  let reads = 0;
  const read = async (): Promise<number> => ++reads;
  return { clock, cache, read: (name: string) => cache.get(name, read), reads: () => reads };
}

describe("what was read lately", () => {
  it("is known for less than a minute after it was asked for", async () => {
    const { clock, read } = world();
    expect(await read("one")).toBe(1);
    clock.advance(minute - 1);
    expect(await read("one")).toBe(1);
    clock.advance(1);
    expect(await read("one")).toBe(2);
  });

  it("is as old as its question, however long the answer takes", async () => {
    const { clock, cache, read } = world();
    await cache.get("one", async () => {
      clock.advance(minute);
      return 7;
    });
    expect(await read("one")).toBe(1);
  });

  it("includes that something is not there, unless that is not to be kept", async () => {
    const { cache, read } = world();
    await cache.get("none", async () => undefined);
    expect(await read("none")).toBeUndefined();
    const isThere = (value: number | undefined) => value !== undefined;
    await cache.get("later", async () => undefined, isThere);
    expect(await read("later")).toBe(1);
  });

  it("is a thousand names, and the one kept longest makes room", async () => {
    const { read, reads } = world();
    for (let n = 0; n < 1_000; n++) await read(`name-${n}`);
    await read("name-0");
    expect(reads()).toBe(1_000);
    await read("name-1000");
    expect(await read("name-1")).toBe(2);
    expect(await read("name-0")).toBe(1_002);
  });

  it("is forgotten on demand, and never kept from a question that failed", async () => {
    const { cache, read } = world();
    await read("one");
    cache.forget("one");
    expect(await read("one")).toBe(2);
    await expect(cache.get("two", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await read("two")).toBe(3);
  });
});
