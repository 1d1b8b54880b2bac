import { dynamoBillStore } from "../../functions/adapters/dynamodb/bill-store.ts";
import { dynamoBillerStore } from "../../functions/adapters/dynamodb/biller-store.ts";
import { dynamoDueIndex } from "../../functions/adapters/dynamodb/due-index.ts";
import { dynamoImportStore } from "../../functions/adapters/dynamodb/import-store.ts";
import { dynamoNoticeStore } from "../../functions/adapters/dynamodb/notice-store.ts";
import { dynamoNotificationStore } from "../../functions/adapters/dynamodb/notification-store.ts";
import { dynamoOpenStore } from "../../functions/adapters/dynamodb/open-store.ts";
import { dynamoPaymentStore } from "../../functions/adapters/dynamodb/payment-store.ts";
import { dynamoSmsReferenceStore } from "../../functions/adapters/dynamodb/sms-reference-store.ts";
import { dynamoSuppressionStore } from "../../functions/adapters/dynamodb/suppression-store.ts";
import { dynamoWatermarkStore } from "../../functions/adapters/dynamodb/watermark-store.ts";
import { contractLanes, type Stores } from "./contracts/stores.ts";
import { plainAddressHash, type TestTable } from "./dynamodb.ts";
import { controlledClock } from "./memory-clock.ts";

/** Every store over one table of DynamoDB, with a clock of its own. */
export function dynamoStores({ client, table }: TestTable): Stores {
  const clock = controlledClock();
  const place = { client, table, lanes: contractLanes, clock, addressHash: plainAddressHash };
  return {
    clock,
    billers: dynamoBillerStore(place),
    bills: dynamoBillStore(place),
    payments: dynamoPaymentStore(place),
    notices: dynamoNoticeStore(place),
    notifications: dynamoNotificationStore(place),
    smsReferences: dynamoSmsReferenceStore(place),
    suppressions: dynamoSuppressionStore(place),
    dueIndex: dynamoDueIndex(place),
    watermarks: dynamoWatermarkStore(place),
    imports: dynamoImportStore(place),
    opens: dynamoOpenStore(place),
  };
}
