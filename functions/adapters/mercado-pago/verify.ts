import { hexHmac, isHmacInHex } from "../hex-hmac.ts";

/** What Mercado Pago signs of a notification, and with what. The body is not among it. */
export type SignedNotification = {
  /** `x-signature`. */
  readonly signature: string | undefined;
  /** `x-request-id`. */
  readonly requestId: string | undefined;
  /** `data.id` of the query string. */
  readonly dataId: string | undefined;
};

/** Whether the notification is genuine, and if not, why. */
export type MercadoPagoVerdict = "genuine" | "header-missing" | "header-malformed" | "signature-wrong";

/** What may stand in the manifest: nothing that could pass for its next pair. */
const value = /^[A-Za-z0-9._:/-]{1,200}$/;
const header = /^ts=([1-9]\d{0,15}),v1=([^,]+)$/;

/**
 * Verifies `x-signature: ts=…,v1=…`: HMAC-SHA256 in hex over `id:…;request-id:…;ts:…;`, without the pairs whose value is missing, by any
 * of the live secrets (Mercado Pago, Webhooks). The guide lower-cases an id of letters and digits, its libraries since June 2026 do not:
 * both are taken. There is no window of time: the guide sets none, and leaves open whether `ts` counts seconds or milliseconds.
 */
export function verifyMercadoPago(
  { signature, requestId, dataId }: SignedNotification,
  secrets: readonly string[],
): MercadoPagoVerdict {
  if (!signature) return "header-missing";
  const [, ts, v1] = header.exec(signature) ?? [];
  const isPlain = [dataId, requestId].every((text) => !text || value.test(text));
  if (!ts || !v1 || !hexHmac.test(v1) || !isPlain) return "header-malformed";
  const rest = `${requestId ? `request-id:${requestId};` : ""}ts:${ts};`;
  const ids = dataId ? [...new Set([dataId, dataId.toLowerCase()])] : [undefined];
  const isSigned = ids.some((id) => isHmacInHex([`${id ? `id:${id};` : ""}${rest}`], [v1], secrets));
  return isSigned ? "genuine" : "signature-wrong";
}
