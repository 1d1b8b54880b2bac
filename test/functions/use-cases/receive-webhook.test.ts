import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import type { DeliveryReport, LookUpMessage, PaymentMessage } from "../../../functions/messages.ts";
import type { WebhookReading } from "../../../functions/ports.ts";
import { maxWebhookBytes, receiveWebhook } from "../../../functions/use-cases/receive-webhook.ts";
import { controlledClock } from "../../support/memory-clock.ts";
import { memoryRawWebhooks } from "../../support/memory-raw-webhooks.ts";
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
const lookUp: LookUpMessage = { biller, gateway: "mercado-pago", reference: "123456789" };
const answer = { status: 200, body: { receipt: "R1" } };
const failure = { status: 500, body: { error: "again" } };
const nothing = { outcome: "genuine", deliveries: [], payments: [], skipped: 0 } as const;

/** A provider whose webhook reads as told, the bucket, and the queues behind it, one of which may be out of order. */
function desk(reading: WebhookReading, broken?: "deliveries" | "payments" | "lookUps" | "bucket") {
  const asked: BillerId[] = [];
  const queued: unknown[] = [];
  const bucket = memoryRawWebhooks();
  const queue = (name: typeof broken) => ({
    send: async (messages: readonly unknown[]): Promise<void> => {
      if (broken === name) throw providerError("The queue cannot be reached.");
      queued.push(...messages);
    },
  });
  const read = async (call: { readonly biller: BillerId }) => {
    asked.push(call.biller);
    return reading;
  };
  const ports = {
    webhooks: { standard: read, whatsapp: read },
    deliveries: queue("deliveries"),
    incomingPayments: queue("payments"),
    lookUps: queue("lookUps"),
    rawWebhooks: broken === "bucket" ? { keep: async () => Promise.reject(providerError("no bucket")) } : bucket,
    clock: controlledClock(),
  };
  const call = { biller, body: new TextEncoder().encode("{}"), headers: {}, query: {} };
  const receive = (provider = "standard", body = call.body) => receiveWebhook(ports, { ...call, provider, body });
  return { receive, queued, asked, kept: bucket.kept };
}

describe("receive-webhook", () => {
  it("queues what a genuine webhook told, with where its body lies, and answers how much that was", async () => {
    const { receive, queued, asked, kept } = desk({
      ...{ ...nothing, deliveries: [report], payments: [payment], lookUps: [lookUp], skipped: 2 },
      ...{ mode: "test", answer },
    });
    expect(await receive()).toEqual({
      outcome: "received",
      told: { deliveries: 1, payments: 1, lookUps: 1, skipped: 2 },
      mode: "test",
      answer,
    });
    const [raw] = kept.keys();
    expect(raw).toMatch(/^webhooks\/example-power\/standard\/2026-11-15\//);
    expect(queued).toEqual([
      report,
      { type: "payment.succeeded", payment: { paymentId: "pay_0001", raw } },
      { ...lookUp, raw },
    ]);
    expect(asked).toEqual([biller]);
  });

  it("keeps one body of a webhook that is told again on the same day", async () => {
    const { receive, kept, queued } = desk({ ...nothing, payments: [payment] });
    await receive();
    await receive();
    expect(kept.size).toBe(1);
    expect(queued).toHaveLength(2);
  });

  it("neither queues nor keeps what concerns nobody here, or what carriers say of messages", async () => {
    const idle = desk({ ...nothing, skipped: 1 });
    const told = { deliveries: 0, payments: 0, lookUps: 0, skipped: 1 };
    expect(await idle.receive()).toEqual({ outcome: "skipped", told });
    const delivered = desk({ ...nothing, deliveries: [report], skipped: 3 });
    expect(await delivered.receive("whatsapp")).toMatchObject({ outcome: "received", told: { deliveries: 1 } });
    expect([...idle.queued, ...delivered.queued]).toEqual([report]);
    expect([...idle.kept.keys(), ...delivered.kept.keys()]).toEqual([]);
  });

  it("refuses a signature that does not hold, in the provider's words where it has any, and keeps nothing", async () => {
    const { receive, queued, kept } = desk({ outcome: "refused", reason: "no signature fits", answer });
    const error = { code: "unauthorized", message: "The webhook is not signed as it must be: no signature fits." };
    expect(await receive()).toMatchObject({ outcome: "refused", error, answer });
    expect([...queued, ...kept.keys()]).toEqual([]);
  });

  it("names the fields of a genuine body that cannot be read, and keeps the body for who looks into it", async () => {
    const fields = [{ path: "data.amount", message: "is required" }];
    const { receive, queued, kept } = desk({ outcome: "malformed", fields });
    expect(await receive()).toMatchObject({ outcome: "malformed", error: { code: "invalid-input", fields } });
    expect(queued).toEqual([]);
    expect(kept.size).toBe(1);
  });

  it("keeps no body of what customers write, readable or not", async () => {
    const { receive, kept } = desk({ outcome: "malformed", fields: [] });
    expect(await receive("whatsapp")).toMatchObject({ outcome: "malformed" });
    expect(kept.size).toBe(0);
  });

  it.each(["deliveries", "payments", "lookUps", "bucket"] as const)(
    "has a webhook sent again that it could not take, with the provider's own words for it: %s out of order",
    async (broken) => {
      const told = { ...nothing, deliveries: [report], payments: [payment], lookUps: [lookUp], answer };
      const error = { code: "provider-error", retryable: true };
      expect(await desk({ ...told, failure }, broken).receive()).toMatchObject({
        ...{ outcome: "not-taken", error },
        answer: failure,
      });
      const plain = await desk(told, broken).receive();
      expect(plain).toMatchObject({ outcome: "not-taken", error });
      expect(plain).not.toHaveProperty("answer");
    },
  );

  it("queues nothing whose body could not be kept", async () => {
    const { receive, queued } = desk({ ...nothing, payments: [payment], lookUps: [lookUp] }, "bucket");
    expect((await receive()).outcome).toBe("not-taken");
    expect(queued).toEqual([]);
  });

  it("reads no body that is longer than any provider's", async () => {
    const { receive, asked } = desk({ ...nothing, payments: [payment] });
    await expect(receive("standard", new Uint8Array(maxWebhookBytes + 1))).rejects.toMatchObject({
      code: "invalid-input",
      fields: [{ path: "body", message: "must be 262144 bytes at most" }],
    });
    expect(asked).toEqual([]);
    expect((await receive("standard", new Uint8Array(maxWebhookBytes))).outcome).toBe("received");
  });

  it.each(["nobody", "toString", "__proto__", ""])("knows no provider called %o", async (provider) => {
    const { receive, asked } = desk({ ...nothing, payments: [payment] });
    await expect(receive(provider)).rejects.toMatchObject({ code: "not-found" });
    expect(asked).toEqual([]);
  });
});
