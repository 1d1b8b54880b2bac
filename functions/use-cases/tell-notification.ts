import type { Bill } from "../domain/bill.ts";
import type { Biller, NotificationEventName } from "../domain/biller.ts";
import { eventOf } from "../domain/event.ts";
import type { Moment } from "../domain/local-time.ts";
import { type Notification, type NotificationStatus, notificationStatus } from "../domain/notification.ts";
import type { Ports } from "../ports.ts";

/** Whose notification it is, and what its biller asked to be told. */
type About = { readonly bill: Pick<Bill, "biller" | "billId">; readonly biller: Pick<Biller, "notificationEvents"> };

const names: Readonly<Record<NotificationStatus, NotificationEventName>> = {
  accepted: "accepted",
  delivered: "delivered",
  read: "delivered",
  "permanent-failure": "failed",
  "temporary-failure": "failed",
  "technical-failure": "failed",
  unknown: "unknown",
  "not-sent": "not-sent",
};

/** Puts on the bus how a notification stands, where its biller asks for it; told twice, it is the same event. */
export async function tellNotification(
  ports: Pick<Ports, "events">,
  { bill, biller }: About,
  known: Notification,
): Promise<void> {
  const status = notificationStatus(known);
  const name = names[status];
  if (!biller.notificationEvents?.includes(name)) return;
  const { step, hop, channel, reason, failure } = known;
  const why = status === "not-sent" ? reason : name === "failed" ? failure?.reason : undefined;
  const ids = { step, hop, ...(channel && { channel }), ...(why !== undefined && { reason: why }) };
  const fact = { id: `${step}.${hop}`, at: factMoment(known, name), ids };
  await ports.events.publish([eventOf(`notification.${name}`, bill, fact)]);
}

function factMoment(known: Notification, name: NotificationEventName): Moment {
  const { acceptedAt, deliveredAt, readAt, failedAt, unknownAt, notSentAt } = known;
  const moments = {
    accepted: acceptedAt,
    delivered: deliveredAt ?? readAt,
    failed: failedAt,
    unknown: unknownAt,
    "not-sent": notSentAt,
  };
  return moments[name] ?? 0;
}
