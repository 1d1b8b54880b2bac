import type { BillerId, BillId } from "./ids.ts";
import type { Moment } from "./local-time.ts";

/** What Duebell puts on the bus. */
export type EventType =
  | "bill.part-paid"
  | "bill.paid"
  | "bill.overpaid"
  | "bill.canceled"
  | "bill.refunded"
  | "payment.duplicate"
  | "payment.late"
  | "payment.unmatched"
  | "offer.awarded"
  | "offer.reversed"
  | "customer.opted-out"
  | "customer.answered"
  | "link.opened"
  | "notification.accepted"
  | "notification.delivered"
  | "notification.failed"
  | "notification.unknown"
  | "notification.not-sent"
  | "spend-cap.reached";

/** One fact for the bus: ids only, no personal data and no link code. */
export type DuebellEvent = {
  readonly type: EventType;
  /** Derived from the fact, so that the same fact told twice has the same id. */
  readonly eventId: string;
  readonly biller: BillerId;
  readonly billId?: BillId;
  readonly at: Moment;
  readonly ids?: Readonly<Record<string, string | number | boolean>>;
};

/** The event of a fact: `fact` tells apart what happens more than once to a bill. */
export function eventOf(
  type: EventType,
  about: { readonly biller: BillerId; readonly billId?: BillId },
  fact: { readonly id: string; readonly at: Moment; readonly ids?: DuebellEvent["ids"] },
): DuebellEvent {
  const { biller, billId } = about;
  const eventId = [type, biller, billId ?? "", fact.id].join("/");
  return { type, eventId, biller, at: fact.at, ...(billId && { billId }), ...(fact.ids && { ids: fact.ids }) };
}
