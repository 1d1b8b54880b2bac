import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { providerError } from "../../domain/errors.ts";
import type { Key } from "./keys.ts";
import { asked, fromItem, type Item, type Place, toItem } from "./table.ts";

/** An item of numbers only; a name that is missing is an attribute that is. */
export type Numbers = { readonly [name: string]: number | undefined };

/** What must hold of one number for an update to be made. */
export type Test =
  | { readonly name: string; readonly is: "absent" }
  | {
      readonly name: string;
      readonly is: "=" | "<" | "<=" | ">=";
      readonly value: number;
      readonly orAbsent?: boolean;
    };

/** One conditional write of an item of numbers. */
export type NumbersUpdate = {
  readonly key: Key;
  readonly set?: Readonly<Record<string, number>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
  readonly when: readonly Test[];
};

/** Items of numbers: arithmetic is done where they lie, so that nobody's write is lost and nobody waits for another's. */
export type NumberItems = {
  /** The item as it was lately; without numbers where there is none. */
  get(key: Key): Promise<Numbers>;
  /** The item after the update, or as it is where a test did not hold. */
  update(update: NumbersUpdate): Promise<{ readonly done: boolean; readonly item: Numbers }>;
};

/** Items of numbers in DynamoDB. */
export function dynamoNumberItems({ client, table }: Place): NumberItems {
  async function read(key: Key, consistent: boolean): Promise<Numbers> {
    const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: consistent });
    const { Item: item } = await asked("reading a pace", client.send(command));
    return item ? numbersIn(item) : {};
  }
  return {
    get: (key) => read(key, false),
    async update(update) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: toItem(update.key),
        ...expressionOf(update),
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      try {
        const { Attributes: item = {} } = await client.send(command);
        return { done: true, item: numbersIn(item) };
      } catch (error) {
        if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) {
          throw providerError("DynamoDB failed while reserving a slot", error);
        }
        // Not every emulator answers a refusal with the item.
        const found = (error as { readonly Item?: Item }).Item;
        return { done: false, item: found ? numbersIn(found) : await read(update.key, true) };
      }
    },
  };
}

function numbersIn(item: Item): Numbers {
  const { pk: _pk, sk: _sk, ...numbers } = fromItem<Key & Record<string, number>>(item);
  return numbers as Numbers;
}

function expressionOf({ set = {}, add = {}, remove = [], when }: NumbersUpdate) {
  const names: Record<string, string> = {};
  const values: Record<string, number> = {};
  const named = (name: string): string => {
    names[`#${name}`] = name;
    return `#${name}`;
  };
  const valued = (value: number): string => {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = value;
    return placeholder;
  };
  const sets = Object.entries(set).map(([name, value]) => `${named(name)} = ${valued(value)}`);
  const adds = Object.entries(add).map(([name, value]) => `${named(name)} ${valued(value)}`);
  const removes = remove.map(named);
  const tests = when.map((test) => {
    const absent = `attribute_not_exists(${named(test.name)})`;
    if (test.is === "absent") return absent;
    const holds = `${named(test.name)} ${test.is} ${valued(test.value)}`;
    return test.orAbsent ? `(${absent} OR ${holds})` : holds;
  });
  const clause = (word: string, parts: readonly string[]) => (parts.length > 0 ? [`${word} ${parts.join(", ")}`] : []);
  return {
    UpdateExpression: [...clause("SET", sets), ...clause("ADD", adds), ...clause("REMOVE", removes)].join(" "),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: toItem(values) }),
    ...(tests.length > 0 && { ConditionExpression: tests.join(" AND ") }),
  };
}
