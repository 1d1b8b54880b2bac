import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { BillerId } from "../../domain/ids.ts";
import type { LinkCode } from "../../domain/link-code.ts";
import type { PaymentReference } from "../../domain/payment.ts";
import type { PaymentReferenceStore, ReferredPayment } from "../../money-ports.ts";
import { type Key, referenceKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

/** Link code of the bill, key of the payment. */
type ReferenceRow = Key & { readonly c: LinkCode; readonly k: string };

/** The names of payments in DynamoDB, one item and one partition each. */
export function dynamoPaymentReferenceStore({ client, table }: Place): PaymentReferenceStore {
  async function putOne(biller: BillerId, reference: PaymentReference, { code, key }: ReferredPayment): Promise<void> {
    const row: ReferenceRow = { ...referenceKey(biller, reference), c: code, k: key };
    const command = new PutItemCommand({ TableName: table, Item: toItem(row), ...inVersion(0) });
    await askedUnlessRefused("keeping a reference of a payment", client.send(command));
  }
  return {
    async put(biller, references, of) {
      await Promise.all([...new Set(references)].map((reference) => putOne(biller, reference, of)));
    },
    async get(biller, reference) {
      const command = new GetItemCommand({
        TableName: table,
        Key: toItem(referenceKey(biller, reference)),
        ConsistentRead: true,
      });
      const { Item: item } = await asked("reading a reference of a payment", client.send(command));
      if (!item) return undefined;
      const { c, k } = fromItem<ReferenceRow>(item);
      return { code: c, key: k };
    },
  };
}
