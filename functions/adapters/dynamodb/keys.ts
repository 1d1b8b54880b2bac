import type { BillerId, Channel, ImportId } from "../../domain/ids.ts";
import type { Lane, LinkCode } from "../../domain/link-code.ts";
import type { LocalDate } from "../../domain/local-time.ts";
import type { NotificationKey } from "../../domain/notification.ts";
import type { RailName } from "../../domain/rail.ts";

/** What names one item of the table. */
export type Key = { readonly pk: string; readonly sk: string };

const billPrefix = "BILL#";
export const paymentPrefix = "PAY#";
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
  sk: `UNMATCHED#${key}`,
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
