import { expect, it } from "vitest";
import { entrySize, largestEntry, readEntry } from "../../local/event-entry.ts";
import type { JsonObject } from "../../local/json.ts";
import { smallLaptop } from "./support/small-laptop.ts";

const known = new Set(["default", "small"]);
const entry = { EventBusName: "small", Source: "test", DetailType: "thing.happened", Detail: '{"n":1}' };

const without = (field: keyof typeof entry): JsonObject =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => name !== field));

const filled = (bytes: number): JsonObject => {
  const empty = { ...entry, Detail: '{"t":""}' };
  return { ...entry, Detail: JSON.stringify({ t: "x".repeat(bytes - entrySize(empty)) }) };
};

it.each<[string, JsonObject, string, string]>([
  ["without a source", without("Source"), "Source", "InvalidArgument"],
  ["without a type", without("DetailType"), "DetailType", "InvalidArgument"],
  ["without a detail", without("Detail"), "Detail", "InvalidArgument"],
  ["of AWS's own", { ...entry, Source: "aws.ses" }, "Source", "NotAuthorizedForSourceException"],
  ["with a long type", { ...entry, DetailType: "x".repeat(129) }, "DetailType", "InvalidArgument"],
  ["with a detail that is no object", { ...entry, Detail: "[]" }, "Detail", "MalformedDetail"],
  ["at no time", { ...entry, Time: "soon" }, "Time", "InvalidArgument"],
  ["at a time beyond all dates", { ...entry, Time: 1e300 }, "Time", "InvalidArgument"],
  ["with resources that are no list", { ...entry, Resources: "arn" }, "Resources", "InvalidArgument"],
  ["that is too large", filled(largestEntry + 1), "Detail", "InvalidArgument"],
  ["on another bus", { ...entry, EventBusName: "other" }, "EventBusName", "ResourceNotFoundException"],
])("an entry %s is refused for that", (_title, given, field, code) => {
  expect(readEntry(given, known)).toMatchObject({ fault: { field, code } });
});

it("an entry at the limits is taken", () => {
  expect(readEntry(filled(largestEntry), known)).toHaveProperty("event");
  expect(readEntry({ ...entry, DetailType: "x".repeat(128) }, known)).toHaveProperty("event");
});

it("the size of an entry counts its bytes, its resources and its time", () => {
  expect(entrySize({ Source: "é", DetailType: "ab", Detail: "{}", Resources: ["arn", "x"], Time: 1 })).toBe(24);
});

it("a refused entry says why in the answer, as EventBridge does", async () => {
  const laptop = await smallLaptop();
  expect(laptop.putEvent({ ...entry, Time: "soon" })).toEqual({
    ErrorCode: "InvalidArgument",
    ErrorMessage: expect.stringContaining("Parameter Time is not valid"),
  });
  expect(laptop.busEvents()).toEqual([]);
  await laptop.stop();
});
