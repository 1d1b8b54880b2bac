import { describe, expect, it } from "vitest";
import { notificationItemKey } from "../../../../functions/adapters/dynamodb/keys.ts";
import { encodeFacts } from "../../../../functions/adapters/dynamodb/notification-codec.ts";
import { toItem } from "../../../../functions/adapters/dynamodb/table.ts";
import { receiptStep } from "../../../../functions/domain/payment.ts";
import { aBill, aPayment } from "../../../support/builders.ts";
import { itemBytes } from "../../../support/item-bytes.ts";

describe("the row of a notification", () => {
  it("stays in one write unit, with the longest provider reference and a failure after delivery", () => {
    const key = notificationItemKey({ code: aBill().code, step: receiptStep(aPayment()), hop: 1 });
    const facts = encodeFacts({
      channel: "whatsapp",
      message: "receipt",
      language: "bn",
      template: "builtin/receipt.bn@1",
      segments: 3,
      providerReference: "wamid.HBgMOTE5ODMwMDEyMzQ1FQIAERgSQTk5OTk5OTk5OTk5OTk5OTk5AA==",
      acceptedAt: 1_794_717_000_123,
      deliveredAt: 1_794_717_005_456,
      readAt: 1_794_717_009_789,
      failedAt: 1_794_717_012_321,
      failure: { kind: "temporary-failure", reason: "131026 Message undeliverable" },
    });
    expect(itemBytes({ ...toItem(key), ...toItem(Object.fromEntries(facts)) })).toBeLessThan(500);
  });
});
