import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { SmsReferenceStore } from "../../ports.ts";
import { smsReferenceKey } from "./keys.ts";
import { asked, type Place, toItem } from "./table.ts";

/** Which notification an SNS message id belongs to, in DynamoDB: code, step, hop. */
export function dynamoSmsReferenceStore({ client, table }: Place): SmsReferenceStore {
  return {
    async put(providerReference, { code, step, hop }) {
      const item = toItem({ ...smsReferenceKey(providerReference), c: code, s: step, h: hop });
      await asked("keeping an SMS reference", client.send(new PutItemCommand({ TableName: table, Item: item })));
    },
  };
}
