/** A JSON value as it stands in a template, an event or a request. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether `value` is a JSON object, not an array and not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parses text that must be a JSON object; throws a `SyntaxError` that names `what` otherwise. */
export function parseJsonObject(text: string, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SyntaxError(`${what} is not JSON`);
  }
  if (!isJsonObject(value)) throw new SyntaxError(`${what} is not a JSON object`);
  return value;
}
