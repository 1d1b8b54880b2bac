import type { Dynamo } from "./aws/dynamodb.ts";
import type { Deployment } from "./deployment.ts";
import { isJsonObject } from "./json.ts";

/** The due minutes that wait in the table's `due` index, as the clock needs to know them. */
export interface DueMoments {
  /** The earliest due minute not before `from`; undefined where none waits. */
  readonly firstFrom: (from: number) => Promise<number | undefined>;
  /** Whether anything of the day before `before` was left lying. */
  readonly leftBefore: (before: number) => Promise<boolean>;
}

const day = 86_400_000;

const minuteText = (at: number): string => new Date(at).toISOString().slice(0, 16);

function lanesOf({ schedules }: Deployment): readonly string[] {
  const lanes = schedules.flatMap(({ target }) => {
    const input: unknown = JSON.parse(target.input ?? "{}");
    return isJsonObject(input) && typeof input["lane"] === "string" ? [input["lane"]] : [];
  });
  return [...new Set(lanes)];
}

/** Reads the `due` index (hash `lane`, range `due` = `<minute>#…`, the minute as `2026-11-15T04:30` in UTC) over the lanes that the schedules name. */
export function dueMoments(dynamo: Dynamo, deployment: Deployment): DueMoments {
  const lanes = lanesOf(deployment);
  const tables = deployment.tables.filter(({ definition }) =>
    definition.GlobalSecondaryIndexes.some(({ IndexName }) => IndexName === "due"),
  );
  const firstBetween = async (from: string, to: string): Promise<number | undefined> => {
    const queries = tables.flatMap(({ name }) => lanes.map((lane) => ({ name, lane })));
    const found = await Promise.all(
      queries.map(async ({ name, lane }) => {
        const { Items } = await dynamo.call("Query", {
          TableName: name,
          IndexName: "due",
          KeyConditionExpression: "lane = :lane AND due BETWEEN :from AND :to",
          ExpressionAttributeValues: { ":lane": { S: lane }, ":from": { S: from }, ":to": { S: to } },
          Limit: 1,
        });
        const first: unknown = Array.isArray(Items) ? Items[0] : undefined;
        const due: unknown = isJsonObject(first) && isJsonObject(first["due"]) ? first["due"]["S"] : undefined;
        return typeof due === "string" ? Date.parse(`${due.slice(0, 16)}Z`) : Infinity;
      }),
    );
    const least = Math.min(...found, Infinity);
    return Number.isFinite(least) ? least : undefined;
  };
  return {
    firstFrom: (from) => firstBetween(minuteText(from), "9999"),
    leftBefore: async (before) => (await firstBetween(minuteText(before - day), minuteText(before))) !== undefined,
  };
}
