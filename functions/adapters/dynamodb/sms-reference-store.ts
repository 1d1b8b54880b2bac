import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { LinkCode } from "../../domain/link-code.ts";
import type { Clock, SmsReferenceStore } from "../../ports.ts";
import { type Key, smsReferenceKey } from "./keys.ts";
import { asked, fromItem, type Place, toItem, ttlAfter } from "./table.ts";

/** SNS reports for three days at most (SNS Developer Guide, delivery status). */
const keptDays = 14;

/** Code, step, hop. */
type ReferenceRow = Key & { readonly c: LinkCode; readonly s: string; readonly h: number; readonly ttl: number };

/** Which notification an SNS message id belongs to, in DynamoDB. */
export function dynamoSmsReferenceStore({
  client,
  table,
  clock,
}: Place & { readonly clock: Clock }): SmsReferenceStore {
  return {
    async put(providerReference, { code, step, hop }) {
      const ttl = ttlAfter(clock.now(), keptDays);
      const row: ReferenceRow = { ...smsReferenceKey(providerReference), c: code, s: step, h: hop, ttl };
      await asked("keeping an SMS reference", client.send(new PutItemCommand({ TableName: table, Item: toItem(row) })));
    },
    async get(providerReference) {
      const command = new GetItemCommand({ TableName: table, Key: toItem(smsReferenceKey(providerReference)) });
      const { Item: item } = await asked("reading an SMS reference", client.send(command));
      if (!item) return undefined;
      const { c: code, s: step, h: hop } = fromItem<ReferenceRow>(item);
      return { code, step, hop };
    },
  };
}
