import type * as z from "zod/mini";
import type { FieldError } from "./errors.ts";

/** What a schema refused, field by field; `at` is where the input stands in what was sent, `body` when it is all of it. */
export const fieldErrors = (error: z.core.$ZodError, at: readonly string[] = []): readonly FieldError[] =>
  error.issues.flatMap((issue) => fieldsOf(issue, at));

function fieldsOf(issue: z.core.$ZodIssue, at: readonly string[]): FieldError[] {
  const path = [...at, ...issue.path.map(String)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a known field" }));
  }
  return [{ path: path.join(".") || "body", message: issue.message }];
}
