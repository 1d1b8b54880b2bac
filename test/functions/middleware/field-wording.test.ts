import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ProposalDecision } from "../../../functions/domain/proposal.ts";
import { fieldWording } from "../../../functions/middleware/field-wording.ts";

/** What is said of an input that a schema refuses. */
const saidOf = (schema: z.ZodMiniType, input: unknown): readonly string[] =>
  z.safeParse(schema, input, { error: fieldWording }).error?.issues.map(({ message }) => message) ?? [];

const text = z.string().check(z.minLength(1), z.maxLength(3));
const count = z.int().check(z.minimum(1), z.maximum(100));

describe("what is said of a field that was refused", () => {
  it.each<[string, z.ZodMiniType, unknown, string]>([
    ["nothing", text, undefined, "is required"],
    ["a choice not made", ProposalDecision, undefined, "is required"],
    ["an unknown choice", ProposalDecision, "keep", "must be one of refund, credit, apply, dismiss"],
    ["another than the only value", z.literal("sns"), "ses", "must be sns"],
    ["a number for a text", text, 5, "must be a text"],
    ["a text for a number", z.number(), "5", "must be a number"],
    ["what is no number", z.coerce.number(), "abc", "must be a number"],
    ["half a thing", count, 1.5, "must be a whole number"],
    ["too few", count, 0, "must be at least 1"],
    ["too many", count, 101, "must be at most 100"],
    ["an empty text", text, "", "must have at least 1 character"],
    ["a long text", text, "abcd", "must have at most 3 characters"],
    ["an empty list", z.array(text).check(z.minLength(1)), [], "must have at least 1 entry"],
    ["a list of another length", z.array(text).check(z.length(2)), ["a"], "must have exactly 2 entries"],
    ["a text for a list", z.array(text), "a", "must be a list"],
    ["a list for an object", z.strictObject({}), [], "must be an object"],
    ["a text for yes or no", z.boolean(), "yes", "must be true or false"],
    ["a value of another kind", z.bigint(), "1", "must be of another kind"],
    ["what fits nothing", z.union([text, count]), true, "is not valid"],
  ])("names what it must be: %s", (_, schema, input, said) => {
    expect(saidOf(schema, input)).toEqual([said]);
  });

  it("leaves to the schema what it says itself, and never repeats the input", () => {
    expect(saidOf(z.string().check(z.regex(/^\d+$/, "must be digits")), "secret")).toEqual(["must be digits"]);
    expect(saidOf(z.string().check(z.regex(/^\d+$/)), "secret")).toEqual(["is not valid"]);
  });
});
