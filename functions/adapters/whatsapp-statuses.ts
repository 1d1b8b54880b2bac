import * as z from "zod/mini";
import { parseNotificationReference } from "../domain/notification.ts";
import type { DeliveryReport } from "../messages.ts";
import { meaningOf } from "./whatsapp-codes.ts";

/** A time in a webhook: whole seconds since 1970, as a string or (in preferences) a number, read as milliseconds. */
export const Seconds = z.pipe(
  z.union([z.string().check(z.regex(/^\d{1,12}$/)), z.int().check(z.minimum(0), z.maximum(999_999_999_999))]),
  z.transform((seconds) => Number(seconds) * 1_000),
);

const Status = z.object({
  id: z.string(),
  status: z.string(),
  timestamp: Seconds,
  type: z.optional(z.string()),
  biz_opaque_callback_data: z.optional(z.string()),
  errors: z.catch(z.optional(z.array(z.object({ code: z.int() }))), undefined),
});

const statuses: ReadonlyMap<string, NonNullable<DeliveryReport["status"]>> = new Map([
  ["sent", "accepted"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "read"],
  ["failed", "failed"],
]);

function failureOf(errors: readonly { code: number }[] | undefined): NonNullable<DeliveryReport["failure"]> {
  const code = errors?.[0]?.code;
  if (code === undefined) return { kind: "technical-failure", reason: "unexplained" };
  const { kind, reason } = meaningOf(code);
  return { kind, reason };
}

/**
 * The report in one element of a webhook's `statuses` (Meta, "Status messages webhook"), or why it is none. No failure suppresses its
 * address: Meta's codes tell of the message, the account or the moment, and 131050 of marketing alone.
 */
export function statusReport(item: unknown): DeliveryReport | "other-status" | "no-reference" | "malformed" {
  const parsed = Status.safeParse(item);
  if (!parsed.success) return "malformed";
  const { id, timestamp: at, type, errors, biz_opaque_callback_data: reference } = parsed.data;
  const status = statuses.get(parsed.data.status);
  // Statuses of payments and calls come in the same list, marked by their type.
  if (!status || (type !== undefined && type !== "message")) return "other-status";
  const key = parseNotificationReference(reference ?? "");
  if (!key) return "no-reference";
  return {
    kind: "delivery",
    ...key,
    channel: "whatsapp",
    status,
    at,
    providerReference: id,
    ...(status === "failed" && { failure: failureOf(errors) }),
  };
}
