import type { ConsumedCapacity, DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** Request units of a table and its index. */
export type Units = { readonly table: number; readonly index: number };

type Output = { readonly ConsumedCapacity?: ConsumedCapacity };

const unitsOf = ({ ConsumedCapacity: consumed }: Output): Units => ({
  table: consumed?.Table?.CapacityUnits ?? 0,
  index: consumed?.GlobalSecondaryIndexes?.["due"]?.CapacityUnits ?? 0,
});

/** Has every later call of the client tell what it consumed; `take` answers the sum since it was last asked. */
export function countCapacity(client: DynamoDBClient): { take(): Units } {
  let sum: Units = { table: 0, index: 0 };
  client.middlewareStack.add(
    (next) => async (call) => {
      const answer = await next({
        ...call,
        input: { ...call.input, ReturnConsumedCapacity: "INDEXES" } as typeof call.input,
      });
      const used = unitsOf(answer.output as Output);
      sum = { table: sum.table + used.table, index: sum.index + used.index };
      return answer;
    },
    { step: "initialize", name: "count-capacity", override: true },
  );
  return {
    take() {
      const used = sum;
      sum = { table: 0, index: 0 };
      return used;
    },
  };
}
