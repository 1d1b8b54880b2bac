import { DeleteItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Biller } from "../../domain/biller.ts";
import type { BillerApps } from "../../domain/biller-page.ts";
import type { Header } from "../../domain/ids.ts";
import { appsKey, appsPartition, type Key } from "./keys.ts";
import { asked, fromItem, type Item, type Place, toItem } from "./table.ts";

/** One biller's apps, and the headers of the links that they may open. */
export type AppsRow = { readonly headers: readonly Header[]; readonly apps: BillerApps };

type Named = Pick<Biller, "id" | "header" | "formerHeaders"> & { readonly apps?: BillerApps };

/** Makes a biller's apps findable; one that has none is found no more, whatever a crash left behind. */
export async function keepApps({ client, table }: Place, { id, header, formerHeaders, apps }: Named): Promise<void> {
  if (!apps) {
    const command = new DeleteItemCommand({ TableName: table, Key: toItem(appsKey(id)) });
    await asked("forgetting a biller's apps", client.send(command));
    return;
  }
  const row: AppsRow & Key = { ...appsKey(id), headers: [header, ...formerHeaders], apps };
  await asked("keeping a biller's apps", client.send(new PutItemCommand({ TableName: table, Item: toItem(row) })));
}

/** Every biller's apps, in the order of the billers' names. */
export async function findApps({ client, table }: Place): Promise<readonly AppsRow[]> {
  const rows: AppsRow[] = [];
  let from: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: toItem({ ":pk": appsPartition }),
      ...(from && { ExclusiveStartKey: from }),
    });
    const page = await asked("finding the billers' apps", client.send(command));
    rows.push(...(page.Items ?? []).map(rowOf));
    from = page.LastEvaluatedKey;
  } while (from);
  return rows;
}

function rowOf(item: Item): AppsRow {
  const { headers, apps } = fromItem<AppsRow & Key>(item);
  return { headers, apps };
}
