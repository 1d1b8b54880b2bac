import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { DeskMailStore } from "../../money-ports.ts";
import type { Clock } from "../../ports.ts";
import { deskMailKey, type Key } from "./keys.ts";
import { asked, type Place, toItem, ttlAfter } from "./table.ts";

/** Longer than a gateway, a queue or a reconciliation tells of the same payment again. */
const keptDays = 60;

type MailedRow = Key & { readonly ttl: number };

/** Of which events billers' desks were written to, in DynamoDB. */
export function dynamoDeskMailStore({ client, table, clock }: Place & { readonly clock: Clock }): DeskMailStore {
  return {
    async has(biller, eventId) {
      const key = toItem(deskMailKey(biller, eventId));
      const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
      return (await asked("looking whether a desk was told", client.send(command))).Item !== undefined;
    },
    async keep(biller, eventId) {
      const row: MailedRow = { ...deskMailKey(biller, eventId), ttl: ttlAfter(clock.now(), keptDays) };
      const command = new PutItemCommand({ TableName: table, Item: toItem(row) });
      await asked("keeping that a desk was told", client.send(command));
    },
  };
}
