import { isJsonObject, type Json, type JsonObject } from "./json.ts";

type Operator = (argument: Json, value: Json | undefined) => boolean;

const asList = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  "=": (left, right) => left === right,
  ">=": (left, right) => left >= right,
  ">": (left, right) => left > right,
};

function numeric(argument: Json, value: Json | undefined): boolean {
  const parts = asList(argument);
  if (typeof value !== "number") return false;
  for (let index = 0; index < parts.length; index += 2) {
    if (comparisons[String(parts[index])]?.(value, Number(parts[index + 1])) !== true) return false;
  }
  return true;
}

function anythingBut(argument: Json, value: Json | undefined): boolean {
  if (value === undefined) return false;
  if (isJsonObject(argument)) return !testOperator(argument, value);
  return !asList(argument).includes(value);
}

const operators: Readonly<Record<string, Operator>> = {
  prefix: (argument, value) => typeof value === "string" && value.startsWith(String(argument)),
  suffix: (argument, value) => typeof value === "string" && value.endsWith(String(argument)),
  exists: (argument, value) => (value !== undefined) === argument,
  numeric,
  "anything-but": anythingBut,
};

function testOperator(matcher: JsonObject, value: Json | undefined): boolean {
  return Object.entries(matcher).every(([name, argument]) => operators[name]?.(argument, value) === true);
}

const matchesOne = (matcher: Json, value: Json | undefined): boolean =>
  isJsonObject(matcher) ? testOperator(matcher, value) : value !== undefined && value === matcher;

function matchesField(matchers: readonly Json[], value: Json | undefined): boolean {
  const values = Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) ? undefined : value];
  return matchers.some((matcher) => values.some((one: Json | undefined) => matchesOne(matcher, one)));
}

/** Whether an event fits an EventBridge pattern that `checkPattern` has passed. */
export function matchesPattern(pattern: JsonObject, event: Json | undefined): boolean {
  return Object.entries(pattern).every(([key, expected]) => {
    const value = isJsonObject(event) ? event[key] : undefined;
    if (Array.isArray(expected)) return matchesField(expected, value);
    return isJsonObject(expected) && matchesPattern(expected, value);
  });
}

function checkMatcher(matcher: Json, path: string): void {
  if (!isJsonObject(matcher)) return;
  for (const [name, argument] of Object.entries(matcher)) {
    if (operators[name] === undefined || (name === "prefix" && isJsonObject(argument))) {
      throw new Error(`${path}: the laptop does not understand the pattern operator ${name}`);
    }
    if (name === "anything-but") checkMatcher(argument, path);
  }
}

/** Throws an error that names the place and the operator where the laptop does not understand a pattern. */
export function checkPattern(pattern: JsonObject, path: string): void {
  for (const [key, expected] of Object.entries(pattern)) {
    const inner = `${path}.${key}`;
    if (key === "$or") throw new Error(`${path}: the laptop does not understand the pattern operator $or`);
    if (Array.isArray(expected)) for (const matcher of expected) checkMatcher(matcher, inner);
    else if (isJsonObject(expected)) checkPattern(expected, inner);
    else throw new Error(`${inner}: a pattern's value must be a list`);
  }
}
