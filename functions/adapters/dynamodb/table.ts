import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { providerError } from "../../domain/errors.ts";

/** Which table, through which client. */
export type Place = { readonly client: DynamoDBClient; readonly table: string };

/** A place whose items may wait in the due index, spread over so many lanes. */
export type LanedPlace = Place & { readonly lanes: number };

export type Item = Record<string, AttributeValue>;

/** Values as DynamoDB takes them; what is undefined is left out. */
export const toItem = (row: object): Item => marshall(row, { removeUndefinedValues: true });

/** An item as the row it was written from; only we write the table, so that its shape is ours. */
export const fromItem = <Row>(item: Item): Row => unmarshall(item) as Row;

/** The answer; an SDK error becomes a provider-error that names no data. */
export async function asked<T>(doing: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw providerError(`DynamoDB failed while ${doing}`, error);
  }
}

/** As `asked`; undefined when the condition of the write did not hold. */
export async function askedUnlessRefused<T>(doing: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return undefined;
    throw providerError(`DynamoDB failed while ${doing}`, error);
  }
}

type Condition = { readonly ConditionExpression: string; readonly ExpressionAttributeValues?: Item };

/** Holds while the item is in the version that was read; 0 means that there was none. */
export const inVersion = (readVersion: number): Condition =>
  readVersion === 0
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : { ConditionExpression: "v = :read", ExpressionAttributeValues: toItem({ ":read": readVersion }) };

/** When DynamoDB may delete an item: seconds since 1970, so many days after `at`. Nobody may wait for it: it is done within days. */
export const ttlAfter = (at: number, days: number): number => Math.floor(at / 1_000) + days * 86_400;
