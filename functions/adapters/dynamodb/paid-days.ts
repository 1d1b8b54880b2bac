import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { LinkCode } from "../../domain/link-code.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import type { PaidDayStore } from "../../money-ports.ts";
import { type Key, paidAmountPrefix, paidDayPartition } from "./keys.ts";
import { itemsStarting } from "./starting.ts";
import { asked, fromItem, type Place, toItem } from "./table.ts";

/** Link code of the bill, key of the payment, amount, currency. */
type PaidRow = Key & { readonly c: LinkCode; readonly k: string; readonly a: number; readonly u: CurrencyCode };

/** What was paid, day by day, in DynamoDB: one partition for each day of a biller, in the order of currency and amount. */
export function dynamoPaidDayStore(place: Place): PaidDayStore {
  return {
    async put(biller, date, { code, key, amount }) {
      const row: PaidRow = {
        pk: paidDayPartition(biller, date),
        sk: paidAmountPrefix(amount) + key,
        c: code,
        k: key,
        a: amount.value,
        u: amount.currency,
      };
      const command = new PutItemCommand({ TableName: place.table, Item: toItem(row) });
      await asked("keeping the day of a payment", place.client.send(command));
    },
    async *find(biller, date, amount) {
      const start = { pk: paidDayPartition(biller, date), sk: amount ? paidAmountPrefix(amount) : "" };
      for await (const item of itemsStarting(place, start)) {
        const { c, k, a, u } = fromItem<PaidRow>(item);
        yield { code: c, key: k, amount: { value: a, currency: u } };
      }
    },
  };
}
