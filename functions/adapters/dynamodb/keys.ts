import type { BillerId, Channel, ImportId } from "../../domain/ids.ts";
import type { Lane, LinkCode } from "../../domain/link-code.ts";
import type { NotificationKey } from "../../domain/notification.ts";

/** What names one item of the table. */
export type Key = { readonly pk: string; readonly sk: string };

const billPrefix = "BILL#";
export const paymentPrefix = "PAY#";
export const notificationPrefix = "NTF#";

/** The partition of everything about one bill. */
export const billPartition = (code: LinkCode): string => billPrefix + code;

/** The bill a partition is about. */
export const codeIn = (pk: string): LinkCode => pk.slice(billPrefix.length) as LinkCode;

export const billKey = (code: LinkCode): Key => ({ pk: billPartition(code), sk: "BILL" });

export const detailKey = (code: LinkCode, digest: string): Key => ({
  pk: billPartition(code),
  sk: `DETAIL#${digest}`,
});

/** A payment by its key, `<source>:<payment id>`. */
export const paymentItemKey = (code: LinkCode, key: string): Key => ({
  pk: billPartition(code),
  sk: paymentPrefix + key,
});

export const notificationItemKey = ({ code, step, hop }: NotificationKey): Key => ({
  pk: billPartition(code),
  sk: `${notificationPrefix}${step}#${hop}`,
});

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

export const headerKey = (header: string): Key => ({ pk: `HEADER#${header}`, sk: "OWNER" });

export const suppressionKey = (hash: string, channel: Channel): Key => ({
  pk: `ADDRESS#${hash}`,
  sk: `SUPPRESSION#${channel}`,
});

export const smsReferenceKey = (providerReference: string): Key => ({ pk: `SMS#${providerReference}`, sk: "REF" });

export const watermarkKey = (lane: Lane): Key => ({ pk: `LANE#${lane}`, sk: "WATERMARK" });
