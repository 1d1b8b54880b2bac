import type * as z from "zod/mini";

/** What is wrong with a field, for the person who filled it in; what it was is not repeated. For fields whose schema does not say it itself. */
export function fieldWording(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is required" : `must be ${kinds[issue.expected] ?? "of another kind"}`;
    case "invalid_value":
      return issue.input === undefined ? "is required" : oneOf(issue.values.map(String));
    case "too_small":
      return bound(issue.origin, issue.exact ? "exactly" : "at least", issue.minimum);
    case "too_big":
      return bound(issue.origin, issue.exact ? "exactly" : "at most", issue.maximum);
    default:
      return "is not valid";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(", ")}`;

const countables: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};

function bound(origin: string, how: string, limit: number | bigint): string {
  const things = countables[origin];
  if (!things) return `must be ${how} ${limit}`;
  return `must have ${how} ${limit} ${things[limit === 1 ? 0 : 1]}`;
}
