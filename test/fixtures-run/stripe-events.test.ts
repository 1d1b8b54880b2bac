import { describe, expect, it } from "vitest";
import type { BillerId } from "../../functions/domain/ids.ts";
import { PaymentTold } from "../../functions/domain/payment.ts";
import { LookUpMessage } from "../../functions/messages.ts";
import type { WebhookReading } from "../../functions/ports.ts";
import { billers, readersAt, secretsFor, signedCall } from "../support/signed-webhooks.ts";
import { fixtures } from "./fixtures.ts";

const events = fixtures("stripe/events.json");
const at = Date.parse("2026-11-22T10:00:00Z");
const [biller] = billers;
const readers = readersAt(() => at);

const typeOf = (body: unknown): string => String(Reflect.get(Object(body), "type"));

/** What the event tells when its account signs it as it was printed. */
async function told(event: unknown, of: BillerId = biller): Promise<WebhookReading> {
  const [secret] = secretsFor("stripe", of);
  const body = Buffer.from(JSON.stringify(event));
  return await readers.stripe(signedCall("stripe", { biller: of, secret, body, at }));
}

/** What is told, in one line: the kinds of its payments with their ids, what is asked about, and what is skipped. */
async function line(event: unknown): Promise<string> {
  const reading = await told(event);
  if (reading.outcome !== "genuine") return reading.outcome;
  const payments = reading.payments.map(({ type, payment }) => {
    const { billId, paymentId, amount, refundedTotal } = PaymentTold.parse(payment);
    const refunded = refundedTotal ? ` back ${refundedTotal.value}` : "";
    return `${type.slice(8)} ${paymentId} ${amount.value} ${amount.currency}${refunded} ${billId ?? "-"}`;
  });
  const lookUps = (reading.lookUps ?? []).map((lookUp) => `ask ${LookUpMessage.parse(lookUp).reference}`);
  return [...payments, ...lookUps, ...(reading.skipped > 0 ? ["skipped"] : [])].join(", ");
}

describe("the events that Stripe and others print", () => {
  it("are all there", () => {
    expect(events.length).toBeGreaterThanOrEqual(30);
  });

  it.each(events)("are read, and tell only what can be recorded: $id", async ({ body }) => {
    const reading = await told(body);
    expect(reading.outcome).toBe("genuine");
    const payments = reading.outcome === "genuine" ? reading.payments : [];
    for (const { payment } of payments) expect(PaymentTold.safeParse(payment).error).toBeUndefined();
  });

  it("tell of just these payments", async () => {
    const lines = await Promise.all(events.map(async ({ id, body }) => `${id} ${typeOf(body)}: ${await line(body)}`));
    expect(lines.filter((text) => !text.endsWith(": skipped"))).toEqual([
      "st-001 checkout.session.completed: succeeded pi_000000000000000000000000 3000 USD -",
      "st-002 checkout.session.completed: succeeded pi_00000000000000 25000 USD -",
      "st-004 payment_intent.succeeded: succeeded pi_000000000000000000000000 2000 USD -",
      "st-005 payment_intent.payment_failed: failed pi_000000000000000000000000 2000 USD -",
      "st-006 payment_intent.processing: pending pi_00000000000000 900 EUR -",
      "st-009 charge.refunded: succeeded ch_000000000000000000000000 100 USD back 100 -, refunded ch_000000000000000000000000 100 USD back 100 -",
      "st-014 invoice.paid: succeeded pi_000000000000000000000000 2000 USD -",
      "st-019 checkout.session.completed: succeeded pi_hold000000000000000001 8540 SGD SG-HOLD-1",
      "st-020 checkout.session.completed: pending pi_hold000000000000000001 8540 SGD SG-HOLD-1",
      "st-021 checkout.session.async_payment_succeeded: succeeded pi_hold000000000000000001 8540 SGD SG-HOLD-1",
      "st-022 checkout.session.async_payment_failed: failed pi_hold000000000000000001 8540 SGD SG-HOLD-1",
      "st-025 checkout.session.completed: succeeded pi_hold000000000000000001 12800 JPY JP-HOLD-1",
      "st-026 checkout.session.completed: succeeded pi_hold000000000000000001 8540 SGD -",
      "st-027 payment_intent.succeeded: succeeded pi_hold000000000000000001 8540 SGD SG-HOLD-1",
      "st-028 charge.refunded: succeeded pi_hold000000000000000001 8540 SGD back 8540 SG-HOLD-1, refunded pi_hold000000000000000001 8540 SGD back 8540 SG-HOLD-1",
      "st-029 charge.refunded: succeeded pi_hold000000000000000001 8540 SGD back 2000 SG-HOLD-1, refunded pi_hold000000000000000001 8540 SGD back 2000 SG-HOLD-1",
      "st-030 invoice.paid: ask in_hold000000000000000001",
    ]);
  });

  it.each(events)("are refused with a byte changed: $id", async ({ body }) => {
    const [secret] = secretsFor("stripe", biller);
    const genuine = signedCall("stripe", { biller, secret, body: Buffer.from(JSON.stringify(body)), at });
    const changed = Buffer.from(genuine.body);
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
    expect(await readers.stripe({ ...genuine, body: changed })).toMatchObject({ outcome: "refused" });
  });
});
