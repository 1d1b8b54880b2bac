import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { fieldErrors } from "../../domain/field-errors.ts";
import { receiptReference } from "../../domain/payment.ts";
import type { WebhookAnswer, WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { jsonOf } from "../webhook-body.ts";
import { bbpsPayment, PaymentPosting, source } from "./payments.ts";
import { isAuthorized } from "./verify.ts";

/** Statuses and codes that the platform knows (Setu, BBPS billers); it sends the same body again after any but 200. */
const codes = { 400: "invalid-request", 401: "unauthorized", 500: "unable-to-fulfill-request" } as const;

/** An error in the platform's own shape; its trace id is the start of the hash that the body is kept under. */
function failed(status: keyof typeof codes, body: Uint8Array, detail: string): WebhookAnswer {
  const traceID = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const error = { traceID, code: codes[status], title: codes[status], detail, docURL: "" };
  return { status, body: { success: false, status, error } };
}

/**
 * Reads payments posted by a platform of Bharat BillPay, which asks for the receipt at once: its id comes from the payment's own, its date
 * is the transaction's, so that the same body always gets the same answer.
 */
export function bbpsWebhookReader(ports: { readonly secrets: Pick<WebhookSecrets, "bbps"> }) {
  return async ({ biller, body, headers }: WebhookCall): Promise<WebhookReading> => {
    if (!isAuthorized(headers["authorization"], await ports.secrets.bbps(biller))) {
      return { outcome: "refused", reason: "not-authorized", answer: failed(401, body, "Not authorized.") };
    }
    const posting = z.safeParse(PaymentPosting, jsonOf(body));
    if (!posting.success) {
      const fields = fieldErrors(posting.error);
      const detail = `Not valid: ${fields.map(({ path }) => path).join(", ")}`;
      return { outcome: "malformed", fields, answer: failed(400, body, detail.slice(0, 500)) };
    }
    const { uniquePaymentRefID: paymentId, transactionTimestamp: date } = posting.data.paymentDetails;
    const receipt = { id: receiptReference({ source, paymentId }), date };
    return {
      outcome: "genuine",
      deliveries: [],
      payments: [bbpsPayment(biller, posting.data)],
      skipped: 0,
      answer: { status: 200, body: { status: 200, success: true, data: { receipt } } },
      failure: failed(500, body, "The payment could not be taken now: send it again."),
    };
  };
}
