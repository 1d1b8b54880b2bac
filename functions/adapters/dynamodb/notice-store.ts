import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { PaymentNotice } from "../../domain/payment-notice.ts";
import type { NoticeStore } from "../../money-ports.ts";
import { noticeItemKey } from "./keys.ts";
import { decodeNotice, encodeNotice, type NoticeRow } from "./notice-codec.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type LanedPlace, toItem } from "./table.ts";

/** Notices in DynamoDB, each in the partition of its bill. */
export function dynamoNoticeStore({ client, table, lanes }: LanedPlace): NoticeStore {
  const get: NoticeStore["get"] = async (code, kind, key, { consistent = false } = {}) => {
    const command = new GetItemCommand({
      TableName: table,
      Key: toItem(noticeItemKey(code, kind, key)),
      ConsistentRead: consistent,
    });
    const { Item: item } = await asked("reading a notice", client.send(command));
    return item && decodeNotice(fromItem<NoticeRow>(item));
  };
  const save = async (notice: PaymentNotice, readVersion: number): Promise<boolean> => {
    const command = new PutItemCommand({
      TableName: table,
      Item: toItem(encodeNotice(notice, lanes)),
      ...inVersion(readVersion),
    });
    return (await askedUnlessRefused("saving a notice", client.send(command))) !== undefined;
  };
  return {
    get,
    save,
    async add(notice) {
      if (await save(notice, 0)) return notice;
      return (await get(notice.code, notice.kind, notice.key, { consistent: true })) ?? notice;
    },
  };
}
