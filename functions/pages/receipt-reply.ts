import type { FoundReceipt } from "../domain/page-view.ts";
import { sharedHeaders } from "./page-headers.ts";
import { linkReply, type PageReply, type PageRequest, redirect } from "./replies.ts";

/** Answers the link of a receipt: the page of the bill, which is the receipt once something was paid; until then on to that page. */
export const receiptReply = (found: FoundReceipt, request: PageRequest): PageReply =>
  found.outcome === "nothing-paid" ? redirect(found.path) : linkReply(found, request);

/** What goes with a receipt as a file: it is shown in the browser, and kept by nobody on the way. */
export const pdfHeaders: Readonly<Record<string, string>> = {
  ...sharedHeaders,
  "content-type": "application/pdf",
  "content-disposition": 'inline; filename="receipt.pdf"',
};
