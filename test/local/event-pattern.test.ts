import { describe, expect, it } from "vitest";
import { checkPattern, matchesPattern } from "../../local/event-pattern.ts";
import type { JsonObject } from "../../local/json.ts";

const event = {
  source: "aws.s3",
  "detail-type": "Object Created",
  resources: ["arn:a", "arn:b"],
  detail: { object: { key: "imports/a.csv", size: 12 }, flag: true, nothing: null },
};

describe("an event pattern", () => {
  it.each<[string, JsonObject, boolean]>([
    ["a value in the list", { source: ["x", "aws.s3"] }, true],
    ["a value not in the list", { source: ["x"] }, false],
    ["all fields at once", { source: ["aws.s3"], detail: { flag: [false] } }, false],
    ["a nested prefix", { detail: { object: { key: [{ prefix: "imports/" }] } } }, true],
    ["another prefix", { detail: { object: { key: [{ prefix: "rejects/" }] } } }, false],
    ["a suffix", { detail: { object: { key: [{ suffix: ".csv" }] } } }, true],
    ["a number in a range", { detail: { object: { size: [{ numeric: [">", 10, "<=", 12] }] } } }, true],
    ["a number out of range", { detail: { object: { size: [{ numeric: ["<", 12] }] } } }, false],
    ["anything but a value", { source: [{ "anything-but": ["duebell"] }] }, true],
    ["anything but this value", { source: [{ "anything-but": "aws.s3" }] }, false],
    ["anything but a prefix", { source: [{ "anything-but": { prefix: "aws." } }] }, false],
    ["a field that is there", { detail: { flag: [{ exists: true }] } }, true],
    ["a field that is not there", { detail: { other: [{ exists: false }] } }, true],
    ["a missing field", { detail: { other: ["x"] } }, false],
    ["null", { detail: { nothing: [null] } }, true],
    ["one of several values", { resources: ["arn:b"] }, true],
  ])("matches or does not match: %s", (_title, pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it.each<[string, JsonObject]>([
    ["$or", { $or: [{ source: ["a"] }] }],
    ["wildcard", { source: [{ wildcard: "a*" }] }],
    ["equals-ignore-case", { source: [{ "anything-but": { "equals-ignore-case": "a" } }] }],
  ])("the operator %s is refused by name and place", (name, pattern) => {
    expect(() => checkPattern(pattern, "S/Rule")).toThrow(name);
  });
});
