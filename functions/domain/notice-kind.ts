import * as z from "zod/mini";

/** What a customer may be told of a payment that is not money yet. */
export const NoticeKind = z.enum(["payment-failed", "payment-pending"]);
export type NoticeKind = z.output<typeof NoticeKind>;
