import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** What a template's functions can ask of the stack they stand in. */
export interface Scope {
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (logicalId: string, name: string) => Json;
  readonly importValue: (name: string) => Json;
  readonly condition: (name: string) => boolean;
  readonly mapping: (map: string, key: string, second: string) => Json;
}

type Resolver = (argument: Json, scope: Scope, path: string) => Json | undefined;

const text = (value: Json | undefined, path: string): string => {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`${path}: expected text, found ${JSON.stringify(value)}`);
};

const list = (value: Json | undefined, path: string): readonly Json[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`${path}: expected a list, found ${JSON.stringify(value)}`);
};

const resolved = (value: Json | undefined, scope: Scope, path: string): Json => {
  const result = value === undefined ? undefined : resolve(value, scope, path);
  if (result === undefined) throw new Error(`${path}: has no value`);
  return result;
};

const attributeOf: Resolver = (argument, scope, path) => {
  const parts = typeof argument === "string" ? argument.split(/\.(.*)/s) : list(argument, path);
  return scope.attribute(text(parts[0], path), text(resolved(parts[1], scope, path), path));
};

const join: Resolver = (argument, scope, path) => {
  const [separator, parts] = list(argument, path);
  return list(resolved(parts, scope, path), path)
    .map((part) => text(part, path))
    .join(text(separator, path));
};

const substitute: Resolver = (argument, scope, path) => {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return text(template, path).replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal === "!") return `\${${name}}`;
    const own = isJsonObject(variables) ? variables[name] : undefined;
    if (own !== undefined) return text(resolved(own, scope, path), path);
    const value = name.includes(".") ? attributeOf(name, scope, path) : scope.ref(name);
    return text(value, path);
  });
};

const select: Resolver = (argument, scope, path) => {
  const [index, parts] = list(argument, path);
  const chosen = list(resolved(parts, scope, path), path)[Number(text(resolved(index, scope, path), path))];
  if (chosen === undefined) throw new Error(`${path}: Fn::Select finds nothing`);
  return chosen;
};

const split: Resolver = (argument, scope, path) => {
  const [separator, whole] = list(argument, path);
  return text(resolved(whole, scope, path), path).split(text(separator, path));
};

const choose: Resolver = (argument, scope, path) => {
  const [name, whenTrue, whenFalse] = list(argument, path);
  const chosen = scope.condition(text(name, path)) ? whenTrue : whenFalse;
  return chosen === undefined ? undefined : resolve(chosen, scope, path);
};

const findInMap: Resolver = (argument, scope, path) => {
  const [map, key, second] = list(argument, path).map((part) => text(resolved(part, scope, path), path));
  return scope.mapping(map ?? "", key ?? "", second ?? "");
};

const resolvers: Readonly<Record<string, Resolver>> = {
  Ref: (argument, scope, path) => scope.ref(text(argument, path)),
  "Fn::GetAtt": attributeOf,
  "Fn::ImportValue": (argument, scope, path) => scope.importValue(text(resolved(argument, scope, path), path)),
  "Fn::Join": join,
  "Fn::Sub": substitute,
  "Fn::Select": select,
  "Fn::Split": split,
  "Fn::If": choose,
  "Fn::FindInMap": findInMap,
  "Fn::Base64": (argument, scope, path) =>
    Buffer.from(text(resolved(argument, scope, path), path), "utf8").toString("base64"),
};

/** The value with every CloudFormation function worked out, undefined for `AWS::NoValue`; a function it does not know is an error that names it and where it stands. */
export function resolve(value: Json, scope: Scope, path: string): Json | undefined {
  if (Array.isArray(value)) {
    return value
      .map((item: Json, index: number) => resolve(item, scope, `${path}[${index}]`))
      .filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  const resolver = only === undefined ? undefined : resolvers[only];
  if (only !== undefined && resolver !== undefined) return resolver(value[only] ?? null, scope, `${path}.${only}`);
  if (only?.startsWith("Fn::")) throw new Error(`${path}: the laptop does not understand ${only}`);
  return resolveObject(value, scope, path);
}

function resolveObject(value: JsonObject, scope: Scope, path: string): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = resolve(item, scope, `${path}.${key}`);
    if (inner !== undefined) result[key] = inner;
  }
  return result;
}

/** Whether a template condition holds; knows what CDK emits (`Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`, `Condition`). */
export function holds(condition: Json, scope: Scope, path: string): boolean {
  if (!isJsonObject(condition)) throw new Error(`${path}: not a condition`);
  const [name, argument] = Object.entries(condition)[0] ?? [];
  if (argument === undefined) throw new Error(`${path}: empty condition`);
  switch (name) {
    case "Condition":
      return scope.condition(text(argument, path));
    case "Fn::Equals": {
      const [left, right] = list(argument, path).map((side) => JSON.stringify(resolve(side, scope, path)));
      return left === right;
    }
    case "Fn::And":
      return list(argument, path).every((part) => holds(part, scope, path));
    case "Fn::Or":
      return list(argument, path).some((part) => holds(part, scope, path));
    case "Fn::Not":
      return !list(argument, path).some((part) => holds(part, scope, path));
    default:
      throw new Error(`${path}: the laptop does not understand the condition ${name}`);
  }
}
