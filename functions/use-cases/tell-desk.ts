import { usualDeskEvents } from "../domain/biller-told.ts";
import { deskMail, isDeskEvent } from "../domain/desk-mail.ts";
import type { OwnEvent } from "../messages.ts";
import type { Ports } from "../ports.ts";

type DeskPorts = Pick<Ports, "billers" | "desk" | "deskMails">;

/** What became of it; `told-before`: of this very event; `no-sender`: the biller has no e-mail settings to send from. */
export type DeskTold = { readonly outcome: "told" | "told-before" | "no-desk" | "not-asked" | "no-sender" };

/** Tells the people at a biller by e-mail of an event they are to hear of, once; twice only where we die after the e-mail. */
export async function tellDesk(ports: DeskPorts, event: OwnEvent): Promise<DeskTold> {
  const { detail, "detail-type": type, time } = event;
  const biller = await ports.billers.getCached(detail.biller);
  if (!biller?.desk) return { outcome: "no-desk" };
  if (!isDeskEvent(type) || !(biller.desk.events ?? usualDeskEvents).includes(type)) return { outcome: "not-asked" };
  if (!biller.email) return { outcome: "no-sender" };
  const { eventId, billId } = detail;
  if (await ports.deskMails.has(biller.id, eventId)) return { outcome: "told-before" };
  const mail = deskMail({
    type,
    eventId,
    time,
    biller: detail.biller,
    ...(billId !== undefined && { billId }),
    ...textIn(detail, "source"),
    ...textIn(detail, "paymentId"),
    ...textIn(detail, "proposal"),
  });
  await ports.desk.send(biller, { id: eventId, ...mail });
  // Kept after the e-mail: rather two than none.
  await ports.deskMails.keep(biller.id, eventId);
  return { outcome: "told" };
}

const textIn = <K extends string>(
  detail: Readonly<Record<string, unknown>>,
  name: K,
): { readonly [N in K]?: string } => {
  const value = detail[name];
  return (typeof value === "string" ? { [name]: value } : {}) as { readonly [N in K]?: string };
};
