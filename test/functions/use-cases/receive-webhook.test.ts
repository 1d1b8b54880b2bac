import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { DeliveryReport, PaymentMessage } from "../../../functions/messages.ts";
import type { WebhookReading } from "../../../functions/ports.ts";
import { receiveWebhook } from "../../../functions/use-cases/receive-webhook.ts";
import { plainCode } from "../../support/memory-recorders.ts";

const biller = "example-power" as BillerId;

const report: DeliveryReport = {
  kind: "delivery",
  biller,
  code: plainCode(biller, "1"),
  step: "issued",
  hop: 0,
  channel: "whatsapp",
  status: "delivered",
  at: 0,
};
const payment: PaymentMessage = { type: "payment.succeeded", payment: { paymentId: "pay_0001" } };

/** A provider whose webhook reads as told, and the two queues behind it. */
function desk(reading: WebhookReading) {
  const asked: BillerId[] = [];
  const queued: unknown[] = [];
  const keep = async (messages: readonly unknown[]): Promise<void> => void queued.push(...messages);
  const read = async (call: { readonly biller: BillerId }) => {
    asked.push(call.biller);
    return reading;
  };
  const ports = { webhooks: { standard: read }, deliveries: { send: keep }, incomingPayments: { send: keep } };
  const call = { biller, body: new TextEncoder().encode("{}"), headers: {} };
  const receive = (provider = "standard") => receiveWebhook(ports, { ...call, provider });
  return { receive, queued, asked };
}

describe("receive-webhook", () => {
  it("queues what a genuine webhook told, and answers how much that was", async () => {
    const { receive, queued, asked } = desk({
      outcome: "genuine",
      deliveries: [report],
      payments: [payment],
      skipped: 2,
    });
    expect(await receive()).toEqual({ deliveries: 1, payments: 1, skipped: 2 });
    expect(queued).toEqual([report, payment]);
    expect(asked).toEqual([biller]);
  });

  it("queues nothing of a webhook that concerns nobody here", async () => {
    const { receive, queued } = desk({ outcome: "genuine", deliveries: [], payments: [], skipped: 1 });
    expect(await receive()).toEqual({ deliveries: 0, payments: 0, skipped: 1 });
    expect(queued).toEqual([]);
  });

  it("refuses a signature that does not hold", async () => {
    const { receive, queued } = desk({ outcome: "refused", reason: "no signature fits" });
    await expect(receive()).rejects.toMatchObject({ code: "unauthorized" });
    expect(queued).toEqual([]);
  });

  it("names the fields of a genuine body that cannot be read", async () => {
    const fields = [{ path: "data.amount", message: "is required" }];
    const { receive, queued } = desk({ outcome: "malformed", fields });
    await expect(receive()).rejects.toMatchObject({ code: "invalid-input", fields });
    expect(queued).toEqual([]);
  });

  it.each(["nobody", "toString", "__proto__", ""])("knows no provider called %o", async (provider) => {
    const { receive, asked } = desk({ outcome: "genuine", deliveries: [], payments: [payment], skipped: 0 });
    await expect(receive(provider)).rejects.toMatchObject({ code: "not-found" });
    expect(asked).toEqual([]);
  });
});
