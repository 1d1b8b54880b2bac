import * as z from "zod/mini";
import type { WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { jsonOf } from "../webhook-body.ts";
import { verifyMercadoPago } from "./verify.ts";

/** What a notification says beside what is signed: good for telling what it is about, and for nothing else. */
const Notification = z.object({
  type: z.optional(z.string()),
  data: z.optional(z.object({ id: z.optional(z.union([z.string(), z.int()])) })),
  live_mode: z.optional(z.boolean()),
});

/** Ids of payments are numbers; of what else there is, Duebell takes nothing. */
const paymentId = /^[1-9]\d{0,19}$/;

/**
 * Reads Mercado Pago's notifications, signed by `x-signature` over the id in the query string. They tell no more than that a payment
 * changed, and not even that is signed: each is asked about. Those of QR codes come unsigned, and are refused.
 */
export function mercadoPagoWebhookReader(ports: { readonly secrets: Pick<WebhookSecrets, "mercadoPago"> }) {
  return async ({ biller, body, headers, query }: WebhookCall): Promise<WebhookReading> => {
    const reference = query["data.id"];
    const signed = {
      signature: headers["x-signature"],
      requestId: headers["x-request-id"],
      dataId: reference,
    };
    const verdict = verifyMercadoPago(signed, await ports.secrets.mercadoPago(biller));
    if (verdict !== "genuine") return { outcome: "refused", reason: verdict };
    const told = Notification.safeParse(jsonOf(body)).data;
    if (!told) return { outcome: "malformed", fields: [{ path: "body", message: "must be a notification" }] };
    const inBody = told.data?.id;
    // A body that names another payment than the one that was signed did not come with this signature.
    if (inBody !== undefined && reference && String(inBody) !== reference) {
      return { outcome: "refused", reason: "signature-wrong" };
    }
    const mode = told.live_mode === undefined ? {} : ({ mode: told.live_mode ? "live" : "test" } as const);
    const genuine = { outcome: "genuine", deliveries: [], payments: [], ...mode } as const;
    const isPayment = (told.type ?? query["type"]) === "payment";
    if (!isPayment || !reference || !paymentId.test(reference)) return { ...genuine, skipped: 1 };
    return { ...genuine, lookUps: [{ biller, gateway: "mercado-pago", reference }], skipped: 0 };
  };
}
