import * as z from "zod/mini";
import { invalidInput } from "../domain/errors.ts";
import { fieldErrors } from "../domain/field-errors.ts";
import { fieldWording } from "./field-wording.ts";

z.config({ localeError: fieldWording });

/** The input as the schema reads it; throws invalid-input with every field that was refused. */
export function parseInput<S extends z.ZodMiniType>(schema: S, input: unknown, what: string): z.output<S> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  throw invalidInput(`${what} is not valid.`, fieldErrors(result.error));
}

/** JSON text as the schema reads it. */
export function parseJson<S extends z.ZodMiniType>(schema: S, text: string, what: string): z.output<S> {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw invalidInput(`${what} is not valid JSON.`, [{ path: "body", message: "must be JSON" }]);
  }
  return parseInput(schema, input, what);
}
