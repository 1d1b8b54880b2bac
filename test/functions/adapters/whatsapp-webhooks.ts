import { notificationReference } from "../../../functions/domain/notification.ts";
import { plainCode } from "../../support/memory-recorders.ts";

/** The notification that the examples below are about. */
export const key = { code: plainCode("example-power", "B-1"), step: "due-soon", hop: 1 };

/** Its key, as it goes out with a message and comes back with its statuses. */
export const reference = notificationReference(key);

const metaPhoneNumberId = "200000000000001";

/** A status of a message of ours. */
export const aStatus = (overrides: object = {}): object => ({
  id: "wamid.EXAMPLE1",
  status: "delivered",
  timestamp: "1795000123",
  recipient_id: "919830012345",
  biz_opaque_callback_data: reference,
  ...overrides,
});

/** A message that a customer wrote. */
export const anInbound = (overrides: object = {}): object => ({
  from: "919830012345",
  id: "wamid.INBOUND1",
  timestamp: "1795000300",
  type: "text",
  text: { body: "STOP" },
  ...overrides,
});

/** What a customer chose in the app about marketing messages. */
export const aPreference = (overrides: object = {}): object => ({
  wa_id: "919830012345",
  detail: "User requested to stop marketing messages",
  category: "marketing_messages",
  value: "stop",
  timestamp: 1795000400,
  ...overrides,
});

/** One change of an entry: what it holds, and its field. */
export const change = (value: object, field = "messages"): object => ({
  field,
  value: {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "912000000001", phone_number_id: metaPhoneNumberId },
    ...value,
  },
});

/** An entry with these changes. */
export const entry = (...changes: unknown[]): object => ({ id: "100000000000001", changes });

/** An event of End User Messaging Social about an entry, for the number that the entry names. */
export const aSocialEvent = (about: unknown, arn: string): object => ({
  context: {
    MetaWabaIds: [
      {
        wabaId: "100000000000001",
        arn: "arn:aws:social-messaging:ap-south-1:111122223333:waba/0123456789abcdef0123456789abcdef",
      },
    ],
    MetaPhoneNumberIds: [{ metaPhoneNumberId, arn }],
  },
  whatsAppWebhookEntry: JSON.stringify(about),
  aws_account_id: "111122223333",
  message_timestamp: "2026-11-21T10:15:30.123456789Z",
  messageId: "0a1b2c3d-0000-4000-8000-000000000001",
});
