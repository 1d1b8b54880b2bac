import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Watermark, WatermarkStore } from "../../ports.ts";
import { type Key, watermarkKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

/** Version and position. */
type WatermarkRow = Key & { readonly v: number; readonly p: Watermark["position"] };

/** How far each lane is swept, in DynamoDB. */
export function dynamoWatermarkStore({ client, table }: Place): WatermarkStore {
  return {
    async get(lane) {
      const command = new GetItemCommand({ TableName: table, Key: toItem(watermarkKey(lane)), ConsistentRead: true });
      const { Item: item } = await asked("reading a watermark", client.send(command));
      if (!item) return undefined;
      const { v, p } = fromItem<WatermarkRow>(item);
      return { position: p, version: v };
    },
    async advance(lane, position, readVersion) {
      const kept = typeof position === "string" ? position : { pk: position.pk, sk: position.sk, due: position.due };
      const row: WatermarkRow = { ...watermarkKey(lane), v: readVersion + 1, p: kept };
      const command = new PutItemCommand({ TableName: table, Item: toItem(row), ...inVersion(readVersion) });
      return (await askedUnlessRefused("moving a watermark", client.send(command))) !== undefined;
    },
  };
}
