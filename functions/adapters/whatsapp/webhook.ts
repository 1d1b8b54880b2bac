import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import { parseNotificationReference } from "../../domain/notification.ts";
import type { DeliveryReport } from "../../messages.ts";
import { meaningOf } from "./cloud-api-codes.ts";

/** Whether Meta signed these very bytes: `header` is `X-Hub-Signature-256`, compared in constant time. */
export function isSignedByMeta(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const right = Buffer.from(`sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`);
  const shown = Buffer.from(header ?? "");
  return appSecret !== "" && shown.length === right.length && timingSafeEqual(shown, right);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The challenge to answer Meta's verification request with, from its query; undefined when the token is not ours or the request is none. */
export function answerToVerification(
  query: Readonly<Record<string, string | undefined>>,
  verifyToken: string,
): string | undefined {
  const challenge = query["hub.challenge"] ?? "";
  const isOurs = timingSafeEqual(digest(query["hub.verify_token"] ?? ""), digest(verifyToken));
  // Only what cannot be markup is echoed.
  return isOurs && verifyToken !== "" && query["hub.mode"] === "subscribe" && /^[\w-]{1,200}$/.test(challenge)
    ? challenge
    : undefined;
}

/** Why something in a webhook became no report. */
export type SkipReason = "not-a-status" | "other-status" | "no-reference" | "malformed";

/** The reports in a webhook, and how many other things it held, by why they are none. */
export type WhatsAppReports = {
  readonly reports: readonly DeliveryReport[];
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
};

const Webhook = z.object({
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
});
const Statuses = z.object({ statuses: z.array(z.unknown()) });
const Status = z.object({
  id: z.string(),
  status: z.string(),
  timestamp: z.pipe(z.union([z.string().check(z.regex(/^\d{1,12}$/)), z.int()]), z.transform(Number)),
  type: z.optional(z.string()),
  biz_opaque_callback_data: z.optional(z.string()),
  errors: z.catch(z.optional(z.array(z.object({ code: z.int() }))), undefined),
});

const statuses: ReadonlyMap<string, DeliveryReport["status"]> = new Map([
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

function reportOf(item: unknown): DeliveryReport | SkipReason {
  const parsed = Status.safeParse(item);
  if (!parsed.success) return "malformed";
  const { id, timestamp, type, errors, biz_opaque_callback_data: reference } = parsed.data;
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
    at: timestamp * 1_000,
    providerReference: id,
    ...(status === "failed" && { failure: failureOf(errors) }),
  };
}

/** The delivery reports in a verified webhook body, in its order; everything else it may hold is counted, and no shape is an error. */
export function whatsAppReports(body: unknown): WhatsAppReports {
  const webhook = Webhook.safeParse(body);
  if (!webhook.success) return { reports: [], skipped: { malformed: 1 } };
  const reports: DeliveryReport[] = [];
  const skipped: Partial<Record<SkipReason, number>> = {};
  const skip = (reason: SkipReason) => {
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  };
  for (const { field, value } of webhook.data.entry.flatMap(({ changes }) => changes)) {
    const found = field === "messages" ? Statuses.safeParse(value) : undefined;
    if (!found?.success) skip("not-a-status");
    for (const item of found?.data?.statuses ?? []) {
      const report = reportOf(item);
      if (typeof report === "string") skip(report);
      else reports.push(report);
    }
  }
  return { reports, skipped };
}
