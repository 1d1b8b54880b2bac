import { goOn, putOff } from "../../functions/domain/decision.ts";
import { providerError } from "../../functions/domain/errors.ts";
import { minuteMs } from "../../functions/domain/local-time.ts";
import type { Message } from "../../functions/domain/message.ts";
import { type NotificationFacts, notificationStatus } from "../../functions/domain/notification.ts";
import type { SendResult } from "../../functions/ports.ts";
import { composeMessage } from "../../functions/use-cases/compose-message.ts";
import { type DueItem, readDueItem } from "../../functions/use-cases/due-item.ts";
import type { SendNotification } from "../../functions/use-cases/send-notification.ts";
import type { Sender, SenderPorts } from "../support/town-life.ts";

/** How a control calls its carrier; throws where it got no answer, as a provider's own client does. */
type Call = (ports: SenderPorts, message: Message, command: SendNotification) => Promise<SendResult>;

/** The plain call of a carrier. */
export const plainCall = async ({ carrier }: SenderPorts, message: Message): Promise<SendResult> => {
  const result = await carrier.send(message, AbortSignal.timeout(15_000));
  if (result.outcome === "unknown") throw providerError("the carrier gave no answer");
  return result;
};

/**
 * A control that must fail: the order in which a sender is written by habit. It looks whether the notification is recorded, calls the
 * carrier, then records the notification and moves the bill on; whatever fails is tried again by the queue.
 */
export const sendThenRecord =
  (call: Call): Sender =>
  async (ports, command) => {
    const { message } = command;
    const item = await readDueItem(ports, message, { consistent: true });
    const cursor = item?.progress.cursor;
    if (!item || cursor?.due !== message.due) return;
    const place = { biller: item.bill.biller, now: ports.clock.now() };
    const decision = item.decide(cursor, place.now);
    if (decision.do === "wait") return await saved(item, putOff(item.progress, decision.stop, place));
    const { nonSends } = decision.do === "pass" ? decision : { nonSends: [] };
    for (const { step, hop, channel, reason } of nonSends)
      await ports.notifications.record(item.notificationKey(step, hop), { channel, notSentAt: place.now, reason });
    if (decision.do === "pass") return await saved(item, goOn(item.progress, decision.onward, place));
    if (wasSent(item, decision.stop)) return await saved(item, goOn(item.progress, decision.onward, place));
    const composed = await composedUnlessSuppressed(ports, item, { command, decision });
    const key = item.notificationKey(decision.stop.step, decision.stop.hop);
    const { channel } = decision.stop;
    if (!composed) {
      await ports.notifications.record(key, { channel, notSentAt: place.now, reason: "suppressed" });
      return await saved(item, goOn(item.progress, decision.atOnce, place));
    }
    const result = await call(ports, composed, command);
    const now = ports.clock.now();
    if (result.outcome === "refused-for-now")
      return await saved(item, putOff(item.progress, { ...decision.stop, at: now + minuteMs }, { ...place, now }));
    await ports.notifications.record(key, factsOf(channel, result, now));
    const onward = result.outcome === "refused" ? decision.atOnce : decision.onward;
    await saved(item, goOn(item.progress, onward, { ...place, now }));
  };

async function saved(item: DueItem, progress: DueItem["progress"]): Promise<void> {
  if (!(await item.save(progress))) throw providerError("the item has changed; it is tried again");
}

const wasSent = (item: DueItem, stop: { readonly step: string; readonly hop: number }): boolean => {
  const { step, hop } = item.notificationKey(stop.step, stop.hop);
  return item.notifications.some(
    (known) => known.step === step && known.hop === hop && notificationStatus(known) !== "not-sent",
  );
};

type Sending = Extract<ReturnType<DueItem["decide"]>, { do: "send" }>;

async function composedUnlessSuppressed(
  ports: SenderPorts,
  item: DueItem,
  { command, decision }: { readonly command: SendNotification; readonly decision: Sending },
): Promise<Message | undefined> {
  const { stop, message } = decision;
  const address = item.bill.customer.addresses[stop.channel];
  const suppressed = address && (await ports.suppressions.get(item.bill.biller, stop.channel, address));
  if (suppressed) return undefined;
  const { linkBaseUrl } = command;
  return await composeMessage(ports, item, { message, stop, now: ports.clock.now(), linkBaseUrl });
}

function factsOf(channel: Message["wording"]["channel"], result: SendResult, now: number): NotificationFacts {
  if (result.outcome === "refused") {
    const { kind, reason } = result;
    return { channel, failedAt: now, failure: { kind, reason } };
  }
  return { channel, acceptedAt: now };
}
