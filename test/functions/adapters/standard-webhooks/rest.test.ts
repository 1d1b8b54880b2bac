import { describe, expect, it } from "vitest";
import { billerRest } from "../../../../functions/adapters/standard-webhooks/rest.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { controlledClock } from "../../../support/memory-clock.ts";

const [power, water] = ["example-power", "example-water"] as [BillerId, BillerId];

describe("a biller's system that does not answer", () => {
  it("rests for half a minute after five failures in a row, by itself", () => {
    const clock = controlledClock();
    const rest = billerRest(clock);
    for (let n = 0; n < 4; n++) rest.note(power, false);
    expect(rest.isResting(power)).toBe(false);
    rest.note(power, false);
    expect([rest.isResting(power), rest.isResting(water)]).toEqual([true, false]);
    clock.advance(29_999);
    expect(rest.isResting(power)).toBe(true);
    clock.advance(1);
    expect(rest.isResting(power)).toBe(false);
  });

  it("rests again with the first failure after that, and no more once it answers", () => {
    const clock = controlledClock();
    const rest = billerRest(clock);
    for (let n = 0; n < 5; n++) rest.note(power, false);
    clock.advance(30_000);
    rest.note(power, false);
    expect(rest.isResting(power)).toBe(true);
    rest.note(power, true);
    expect(rest.isResting(power)).toBe(false);
    rest.note(power, false);
    expect(rest.isResting(power)).toBe(false);
  });

  it("is forgotten rather than that the memory fills", () => {
    const rest = billerRest(controlledClock());
    for (let n = 0; n < 5; n++) rest.note(power, false);
    for (let n = 0; n < 1_000; n++) rest.note(`biller-${n}` as BillerId, false);
    expect(rest.isResting(power)).toBe(false);
  });
});
