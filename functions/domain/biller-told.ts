import * as z from "zod/mini";
import { EmailText } from "./addresses.ts";
import { isCallable, notCallable } from "./callable-url.ts";
import { NoticeKind } from "./notice-kind.ts";

/** What a biller's desk may be told of by e-mail. */
export const DeskEventName = z.enum([
  "bill.paid",
  "bill.part-paid",
  "bill.overpaid",
  "bill.refunded",
  "payment.duplicate",
  "payment.late",
  "payment.unmatched",
  "customer.answered",
]);
export type DeskEventName = z.output<typeof DeskEventName>;

/** Where the biller's own system is told of events: signed after Standard Webhooks with the secret `webhook`. */
export const BillerWebhook = z.strictObject({
  url: z
    .string()
    .check(
      z.maxLength(300),
      z.regex(/^https:\/\/[^\s#@]+$/, "must be an https URL without a user or a fragment"),
      z.refine(isCallable, notCallable),
    ),
});
export type BillerWebhook = z.output<typeof BillerWebhook>;

/** `payment.duplicate`, `payment.late` and `payment.unmatched`: what a desk is told of unless its biller says otherwise. */
export const usualDeskEvents: readonly DeskEventName[] = ["payment.duplicate", "payment.late", "payment.unmatched"];

/** The people at the biller who are told by e-mail when money needs a look. */
export const Desk = z.strictObject({
  email: EmailText,
  /** `payment.duplicate`, `payment.late` and `payment.unmatched` unless told. */
  events: z.exactOptional(z.array(DeskEventName).check(z.minLength(1), z.maxLength(8))),
});
export type Desk = z.output<typeof Desk>;

/** Which payments that are not money yet the customer is told of. */
export const PaymentNotices = z.array(NoticeKind).check(z.maxLength(2));
