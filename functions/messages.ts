import * as z from "zod/mini";
import { BillInput } from "./domain/bill-input.ts";
import { GatewayName } from "./domain/gateway.ts";
import { BillerId, BillId, Channel, ImportId } from "./domain/ids.ts";
import { LinkCode } from "./domain/link-code.ts";
import { LocalDate } from "./domain/local-time.ts";

/** A stop whose time has come, from the sweep to the queue of its channel: the item's key, and its due key as the sweep saw it. */
export const DueMessage = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  due: z.string(),
  /** The moment reserved for the send, where the message was put back until then. */
  slot: z.exactOptional(z.int()),
});
export type DueMessage = z.output<typeof DueMessage>;

/** What a schedule tells the sweep and the slow pass. */
export const LaneTick = z.object({ lane: z.string().check(z.regex(/^\d{1,3}$/, "must be a lane number")) });
export type LaneTick = z.output<typeof LaneTick>;

const Failure = z.strictObject({
  kind: z.enum(["permanent-failure", "temporary-failure", "technical-failure"]),
  reason: z.string(),
});

/**
 * Which address a carrier says must not be messaged any more, and why: `bounce`, `complaint`, `opted-out`, `invalid-address`. Where it
 * does not name the address, it is the one that the bill has.
 */
const Suppress = z.strictObject({ reason: z.string(), address: z.exactOptional(z.string()) });

/** What a carrier said about a notification of ours, in our words; without a status it only says that its address is to be suppressed. */
export const DeliveryReport = z.strictObject({
  kind: z.literal("delivery"),
  /** Whose webhook told it; absent where the carrier is trusted by IAM. Only bills of this biller are touched. */
  biller: z.exactOptional(BillerId),
  code: LinkCode,
  step: z.string(),
  hop: z.int().check(z.minimum(0), z.maximum(99)),
  channel: Channel,
  status: z.exactOptional(z.enum(["accepted", "delivered", "read", "failed"])),
  at: z.int(),
  providerReference: z.exactOptional(z.string()),
  failure: z.exactOptional(Failure),
  suppress: z.exactOptional(Suppress),
});
export type DeliveryReport = z.output<typeof DeliveryReport>;

/** One line of the SMS delivery log of SNS, which knows a message by its own id only. */
export const SmsLogLine = z.strictObject({
  kind: z.literal("sms-log"),
  providerReference: z.string(),
  status: z.enum(["delivered", "failed"]),
  at: z.int(),
  failure: z.exactOptional(Failure),
  suppress: z.exactOptional(Suppress),
});
export type SmsLogLine = z.output<typeof SmsLogLine>;

/** What a customer wished by answering on a channel: no more messages to this address, or messages again. */
export const AddressWish = z.strictObject({
  kind: z.literal("wish"),
  wish: z.enum(["stop", "resume"]),
  /** Whose webhook told it; else `sender` says whose customer it is. */
  biller: z.exactOptional(BillerId),
  /** The phone number id that was written to. */
  sender: z.exactOptional(z.string()),
  channel: Channel,
  address: z.string(),
  /** `stop-reply` or `user-preferences`. */
  reason: z.string(),
  at: z.int(),
});
export type AddressWish = z.output<typeof AddressWish>;

/** What the deliveries queue holds in our words, beside what AWS puts into it as it is. */
export const DeliveryMessage = z.discriminatedUnion("kind", [DeliveryReport, SmsLogLine, AddressWish]);
export type DeliveryMessage = z.output<typeof DeliveryMessage>;

/** A payment told by a webhook, already verified, on its way to being recorded. */
export const PaymentMessage = z.strictObject({
  type: z.enum(["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"]),
  payment: z.unknown(),
});
export type PaymentMessage = z.output<typeof PaymentMessage>;

/** A payment that is to be asked about at its gateway before it is believed: by the gateway's own reference. */
export const LookUpMessage = z.strictObject({
  biller: BillerId,
  gateway: GatewayName,
  reference: z.string().check(z.maxLength(140)),
  /** Where the raw body that named it lies in the bucket. */
  raw: z.exactOptional(z.string()),
});
export type LookUpMessage = z.output<typeof LookUpMessage>;

/** One day of one biller at one gateway, to be compared with what we hold. */
export const ReconciliationMessage = z.strictObject({ biller: BillerId, gateway: GatewayName, date: LocalDate });
export type ReconciliationMessage = z.output<typeof ReconciliationMessage>;

/** An event of ours as a rule of the bus hands it on to a queue. */
export const OwnEvent = z.object({
  "detail-type": z.string(),
  time: z.string(),
  detail: z.looseObject({
    version: z.literal(1),
    eventId: z.string(),
    biller: BillerId,
    billId: z.exactOptional(BillId),
  }),
});
export type OwnEvent = z.output<typeof OwnEvent>;

const PaymentEvent = z.object({ "detail-type": PaymentMessage.shape.type, detail: z.unknown() });

/** Whether what the payments queue holds is an event of the bus, rather than what a source of ours verified. */
export const isFromBus = (body: unknown): boolean => PaymentEvent.safeParse(body).success;

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

/** The log line of an opened page, as `record-open` reads it from its log subscription. */
export const LinkOpenedLine = z.object({
  event: z.literal("open-payment-link.link-opened"),
  biller: BillerId,
  billId: BillId,
  by: z.enum(["human", "bot"]),
  mark: z.exactOptional(z.string().check(z.regex(/^[swe][1-9A-HJ-NP-Za-km-z]{2}$/, "must be a mark"))),
});
export type LinkOpenedLine = z.output<typeof LinkOpenedLine>;
