import type { Decision } from "../domain/decision.ts";
import { type DuebellEvent, eventOf } from "../domain/event.ts";
import { localOf, type Moment } from "../domain/local-time.ts";
import type { Message } from "../domain/message.ts";
import { notificationReference } from "../domain/notification.ts";
import { claimLeadMs, lineOf, type StageRates, untilSlot } from "../domain/pace.ts";
import { priceOf } from "../domain/spend.ts";
import type { DueMessage } from "../messages.ts";
import type { Ports } from "../ports.ts";
import type { Sending, Spent } from "./call-carrier.ts";
import type { DueItem } from "./due-item.ts";

export type TurnPorts = Pick<Ports, "caps" | "spend" | "pace" | "timer" | "delayedQueue" | "clock">;

/** A message ready to go out, the decision behind it and the due message that called for it. */
export type Ready = {
  readonly item: DueItem;
  readonly decision: Sending;
  readonly message: Message;
  readonly due: DueMessage;
  readonly rates: StageRates;
};

/** A message's moment on its sender's line; a probe tries whether the provider is back. */
export type Go = {
  readonly outcome: "go";
  readonly line: string;
  readonly slot: Moment;
  readonly isProbe: boolean;
  readonly spent?: Spent;
};

/** Whether a message may go out now; `provider-down`: nobody calls the provider before `until`; `delayed`: it is back in its queue until its slot. */
export type Turn =
  | Go
  | { readonly outcome: "delayed" }
  | { readonly outcome: "provider-down"; readonly until: Moment }
  | { readonly outcome: "deferred" | "frequency-capped"; readonly decision: Exclude<Decision, Sending> }
  | { readonly outcome: "spend-capped"; readonly decision: Exclude<Decision, Sending>; readonly event: DuebellEvent };

/**
 * The last questions before a message is promised: when has its sender room, is there money left, is the customer's cap reached? The
 * caps come last, so that nothing is counted for what does not go out. A cap counts a step once however often it is asked; a price is
 * counted twice where a Lambda died in between, so that a limit is rather reached early than passed.
 */
export async function takeTurn(ports: TurnPorts, ready: Ready): Promise<Turn> {
  const turn = await slotFor(ports, ready);
  if (turn.outcome !== "go") return turn;
  const paid = await spendCap(ports, ready);
  if (paid && "outcome" in paid) return paid;
  const capped = await frequencyCap(ports, ready);
  if (capped && paid) await ports.spend.giveBack(paid);
  if (capped) return capped;
  // Last of all, so that the claim and the call follow at once.
  await ports.timer.until(turn.slot - claimLeadMs);
  return { ...turn, ...(paid && { spent: paid }) };
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

/** The moment that is ours on the sender's line: waited for in the queue where it is minutes away. */
async function slotFor(ports: TurnPorts, { item, decision, message, due, rates }: Ready): Promise<Turn> {
  const { line, perSecond } = lineOf(message.biller, decision.stop.channel, rates);
  const slot = await ports.pace.reserve({
    line,
    perSecond,
    units: message.wording.channel === "sms" ? message.wording.segments : 1,
    biller: item.bill.biller,
    ...(item.kind !== "reminder" && { urgent: true }),
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
  return { outcome: "go", line, slot: slot.at, isProbe: slot.probe ?? false };
}

/** The price that was counted, or what becomes of a message for which there is no money; nothing where no cap is set. Only reminders are counted. */
async function spendCap(ports: TurnPorts, { item, message }: Ready): Promise<Spent | Turn | undefined> {
  const { bill, progress } = item;
  const price = priceOf(message);
  if (!price || item.kind !== "reminder" || !progress.cursor) return undefined;
  const now = ports.clock.now();
  const { channel } = message.wording;
  const day = localOf(now, bill.zone).date;
  const spent = { biller: bill.biller, channel, day, ...price };
  const taken = await ports.spend.take(spent);
  if (taken === "taken") return spent;
  const about = taken === "prefix-spent" && price.prefix ? { prefix: price.prefix.digits } : {};
  const fact = { id: [day, channel, ...Object.values(about)].join("."), at: now, ids: { channel, day, ...about } };
  const event = eventOf("spend-cap.reached", { biller: bill.biller }, fact);
  return { outcome: "spend-capped", decision: item.hold(progress.cursor, "spent", now), event };
}
