import { markedNotification } from "../domain/attribution.ts";
import type { Bill } from "../domain/bill.ts";
import { type DuebellEvent, eventOf } from "../domain/event.ts";
import { localOf } from "../domain/local-time.ts";
import type { Notification } from "../domain/notification.ts";
import type { LinkOpen, LinkOpened, OpenDay } from "../domain/open.ts";
import type { BillStory, Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

type OpenPorts = Pick<Ports, "bills" | "linkCodes" | "opens" | "events">;

/** Of how many bills the opens are recorded at the same time. */
const atOnce = 10;

/** How many opens were counted, and how many were dropped since their bill is gone. */
export type RecordedOpens = { readonly counted: number; readonly "no-bill": number };

/**
 * Counts opens of pages on their day in the biller's zone, and tells the bus of the day's first by a machine, and of its first by a human
 * with each mark. Told again, nothing is counted again and an event has the same id.
 */
export async function recordOpen(ports: OpenPorts, lines: readonly LinkOpened[]): Promise<RecordedOpens> {
  const byBill = [...Map.groupBy(lines, ({ biller, billId }) => `${biller}|${billId}`).values()];
  let counted = 0;
  for (let n = 0; n < byBill.length; n += atOnce) {
    const some = byBill.slice(n, n + atOnce).map((told) => recordOpensOfBill(ports, told));
    counted += (await Promise.all(some)).reduce((sum, each) => sum + each, 0);
  }
  return { counted, "no-bill": lines.length - counted };
}

/** How many of the opens of one bill were counted: all, or none. */
async function recordOpensOfBill(ports: OpenPorts, told: readonly LinkOpened[]): Promise<number> {
  const [one] = told;
  if (!one) return 0;
  const { code, story } = await locateBill(ports, one.biller, one.billId);
  const { bill } = story;
  if (!bill) return 0;
  const opens = told.map((line): LinkOpen => {
    const { mark, ...open } = line;
    // A mark that is made up would be a counter more, and an event; whatever a machine fetches says nothing of a reader.
    const genuine = line.by === "human" && mark !== undefined && markedNotification(mark, story.notifications);
    return { ...open, code, date: localOf(line.at, bill.zone).date, ...(genuine && { mark }) };
  });
  const events = newsIn(opens, story).map((open) => eventFor(open, bill, story.notifications));
  // Told before it is counted: a crash in between tells it again, while one after both leaves nothing to be told.
  if (events.length > 0) await ports.events.publish(events);
  await ports.opens.count(opens);
  return opens.length;
}

/** The first of each kind, by day, that no earlier open of the day was of. */
function newsIn(opens: readonly LinkOpen[], { opens: days }: BillStory): readonly LinkOpen[] {
  const first = new Map<string, LinkOpen>();
  for (const open of opens.toSorted((a, b) => a.at - b.at)) if (!first.has(factOf(open))) first.set(factOf(open), open);
  return [...first.values()].filter(
    (open) =>
      !wasBefore(
        open,
        days.find(({ date }) => date === open.date),
      ),
  );
}

function wasBefore({ by, mark }: LinkOpen, day: OpenDay | undefined): boolean {
  if (!day) return false;
  if (by === "bot") return day.bots > 0;
  if (mark !== undefined) return (day.marks[mark] ?? 0) > 0;
  return day.humans > Object.values(day.marks).reduce((sum, n) => sum + n, 0);
}

const factOf = ({ date, by, mark = "" }: LinkOpen): string => `${date}.${by}.${mark}`;

function eventFor(open: LinkOpen, bill: Bill, notifications: readonly Notification[]): DuebellEvent {
  const { at, by, date, mark } = open;
  const sent = mark === undefined ? undefined : markedNotification(mark, notifications);
  const ids = { by, date, ...(sent?.channel && { channel: sent.channel, step: sent.step, hop: sent.hop }) };
  return eventOf("link.opened", bill, { id: factOf(open), at, ids });
}
