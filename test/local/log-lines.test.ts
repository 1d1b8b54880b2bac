import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import { logFilter } from "../../local/log-filter.ts";
import { deed, smallApp, smallLaptop, written } from "./support/small-laptop.ts";

let laptop: Laptop;

beforeAll(async () => {
  laptop = await smallLaptop();
});

afterAll(() => laptop.stop());

const line = (event: string, messageId: string): string =>
  JSON.stringify({ event, status: "SEEN", notification: { messageId } });

describe("a line that a function logs", () => {
  it("reaches who subscribed to such lines of its log group, before anything asked later", async () => {
    await deed(laptop, "caller", { deed: "log", line: line("caller.opened", "1") });
    await laptop.settle();
    expect(await written(laptop, "read")).toEqual(["small-caller SEEN 1"]);
  });

  it("reaches nobody where it does not fit the pattern", async () => {
    await deed(laptop, "caller", { deed: "log", line: line("caller.closed", "2") });
    await deed(laptop, "caller", { deed: "log", line: "no JSON at all" });
    await laptop.settle();
    expect(await written(laptop, "read")).toEqual(["small-caller SEEN 1"]);
  });
});

describe("a filter pattern", () => {
  it.each([
    ["", "anything", true],
    ['{ $.event = "a.b-c" }', '{"event":"a.b-c"}', true],
    ['{$.event="a"}', '{"event":"a","more":1}', true],
    ['{ $.event = "a" }', '{"event":"b"}', false],
    ['{ $.event = "a" }', '{"other":"a"}', false],
    ['{ $.event = "1" }', '{"event":1}', false],
    ['{ $.event = "a" }', '["a"]', false],
    ['{ $.event = "a" }', "a", false],
  ])("%s and the line %s", (pattern, text, fits) => {
    expect(logFilter(pattern, "here")(text)).toBe(fits);
  });

  it.each(["opened", '{ $.event = "a*" }', '{ ($.a = "b") && ($.c = "d") }', '{ $.a.b = "c" }', "{ $.n > 1 }"])(
    "that the laptop does not know is refused by name: %s",
    (pattern) => {
      expect(() => logFilter(pattern, "Stack/Filter")).toThrow(
        `Stack/Filter: the laptop does not understand the filter pattern ${pattern}`,
      );
    },
  );

  it("of the stacks is read at the start", async () => {
    const text = JSON.stringify(await smallApp()).replace("caller.opened", "caller.*");
    await expect(smallLaptop({ app: JSON.parse(text) })).rejects.toThrow("does not understand the filter pattern");
  });
});
