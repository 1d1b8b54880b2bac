import type { BillerId } from "../../domain/ids.ts";
import { NoticeKind } from "../../domain/notice-kind.ts";
import type { PaymentNotice } from "../../domain/payment-notice.ts";
import { decodeHop, encodeHop, type HopRow } from "./hop-codec.ts";
import { codeIn, type Key, noticeItemKey, noticePrefix } from "./keys.ts";
import { decodeProgress, encodeProgress, type ProgressRow } from "./progress-codec.ts";

/** A notice as the table keeps it; kind and payment are in its sort key. */
export type NoticeRow = Key &
  ProgressRow & {
    /** Biller, version, amount, when it was told, hops; the cursor has `at`. */
    readonly b: string;
    readonly v: number;
    readonly a: number;
    readonly ta: number;
    readonly h: readonly HopRow[];
  };

/** The row of a notice within the partition of its bill, in a table of so many lanes. */
export const encodeNotice = (notice: PaymentNotice, lanes: number): NoticeRow => ({
  ...noticeItemKey(notice.code, notice.kind, notice.key),
  b: notice.biller,
  v: notice.version,
  a: notice.amount,
  ta: notice.at,
  h: notice.hops.map(encodeHop),
  ...encodeProgress(notice.progress, notice.code, lanes),
});

/** The notice of a row. */
export function decodeNotice(row: NoticeRow): PaymentNotice {
  const [kind = "", ...key] = row.sk.slice(noticePrefix.length).split("#");
  return {
    code: codeIn(row.pk),
    biller: row.b as BillerId,
    kind: NoticeKind.parse(kind),
    key: key.join("#"),
    amount: row.a,
    at: row.ta,
    hops: row.h.map(decodeHop),
    progress: decodeProgress(row),
    version: row.v,
  };
}
