import type { GatewayName } from "../../domain/gateway.ts";
import type { BillerId, Channel, ImportId } from "../../domain/ids.ts";
import type { Lane, LinkCode } from "../../domain/link-code.ts";
import type { LocalDate } from "../../domain/local-time.ts";
import type { Money } from "../../domain/money.ts";
import type { NoticeKind } from "../../domain/notice-kind.ts";
import type { NotificationKey } from "../../domain/notification.ts";
import type { OfferId } from "../../domain/offer.ts";
import type { PaymentReference } from "../../domain/payment.ts";
import type { ProposalId } from "../../domain/proposal.ts";
import type { RailName } from "../../domain/rail.ts";
import type { ReceiptNumber } from "../../domain/receipt-number.ts";

/** What names one item of the table. */
export type Key = { readonly pk: string; readonly sk: string };

const billPrefix = "BILL#";
export const paymentPrefix = "PAY#";
export const noticePrefix = "NOTICE#";
export const notificationPrefix = "NTF#";
export const openPrefix = "OPEN#";

/** The partition of everything about one bill. */
export const billPartition = (code: LinkCode): string => billPrefix + code;

/** The bill a partition is about. */
export const codeIn = (pk: string): LinkCode => pk.slice(billPrefix.length) as LinkCode;

export const billKey = (code: LinkCode): Key => ({ pk: billPartition(code), sk: "BILL" });

export const detailKey = (code: LinkCode, digest: string): Key => ({
  pk: billPartition(code),
  sk: `DETAIL#${digest}`,
});

/** What the biller's own system said of a bill last. */
export const liveBillKey = (code: LinkCode): Key => ({ pk: billPartition(code), sk: "LIVE" });

/** How often a biller's own system was asked in a minute, such as `2026-11-15T04:30`. */
export const fetchesKey = (biller: BillerId, minute: string): Key => ({
  pk: `BILLER#${biller}`,
  sk: `FETCHES#${minute}`,
});

/** A payment by its key, `<source>:<payment id>`. */
export const paymentItemKey = (code: LinkCode, key: string): Key => ({
  pk: billPartition(code),
  sk: paymentPrefix + key,
});

/** What the customer is told of a payment that is not money yet, by its kind and the payment's key. */
export const noticeItemKey = (code: LinkCode, kind: NoticeKind, key: string): Key => ({
  pk: billPartition(code),
  sk: `${noticePrefix}${kind}#${key}`,
});

/** The newest attempt to pay a bill on a rail. */
export const attemptKey = (code: LinkCode, rail: RailName): Key => ({ pk: billPartition(code), sk: `TRY#${rail}` });

export const notificationItemKey = ({ code, step, hop }: NotificationKey): Key => ({
  pk: billPartition(code),
  sk: `${notificationPrefix}${step}#${hop}`,
});

/** The opens of a bill's page on one day. */
export const openKey = (code: LinkCode, date: LocalDate): Key => ({ pk: billPartition(code), sk: openPrefix + date });

/** The day an item of opens is about. */
export const openDateIn = ({ sk }: Key): LocalDate => sk.slice(openPrefix.length) as LocalDate;

/** The notification an item is about. */
export function notificationKeyIn({ pk, sk }: Key): NotificationKey {
  const [, step = "", hop = ""] = sk.split("#");
  return { code: codeIn(pk), step, hop: Number(hop) };
}

export const profileKey = (biller: BillerId): Key => ({ pk: `BILLER#${biller}`, sk: "PROFILE" });

export const importKey = (biller: BillerId, importId: ImportId): Key => ({
  pk: `BILLER#${biller}`,
  sk: `IMPORT#${importId}`,
});

/** What the keys of an import's rejects begin with. */
export const importRejectsPrefix = (importId: ImportId): string => `IMPORT#${importId}#REJECTS#`;

const inOrder = (n: number): string => String(n).padStart(6, "0");

/** One part of the rejects of one range of an import; such keys stand in the order of range and part. */
export const importRejectsKey = (
  biller: BillerId,
  importId: ImportId,
  place: { range: number; part: number },
): Key => ({
  pk: `BILLER#${biller}`,
  sk: `${importRejectsPrefix(importId)}${inOrder(place.range)}#${inOrder(place.part)}`,
});

export const unmatchedKey = (biller: BillerId, key: string): Key => ({
  pk: `BILLER#${biller}`,
  sk: unmatchedPrefix + key,
});

/** What the keys of a biller's unmatched payments begin with, up to the key of the payment. */
export const unmatchedPrefix = "UNMATCHED#";

/** The bill that a name of the payer's side leads to. */
export const referenceKey = (biller: BillerId, reference: PaymentReference): Key => ({
  pk: `REFERENCE#${biller}#${reference}`,
  sk: "PAYMENT",
});

/** The partition of what a biller was paid on one day. */
export const paidDayPartition = (biller: BillerId, date: LocalDate): string => `PAID#${biller}#${date}`;

/** What the sort keys of the payments of one amount begin with on their day: amounts stand in their order. */
export const paidAmountPrefix = ({ value, currency }: Money): string =>
  `${currency}${String(value).padStart(16, "0")}#`;

