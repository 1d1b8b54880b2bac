import * as z from "zod/mini";
import { BillInput } from "./domain/bill.ts";
import { BillerId, BillId, Channel, ImportId } from "./domain/ids.ts";
import { LinkCode } from "./domain/link-code.ts";

/** A stop whose time has come, from the sweep to the queue of its channel: the item's key, and its due key as the sweep saw it. */
export const DueMessage = z.strictObject({ pk: z.string(), sk: z.string(), due: z.string() });
export type DueMessage = z.output<typeof DueMessage>;

/** What a schedule tells the sweep and the slow pass. */
export const LaneTick = z.object({ lane: z.string().check(z.regex(/^\d{1,3}$/, "must be a lane number")) });
export type LaneTick = z.output<typeof LaneTick>;

/** What a carrier said about a notification of ours, in our words. */
export const DeliveryReport = z.strictObject({
  kind: z.literal("delivery"),
  /** Whose webhook told it; absent where the carrier is trusted by IAM. Only bills of this biller are touched. */
  biller: z.exactOptional(BillerId),
  code: LinkCode,
  step: z.string(),
  hop: z.int().check(z.minimum(0), z.maximum(99)),
  channel: Channel,
  status: z.enum(["accepted", "delivered", "read", "failed"]),
  at: z.int(),
  providerReference: z.exactOptional(z.string()),
  failure: z.exactOptional(
    z.strictObject({
      kind: z.enum(["permanent-failure", "temporary-failure", "technical-failure"]),
      reason: z.string(),
    }),
  ),
});
export type DeliveryReport = z.output<typeof DeliveryReport>;

/** A payment told by a webhook, already verified, on its way to being recorded. */
export const PaymentMessage = z.strictObject({
  type: z.enum(["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"]),
  payment: z.unknown(),
});
export type PaymentMessage = z.output<typeof PaymentMessage>;

const PaymentEvent = z.object({ "detail-type": PaymentMessage.shape.type, detail: z.unknown() });

/** A payment told, whichever way it came to the queue: from a webhook of ours, or as an event of the bus. Throws for anything else. */
export function paymentMessageOf(body: unknown): PaymentMessage {
  const event = PaymentEvent.safeParse(body);
  return event.success ? { type: event.data["detail-type"], payment: event.data.detail } : PaymentMessage.parse(body);
}

/** What S3 puts on the default bus when a file was uploaded. */
export const FileUploaded = z.object({
  detail: z.object({ object: z.object({ key: z.string(), "version-id": z.string() }) }),
});
export type FileUploaded = z.output<typeof FileUploaded>;

/** What the bus carries in as `bill.issued`. */
export const BillIssued = z.strictObject({ biller: BillerId, billId: BillId, bill: BillInput });
export type BillIssued = z.output<typeof BillIssued>;

/** What the bus carries in as `bill.canceled`. */
export const BillCanceled = z.strictObject({
  biller: BillerId,
  billId: BillId,
  reason: z.exactOptional(z.string().check(z.maxLength(200))),
});
export type BillCanceled = z.output<typeof BillCanceled>;

/** The rows of an import that one message has registered: whole lines of one version of the uploaded file. */
export const ImportRange = z.strictObject({
  biller: BillerId,
  importId: ImportId,
  key: z.string(),
  versionId: z.string(),
  /** Which range of the file this is, counted from 0. */
  range: z.int(),
  /** Bytes, `from` inclusive and `to` exclusive; both at the start of a row. */
  from: z.int(),
  to: z.int(),
  /** The physical line of the first row. */
  line: z.int(),
  /** Lines in this range whose rows were refused in the first reading. */
  refused: z.array(z.int()),
});
export type ImportRange = z.output<typeof ImportRange>;
