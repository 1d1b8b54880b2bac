import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { type FieldError, invalidInput } from "../domain/errors.ts";

z.config(en());

/** The input as the schema reads it; throws invalid-input with every field that was refused. */
export function parseInput<S extends z.ZodMiniType>(schema: S, input: unknown, what: string): z.output<S> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  throw invalidInput(`${what} is not valid.`, result.error.issues.flatMap(fieldErrors));
}

/** JSON text as the schema reads it. */
export function parseJson<S extends z.ZodMiniType>(schema: S, text: string, what: string): z.output<S> {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw invalidInput(`${what} is not valid JSON.`);
  }
  return parseInput(schema, input, what);
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a known field" }));
  }
  const missing =
    issue.code === "invalid_type" && issue.input === undefined && issue.message.includes("received undefined");
  return [{ path: path.join("."), message: missing ? "is required" : issue.message }];
}