/** What the keys of a biller's open and of its decided proposals begin with. */
export const proposalPrefixes = { open: "PROPOSAL#", decided: "DECIDED#" } as const;

/** A proposal among those that are open, or that were decided. */
export const proposalKey = (biller: BillerId, id: ProposalId, among: keyof typeof proposalPrefixes): Key => ({
  pk: `BILLER#${biller}`,
  sk: proposalPrefixes[among] + id,
});

/** What a channel of a biller has cost on one day. */
export const spendKey = (biller: BillerId, channel: Channel, day: LocalDate): Key => ({
  pk: `BILLER#${biller}`,
  sk: `SPEND#${channel}#${day}`,
});

/** How often a customer, named by the keyed hash of its id, was reminded in the week of a Monday. */
export const capKey = (biller: BillerId, customerHash: string, monday: LocalDate): Key => ({
  pk: `CUSTOMER#${biller}#${customerHash}`,
  sk: `CAP#${monday}`,
});

export const headerKey = (header: string): Key => ({ pk: `HEADER#${header}`, sk: "OWNER" });

/** Who sends from one number: what each number's partition begins with. */
export const senderPartition = (sender: string): string => `SENDER#${sender}`;

const senderPrefix = "BILLER#";

export const senderKey = (sender: string, biller: BillerId): Key => ({
  pk: senderPartition(sender),
  sk: senderPrefix + biller,
});

/** The biller an item of a number's partition names. */
export const billerIn = ({ sk }: Key): BillerId => sk.slice(senderPrefix.length) as BillerId;

/** The one partition of the billers that have apps of their own. */
export const appsPartition = "APPS";

export const appsKey = (biller: BillerId): Key => ({ pk: appsPartition, sk: `BILLER#${biller}` });

export const suppressionKey = (hash: string, channel: Channel): Key => ({
  pk: `ADDRESS#${hash}`,
  sk: `SUPPRESSION#${channel}`,
});

export const smsReferenceKey = (providerReference: string): Key => ({ pk: `SMS#${providerReference}`, sk: "REF" });

export const watermarkKey = (lane: Lane): Key => ({ pk: `LANE#${lane}`, sk: "WATERMARK" });

/** Next free slot, slowness and circuit of a line of senders. */
export const paceLineKey = (line: string): Key => ({ pk: `PACE#${line}`, sk: "LINE" });

/** How far ahead one biller's bills are put off on a line. */
export const paceTurnKey = (line: string, biller: BillerId): Key => ({ pk: `PACE#${line}`, sk: `BILLER#${biller}` });

/** The one partition of all billers, by their names. */
export const billersPartition = "BILLERS";

export const billerRowKey = (biller: BillerId): Key => ({ pk: billersPartition, sk: biller });

/** The days of a biller at its gateways, in their order. */
export const reconciliationPartition = (biller: BillerId): string => `RECONCILED#${biller}`;

export const reconciliationKey = (biller: BillerId, date: LocalDate, gateway: GatewayName): Key => ({
  pk: reconciliationPartition(biller),
  sk: `${date}#${gateway}`,
});

/** What is counted, `receipts/<biller>/<year>` or `offer/<biller>/<offer>`, and who took from it last. */
export const counterKey = (name: string): Key => ({ pk: `COUNTER#${name}`, sk: "COUNTER" });

/** What became of a receipt number of a biller; such keys stand in the order of the numbers of a year. */
export const receiptNumberKey = (biller: BillerId, { year, n }: ReceiptNumber): Key => ({
  pk: `NUMBERS#${biller}#${year}`,
  sk: String(n).padStart(10, "0"),
});

/** What the keys of a biller's offers begin with. */
export const offerPrefix = "OFFER#";

export const offerKey = (biller: BillerId, offer: OfferId): Key => ({
  pk: `BILLER#${biller}`,
  sk: offerPrefix + offer,
});

/** The offer an item of its biller's partition is. */
export const offerIn = ({ sk }: Key): OfferId => sk.slice(offerPrefix.length) as OfferId;

/** That a biller's desk was written to of an event. */
export const deskMailKey = (biller: BillerId, eventId: string): Key => ({
  pk: `DESK#${biller}#${eventId}`,
  sk: "MAILED",
});

/** What a customer, named by the keyed hash of its id, had of an offer. */
export const customerOfferKey = (biller: BillerId, customerHash: string, offer: OfferId): Key => ({
  pk: `CUSTOMER#${biller}#${customerHash}`,
  sk: offerPrefix + offer,
});

type CouponOffer = { readonly biller: BillerId; readonly offer: OfferId };

const couponPartition = ({ biller, offer }: CouponOffer): string => `COUPONS#${biller}#${offer}`;

/** How many codes an offer's pool has. */
export const couponHeadKey = (of: CouponOffer): Key => ({ pk: couponPartition(of), sk: "HEAD" });

/** The `n`th code of a pool; such keys stand in the order of the numbers. */
export const couponNumberKey = (of: CouponOffer, n: number): Key => ({
  pk: couponPartition(of),
  sk: `N#${String(n).padStart(10, "0")}`,
});

/** That a pool has a code, and under which number. */
export const couponCodeKey = (of: CouponOffer, code: string): Key => ({ pk: couponPartition(of), sk: `CODE#${code}` });
