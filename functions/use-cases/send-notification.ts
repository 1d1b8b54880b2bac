import type { Decision } from "../domain/decision.ts";
import { goOn, putOff } from "../domain/decision.ts";
import { notReady } from "../domain/errors.ts";
import type { Moment } from "../domain/local-time.ts";
import type { Message } from "../domain/message.ts";
import { notificationStatus } from "../domain/notification.ts";
import { cursorAt, type Stop } from "../domain/progress.ts";
import type { DueMessage } from "../messages.ts";
import type { Ports } from "../ports.ts";
import { callAndRecord, claimHop, type Sending, shortestCallMs } from "./call-carrier.ts";
import { composeMessage } from "./compose-message.ts";
import { type DueItem, readDueItem } from "./due-item.ts";
import { settleClaim } from "./settle-claim.ts";

type SendPorts = Pick<
  Ports,
  | "bills"
  | "payments"
  | "billers"
  | "notifications"
  | "suppressions"
  | "wording"
  | "unsubscribeTokens"
  | "carrier"
  | "clock"
  | "nonces"
> &
  Partial<Pick<Ports, "smsReferences">>;

export type SendNotification = {
  readonly message: DueMessage;
  /** When this Lambda ends. */
  readonly deadline: Moment;
  /** How often the queue has handed the message out, this time included. */
  readonly receiveCount: number;
  readonly senderTimeoutMs: number;
  readonly linkBaseUrl: string;
};

/** What became of a due message; `stale`: the item has moved on and there is nothing to do. */
export type Sent = {
  readonly outcome:
    | "accepted"
    | "refused"
    | "refused-for-now"
    | "unknown"
    | "passed"
    | "deferred"
    | "stale"
    | "settled-unknown"
    | "given-up";
};

/** The queue hands a message out this often before it is a dead letter (lib/queues.ts says so to SQS). */
const lastReceive = 5;
/** A claim is only made with this long left: the call and the record must both fit. */
const reserveMs = 4_000;
const longestCallMs = 15_000;

/** Prepare, claim, call, record: what happens when a stop's time has come. See docs/one-bill.md. */
export async function sendNotification(ports: SendPorts, command: SendNotification): Promise<Sent> {
  const { message } = command;
  let item = await readDueItem(ports, message);
  for (let round = 0; round < 4; round++) {
    if (item?.progress.cursor?.due !== message.due) item = await readDueItem(ports, message, { consistent: true });
    if (!item) return { outcome: "stale" };
    if (item.progress.cursor?.due !== message.due) return await settleLeftover(ports, item, command);
    await settleClaim(ports, item, command.senderTimeoutMs);
    const sent = await attempt(ports, item, command);
    if (sent) return sent;
    item = undefined;
  }
  throw notReady("the item is being written by others; it is tried again");
}

/** A message told again after its hop was claimed: if the sender died in between, its claim becomes a visible unknown now. */
async function settleLeftover(ports: SendPorts, item: DueItem, { senderTimeoutMs }: SendNotification): Promise<Sent> {
  const { claim } = item.progress;
  if (!claim || ports.clock.now() < claim.at + senderTimeoutMs) return { outcome: "stale" };
  const settled = await settleClaim(ports, item, senderTimeoutMs);
  return { outcome: settled === "unknown" ? "settled-unknown" : "stale" };
}

/** One try at the item as it was read; undefined when somebody else wrote it in between. */
async function attempt(ports: SendPorts, item: DueItem, command: SendNotification): Promise<Sent | undefined> {
  const now = ports.clock.now();
  const { cursor } = item.progress;
  if (!cursor) return { outcome: "stale" };
  const decision = item.decide(cursor, now);
  if (decision.do !== "send") return await follow(ports, item, decision);
  if (wasTried(item, decision.stop))
    return await follow(ports, item, { do: "pass", nonSends: [], onward: item.passOn(cursor, now) });
  const prepared = await prepare(ports, item, decision, command.linkBaseUrl).catch((error: unknown) => {
    if (command.receiveCount < lastReceive) throw error;
    return "given-up" as const;
  });
  if (prepared === "given-up") return await giveUp(ports, item);
  if ("do" in prepared) return await follow(ports, item, prepared);
  const callMs = () => Math.min(longestCallMs, command.deadline - ports.clock.now() - reserveMs);
  if (callMs() < shortestCallMs) throw notReady("too little time is left for a send");
  const owned = await claimHop(ports, item, decision);
  // The claim may have taken its time: the call must still end, and be recorded, before this Lambda does.
  return owned && (await callAndRecord(ports, owned, { decision, message: prepared, callMs: callMs(), before: item }));
}

/** Whether this hop was given to its carrier before: a bill that was paid and is open again plans a step anew, and no hop is repeated. */
function wasTried(item: DueItem, stop: Stop): boolean {
  const key = item.notificationKey(stop.step, stop.hop);
  return item.notifications.some(
    (known) => known.step === key.step && known.hop === key.hop && notificationStatus(known) !== "not-sent",
  );
}

/** Records what is not sent and moves the cursor, or moves the same stop to later. */
async function follow(
  ports: SendPorts,
  item: DueItem,
  decision: Exclude<Decision, Sending>,
): Promise<Sent | undefined> {
  const now = ports.clock.now();
  const place = { biller: item.bill.biller, now };
  if (decision.do === "wait") {
    const saved = await item.save(putOff(item.progress, decision.stop, place));
    return saved && { outcome: "deferred" };
  }
  for (const { step, hop, channel, reason } of decision.nonSends) {
    await ports.notifications.record(item.notificationKey(step, hop), { channel, notSentAt: now, reason });
  }
  return (await item.save(goOn(item.progress, decision.onward, place))) && { outcome: "passed" };
}

/** Everything that can fail or decline, before anything is promised. */
async function prepare(
  ports: SendPorts,
  item: DueItem,
  { stop, message }: Sending,
  linkBaseUrl: string,
): Promise<Message | Exclude<Decision, Sending>> {
  const { bill, progress } = item;
  const now = ports.clock.now();
  const address = bill.customer.addresses[stop.channel];
  const suppressed = address && (await ports.suppressions.get(bill.biller, stop.channel, address));
  const composed = suppressed ? undefined : await composeMessage(ports, item, { message, stop, now, linkBaseUrl });
  if (composed) return composed;
  const cursor = progress.cursor ?? cursorAt(stop, bill.biller, now);
  return item.decline(cursor, suppressed ? "suppressed" : "template-error", now) as Exclude<Decision, Sending>;
}

/** The queue has no further try: the hop ends as a technical failure, nothing was claimed, the next hop takes over. */
async function giveUp(ports: SendPorts, item: DueItem): Promise<Sent | undefined> {
  const { cursor } = item.progress;
  if (!cursor) return { outcome: "stale" };
  const now = ports.clock.now();
  const failure = { kind: "technical-failure", reason: "could-not-be-prepared" } as const;
  await ports.notifications.record(item.notificationKey(cursor.step, cursor.hop), {
    channel: cursor.channel,
    failedAt: now,
    failure,
  });
  return (
    (await item.save(goOn(item.progress, item.passOn(cursor, now), { biller: item.bill.biller, now }))) && {
      outcome: "given-up",
    }
  );
}
