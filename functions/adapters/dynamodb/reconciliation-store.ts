import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Reconciliation } from "../../domain/reconciliation.ts";
import type { ReconciliationStore } from "../../money-ports.ts";
import { type Key, reconciliationKey, reconciliationPartition } from "./keys.ts";
import { asked, fromItem, type Place, toItem } from "./table.ts";

/** What the daily pass found, in DynamoDB: one item for each day at a gateway. */
export function dynamoReconciliationStore({ client, table }: Place): ReconciliationStore {
  return {
    async put(reconciliation) {
      const { biller, date, gateway } = reconciliation;
      const row: Reconciliation & Key = { ...reconciliation, ...reconciliationKey(biller, date, gateway) };
      await asked("keeping a reconciliation", client.send(new PutItemCommand({ TableName: table, Item: toItem(row) })));
    },
    async find(biller, { limit }) {
      const command = new QueryCommand({
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: toItem({ ":pk": reconciliationPartition(biller) }),
        ScanIndexForward: false,
        Limit: limit,
      });
      const { Items: items = [] } = await asked("finding reconciliations", client.send(command));
      return items.map((item) => {
        const { pk, sk, ...reconciliation } = fromItem<Reconciliation & Key>(item);
        return reconciliation;
      });
    },
  };
}
