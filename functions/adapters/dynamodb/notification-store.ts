import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { NotificationFacts, NotificationKey } from "../../domain/notification.ts";
import type { NotificationStore } from "../../ports.ts";
import { notificationItemKey } from "./keys.ts";
import { decodeNotification, encodeFacts, type NotificationRow } from "./notification-codec.ts";
import { asked, fromItem, type Place, toItem } from "./table.ts";

/** The update that sets each fact unless it is set; without a fact it only makes sure that the item exists. */
function keepingWhatIsKnown(facts: NotificationFacts) {
  const given = encodeFacts(facts);
  if (given.length === 0) return {};
  return {
    UpdateExpression: `SET ${given.map(([name]) => `#${name} = if_not_exists(#${name}, :${name})`).join(", ")}`,
    ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: toItem(Object.fromEntries(given.map(([name, value]) => [`:${name}`, value]))),
  };
}

/** Notifications in DynamoDB, each in the partition of its bill. */
export function dynamoNotificationStore({ client, table }: Place): NotificationStore {
  const keyOf = (key: NotificationKey) => ({ TableName: table, Key: toItem(notificationItemKey(key)) });
  return {
    async record(key, facts) {
      const command = new UpdateItemCommand({ ...keyOf(key), ...keepingWhatIsKnown(facts), ReturnValues: "ALL_NEW" });
      const { Attributes: stored } = await asked("recording a notification", client.send(command));
      return decodeNotification({ ...fromItem<NotificationRow>(stored ?? {}), ...notificationItemKey(key) });
    },
    async get(key, { consistent = false } = {}) {
      const command = new GetItemCommand({ ...keyOf(key), ConsistentRead: consistent });
      const { Item: item } = await asked("reading a notification", client.send(command));
      return item && decodeNotification(fromItem<NotificationRow>(item));
    },
  };
}
