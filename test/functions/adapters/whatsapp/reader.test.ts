import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { whatsAppWebhookReader } from "../../../../functions/adapters/whatsapp/reader.ts";
import { BillerId } from "../../../../functions/domain/ids.ts";
import { anInbound, aStatus, change, entry } from "../whatsapp-webhooks.ts";

const appSecret = "test_app_secret";
const biller = BillerId.parse("example-power");
const read = whatsAppWebhookReader({
  secrets: {
    whatsApp: async (id) => (id === biller ? { appSecret, verifyToken: "our-token" } : undefined),
  },
});
const call = (text: string, secret = appSecret) => ({
  biller,
  body: Buffer.from(text),
  headers: { "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(text).digest("hex")}` },
  query: {},
});
const webhook = (...entries: unknown[]) => JSON.stringify({ object: "whatsapp_business_account", entry: entries });

describe("a webhook that Meta calls", () => {
  it("tells of messages and of wishes in the name of the biller whose path it called", async () => {
    const told = webhook(entry(change({ statuses: [aStatus(), aStatus({ status: "odd" })], messages: [anInbound()] })));
    expect(await read(call(told))).toMatchObject({
      outcome: "genuine",
      deliveries: [
        { kind: "delivery", biller, status: "delivered" },
        { kind: "wish", biller, wish: "stop" },
      ],
      payments: [],
      skipped: 1,
    });
  });

  it("is refused when it is not signed with the biller's secret, or the biller has none", async () => {
    const told = webhook(entry(change({ messages: [anInbound()] })));
    const refused = { outcome: "refused", reason: "signature-wrong" };
    expect(await read(call(told, "another_secret"))).toEqual(refused);
    expect(await read({ ...call(told), headers: {} })).toEqual(refused);
    expect(await read({ ...call(told), biller: BillerId.parse("other-power") })).toEqual(refused);
  });

  it("is malformed when it is no JSON, and merely says nothing when it is another", async () => {
    expect(await read(call("{"))).toMatchObject({ outcome: "malformed" });
    for (const other of ["7", "{}", '{"entry":7}']) {
      expect(await read(call(other))).toEqual({ outcome: "genuine", deliveries: [], payments: [], skipped: 1 });
    }
    expect(await read(call(webhook()))).toMatchObject({ outcome: "genuine", skipped: 0 });
  });
});
