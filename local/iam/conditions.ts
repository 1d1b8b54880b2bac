import { isJsonObject, type Json } from "../json.ts";
import { fits } from "./wildcard.ts";

/** What is known of a call beside its action and resource, by condition key (`aws:SecureTransport`, `aws:SourceArn`). */
export type CallContext = Readonly<Record<string, string>>;

/** One tested line of a policy's `Condition`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

type Test = (value: string, expected: string) => boolean;

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (value, expected) => value === expected,
  StringLike: (value, expected) => fits(expected, value),
  ArnEquals: (value, expected) => fits(expected, value),
  ArnLike: (value, expected) => fits(expected, value),
  Bool: (value, expected) => value.toLowerCase() === expected.toLowerCase(),
};

const negated: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

const knownKeys = new Set([
  "aws:securetransport",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:principalaccount",
  "aws:principalisawsservice",
  "aws:viaawsservice",
  "kms:viaservice",
  "dynamodb:enclosingoperation",
]);

const asList = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

/** Reads a policy's `Condition`; an operator or key the laptop cannot judge is an error that names it and `where`. */
export function readConditions(source: Json | undefined, where: string): readonly Condition[] {
  if (source === undefined) return [];
  if (!isJsonObject(source)) throw new Error(`${where}: Condition is not an object`);
  return Object.entries(source).flatMap(([operator, keys]) => {
    const plain = operator.replace(/IfExists$/, "");
    if (tests[plain] === undefined && negated[plain] === undefined) {
      throw new Error(`${where}: the laptop does not understand the condition operator ${operator}`);
    }
    return Object.entries(isJsonObject(keys) ? keys : {}).map(([key, values]) => {
      if (!knownKeys.has(key.toLowerCase()))
        throw new Error(`${where}: the laptop does not know the condition key ${key}`);
      return { operator, key: key.toLowerCase(), values: asList(values).map(String) };
    });
  });
}

/** Whether every condition holds; a key the call does not have fails a positive test and passes a negative or `IfExists` one, as in IAM. */
export function conditionsHold(conditions: readonly Condition[], context: CallContext): boolean {
  const lowered = Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return conditions.every(({ operator, key, values }) => {
    const value = lowered[key];
    const plain = operator.replace(/IfExists$/, "");
    const positive = negated[plain];
    if (value === undefined) return positive !== undefined || operator !== plain;
    const test = tests[positive ?? plain];
    const any = test !== undefined && values.some((expected) => test(value, expected));
    return positive === undefined ? any : !any;
  });
}
