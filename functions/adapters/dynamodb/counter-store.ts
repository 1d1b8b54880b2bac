import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Counter, CounterOwner } from "../../domain/counter.ts";
import type { CounterStore } from "../../money-ports.ts";
import { counterKey, type Key } from "./keys.ts";
import { present } from "./present.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

/** How many were taken, their sum, version; the owner's link code, key and value. */
type CounterRow = Key & {
  readonly n: number;
  readonly s: number;
  readonly v: number;
  readonly oc?: string;
  readonly ok?: string;
  readonly ov?: number;
};

/** Counters in DynamoDB, one item and one partition each: what is taken at once is taken from one counter only. */
export function dynamoCounterStore({ client, table }: Place): CounterStore {
  return {
    async get(name) {
      const command = new GetItemCommand({ TableName: table, Key: toItem(counterKey(name)), ConsistentRead: true });
      const { Item: item } = await asked("reading a counter", client.send(command));
      return item && decodeCounter(name, fromItem<CounterRow>(item));
    },
    async save(counter, readVersion) {
      const item = toItem(encodeCounter(counter));
      const command = new PutItemCommand({ TableName: table, Item: item, ...inVersion(readVersion) });
      return (await askedUnlessRefused("taking from a counter", client.send(command))) !== undefined;
    },
  };
}

const encodeCounter = ({ name, n, sum, version, owner }: Counter): CounterRow =>
  present<CounterRow>({
    ...counterKey(name),
    n,
    s: sum,
    v: version,
    oc: owner?.code,
    ok: owner?.key,
    ov: owner?.value,
  });

function decodeCounter(name: string, { n, s, v, oc, ok, ov }: CounterRow): Counter {
  const owner =
    oc === undefined || ok === undefined ? undefined : present<CounterOwner>({ code: oc, key: ok, value: ov });
  return present<Counter>({ name, n, sum: s, version: v, owner });
}
