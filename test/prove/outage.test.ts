import { expect, it } from "vitest";
import { wrongsOf } from "./outage.ts";
import { outageOfADay } from "./sweep-outage.ts";

it("a sweep that was down for a day sends or supersedes every step, none twice, none outside its window", async () => {
  const outage = await outageOfADay(30, 1);
  expect(wrongsOf(outage)).toEqual([]);
  expect(outage.sent).toBeGreaterThan(60);
  expect(outage.superseded).toBeGreaterThan(5);
});
