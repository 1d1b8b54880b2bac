import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { ImportRecord } from "../../domain/import.ts";
import type { ImportStore } from "../../ports.ts";
import { dynamoImportRejects } from "./import-rejects.ts";
import { importKey, type Key } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

type RecordRow = Key & Omit<ImportRecord, "biller" | "importId" | "version"> & { readonly v: number };

/** Records of imports in DynamoDB. */
export function dynamoImportStore(place: Place): ImportStore {
  const { client, table } = place;
  async function save({ biller, importId, version, ...rest }: ImportRecord, readVersion: number): Promise<boolean> {
    const row: RecordRow = { ...rest, ...importKey(biller, importId), v: version };
    const command = new PutItemCommand({ TableName: table, Item: toItem(row), ...inVersion(readVersion) });
    return (await askedUnlessRefused("saving an import", client.send(command))) !== undefined;
  }
  return {
    save,
    async create(record) {
      // A repeat finds the record, which may be further by now.
      await save(record, 0);
    },
    async get(biller, importId) {
      const key = toItem(importKey(biller, importId));
      const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item: item } = await asked("reading an import", client.send(command));
      if (!item) return undefined;
      const { pk, sk, v, ...rest } = fromItem<RecordRow>(item);
      return { ...rest, biller, importId, version: v };
    },
    ...dynamoImportRejects(place),
  };
}
