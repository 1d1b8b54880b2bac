import type { Decision } from "../domain/decision.ts";
import { eventOf } from "../domain/event.ts";
import { localOf, type Moment } from "../domain/local-time.ts";
import type { Message } from "../domain/message.ts";
import { notificationReference } from "../domain/notification.ts";
import { claimLeadMs, lineOf, type StageRates, untilSlot } from "../domain/pace.ts";
import { priceOf } from "../domain/spend.ts";
import type { DueMessage } from "../messages.ts";
import type { Ports } from "../ports.ts";
import type { Sending } from "./call-carrier.ts";
import type { DueItem } from "./due-item.ts";

export type TurnPorts = Pick<Ports, "caps" | "spend" | "pace" | "timer" | "delayedQueue" | "events" | "clock">;

/** A message ready to go out, the decision behind it and the due message that called for it. */
export type Ready = {
  readonly item: DueItem;
  readonly decision: Sending;
  readonly message: Message;
  readonly due: DueMessage;
  readonly rates: StageRates;
};

/** Whether a message may go out now; `provider-down`: nobody calls the provider before `until`; `delayed`: it is back in its queue until its slot. */
export type Turn =
  | { readonly outcome: "go"; readonly line: string; readonly slot: Moment }
  | { readonly outcome: "delayed" }
  | { readonly outcome: "provider-down"; readonly until: Moment }
  | {
      readonly outcome: "deferred" | "spend-capped" | "frequency-capped";
      readonly decision: Exclude<Decision, Sending>;
    };

/**
 * The last questions before a message is promised, in the order of what they cost: is the customer's cap reached, when has the sender
 * room, and is there money left? A cap counts a step once however often it is asked; a price may be counted twice where a Lambda
 * died in between, so that a limit is rather reached early than passed.
 */
export async function takeTurn(ports: TurnPorts, ready: Ready): Promise<Turn> {
  const capped = await frequencyCap(ports, ready);
  if (capped) return capped;
  const turn = await waitForSlot(ports, ready);
  if (turn.outcome !== "go") return turn;
  return (await spendCap(ports, ready)) ?? turn;
}

async function frequencyCap(ports: TurnPorts, { item, message }: Ready): Promise<Turn | undefined> {
  const limits = item.caps;
  const { bill, progress } = item;
  if (!limits || !progress.cursor) return undefined;
  const now = ports.clock.now();
  const taken = await ports.caps.take({
    biller: bill.biller,
    customer: bill.customer.id,
    day: localOf(now, bill.customer.timeZone).date,
    reminder: notificationReference({ ...message.key, hop: 0 }),
    limits,
  });
  if (taken === "taken") return undefined;
  return { outcome: "frequency-capped", decision: item.hold(progress.cursor, taken, now) };
}

/** The moment that is ours on the sender's line, waited for here where it is seconds away, and in the queue where it is minutes away. */
async function waitForSlot(ports: TurnPorts, { item, decision, message, due, rates }: Ready): Promise<Turn> {
  const { line, perSecond } = lineOf(message.biller, decision.stop.channel, rates);
  const slot = await ports.pace.reserve({
    line,
    perSecond,
    units: message.wording.channel === "sms" ? message.wording.segments : 1,
    biller: item.bill.biller,
    ...(item.kind === "receipt" && { urgent: true }),
    ...(due.slot !== undefined && { slot: due.slot }),
  });
  if (slot.outcome === "open-circuit") return { outcome: "provider-down", until: slot.until };
  if (slot.outcome === "later")
    return { outcome: "deferred", decision: { do: "wait", stop: { ...decision.stop, at: slot.at } } };
  const way = untilSlot(slot.at, ports.clock.now());
  if (way.do === "delay") {
    await ports.delayedQueue.send({ pk: due.pk, sk: due.sk, due: due.due, slot: slot.at }, way.seconds);
    return { outcome: "delayed" };
  }
  await ports.timer.until(slot.at - claimLeadMs);
  return { outcome: "go", line, slot: slot.at };
}

async function spendCap(ports: TurnPorts, { item, message }: Ready): Promise<Turn | undefined> {
  const { bill, progress } = item;
  const price = priceOf(message);
  if (!price || item.kind === "receipt" || !progress.cursor) return undefined;
  const now = ports.clock.now();
  const { channel } = message.wording;
  const day = localOf(now, bill.zone).date;
  const taken = await ports.spend.take({ biller: bill.biller, channel, day, ...price });
  if (taken === "taken") return undefined;
  const about = taken === "prefix-spent" && price.prefix ? { prefix: price.prefix.digits } : {};
  const id = [day, channel, ...Object.values(about)].join(".");
  await ports.events.publish([
    eventOf("spend-cap.reached", { biller: bill.biller }, { id, at: now, ids: { channel, day, ...about } }),
  ]);
  return { outcome: "spend-capped", decision: item.hold(progress.cursor, "spent", now) };
}
