import { notReady } from "../domain/errors.ts";
import type { Channel } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import { withNextHop } from "../domain/next-hop.ts";
import { isFailure, notificationStatus } from "../domain/notification.ts";
import type { StageRates } from "../domain/pace.ts";
import type { Stop } from "../domain/progress.ts";
import type { DueMessage } from "../messages.ts";
import { type CallPorts, callAndRecord, claimHop, shortestCallMs } from "./call-carrier.ts";
import { type DueItem, readDueItem } from "./due-item.ts";
import { endHop, followDecision } from "./follow-decision.ts";
import { type Otherwise, type Prepared, type PreparePorts, prepareSend, type ToPrepare } from "./prepare-send.ts";
import type { LiveFailure } from "./refresh-bill.ts";
import { settleClaim } from "./settle-claim.ts";
import { tellOptOut } from "./suppress-address.ts";
import { tellNotification } from "./tell-notification.ts";

type SendPorts = CallPorts & PreparePorts;

export type SendNotification = {
  readonly message: DueMessage;
  /** When this Lambda ends. */
  readonly deadline: Moment;
  /** How often the queue has handed the message out, this time included. */
  readonly receiveCount: number;
  /** How often the queue hands it out before it is a dead letter. */
  readonly maxReceives: number;
  readonly senderTimeoutMs: number;
  readonly linkBaseUrl: string;
  /** What the account as a whole may send. */
  readonly rates: StageRates;
};

/** What became of a due message; `stale`: the item has moved on and there is nothing to do. */
export type Sent = {
  readonly outcome:
    | "accepted"
    | "refused"
    | "refused-for-now"
    | "unknown"
    | Otherwise["outcome"]
    | "stale"
    | "given-up";
  /** `unknown`: the claim before this one had left no notification; it is one now. `live-failed`: as `liveFailed`. */
  readonly also?: readonly ("unknown" | "live-failed")[];
  /** The biller's own system was asked, and did not answer. */
  readonly liveFailed?: LiveFailure;
};

/** A claim is only made with this long left: the call and the record must both fit. */
const reserveMs = 4_000;
const longestCallMs = 15_000;
/**
 * A slot that has passed by more than this is given up for another. It is long beside the few milliseconds that slots have to spare: a
 * table that answers slowly must make calls late, not keep them from being made.
 */
const latestMs = 1_000;

/** Prepare, claim, call, record: what happens when a stop's time has come. See docs/one-bill.md. */
export async function sendNotification(ports: SendPorts, command: SendNotification): Promise<Sent> {
  const { message } = command;
  const unknowns: "unknown"[] = [];
  let liveFailed: LiveFailure | undefined;
  const noteFailure = (failure: LiveFailure): void => {
    // An item that is read again is asked about again: that is one failure, and its first reason says most.
    liveFailed ??= failure;
  };
  const told = (sent: Sent): Sent => {
    const also = [...unknowns, ...(liveFailed ? (["live-failed"] as const) : [])];
    return { ...sent, ...(also.length > 0 && { also }), ...(liveFailed && { liveFailed }) };
  };
  let item = await readDueItem(ports, message);
  for (let round = 0; round < 4; round++) {
    if (item?.progress.cursor?.due !== message.due) item = await readDueItem(ports, message, { consistent: true });
    if (!item) return told({ outcome: "stale" });
    if (item.progress.cursor?.due !== message.due) return told(await settleLeftover(ports, item, command));
    if ((await settleClaim(ports, item, command.senderTimeoutMs)) === "unknown") unknowns.push("unknown");
    const sent = await attempt(ports, item, { ...command, noteFailure });
    if (sent) return told(sent);
    item = undefined;
  }
  throw notReady("the item is being written by others; it is tried again");
}

/**
 * A message told again after its hop was claimed: if the sender died in between, its claim becomes a visible unknown now; if it died
 * after the record, a failure calls the next hop now, and the bus is told again.
 */
async function settleLeftover(ports: SendPorts, item: DueItem, { senderTimeoutMs }: SendNotification): Promise<Sent> {
  const { claim } = item.progress;
  if (!claim || ports.clock.now() < claim.at + senderTimeoutMs) return { outcome: "stale" };
  const key = item.notificationKey(claim.step, claim.hop);
  const known = item.notifications.find(({ step, hop }) => step === key.step && hop === key.hop);
  const failed = known !== undefined && isFailure(notificationStatus(known));
  const pulled = failed && withNextHop(item.progress, claim, { biller: item.bill.biller, now: ports.clock.now() });
  if (pulled) await item.save(pulled);
  if (known) await tellNotification(ports, item, known);
  if (known?.failure?.reason === "opted-out") await tellOptOutAgain(ports, item, claim.channel);
  const settled = await settleClaim(ports, item, senderTimeoutMs);
  return { outcome: settled === "unknown" ? "unknown" : "stale" };
}

/** The event of an opt-out that a refusal told of, for the case that its sender died before it was put on the bus. */
async function tellOptOutAgain(ports: SendPorts, { bill }: DueItem, channel: Channel): Promise<void> {
  const address = bill.customer.addresses[channel];
  if (!address) return;
  const addressHash = await ports.suppressions.hashOf(bill.biller, channel, address);
  await tellOptOut(ports, bill, { channel, addressHash });
}

type Attempt = SendNotification & Pick<ToPrepare, "noteFailure">;

/** One try at the item as it was read; undefined when somebody else wrote it in between. */
async function attempt(ports: SendPorts, item: DueItem, command: Attempt): Promise<Sent | undefined> {
  const now = ports.clock.now();
  const { cursor } = item.progress;
  if (!cursor) return { outcome: "stale" };
  const decision = item.decide(cursor, now);
  if (decision.do !== "send") return outcomeOf(await followDecision(ports, item, decision));
  if (wasTried(item, decision.stop)) {
    const onward = item.passOn(cursor, now);
    return outcomeOf(await followDecision(ports, item, { do: "pass", nonSends: [], onward }));
  }
  const { message: due, linkBaseUrl, rates, noteFailure } = command;
  const canWait = (ms: number): boolean => command.deadline - ports.clock.now() > ms + reserveMs + longestCallMs;
  const toPrepare = { decision, due, linkBaseUrl, rates, canWait, noteFailure };
  const prepared = await prepareSend(ports, item, toPrepare).catch((error: unknown) => {
    if (command.receiveCount < command.maxReceives) throw error;
    return "given-up" as const;
  });
  if (!prepared) return undefined;
  if (prepared === "given-up") return (await endHop(ports, item, "could-not-be-prepared")) && { outcome: "given-up" };
  if ("follow" in prepared) return await takeOtherWay(ports, item, prepared);
  return await promiseAndCall(ports, prepared, command);
}

const outcomeOf = (outcome: Sent["outcome"] | undefined): Sent | undefined => outcome && { outcome };

/** Whether this hop was given to its carrier before: a bill that was paid and is open again plans a step anew, and no hop is repeated. */
function wasTried(item: DueItem, stop: Stop): boolean {
  const key = item.notificationKey(stop.step, stop.hop);
  return item.notifications.some(
    (known) => known.step === key.step && known.hop === key.hop && notificationStatus(known) !== "not-sent",
  );
}

/** What is done in place of a send; undefined when somebody else wrote the item in between. */
async function takeOtherWay(
  ports: SendPorts,
  item: DueItem,
  { outcome, follow, event }: Otherwise,
): Promise<Sent | undefined> {
  if (follow === "nothing") return { outcome };
  const done = await (follow === "end-hop"
    ? endHop(ports, item, "provider-down")
    : followDecision(ports, item, follow));
  if (done && event) await ports.events.publish([event]);
  return done && { outcome };
}

/** The claim, then at once the call and its record. A slot that has passed meanwhile is not used: the item is looked at again. */
async function promiseAndCall(
  ports: SendPorts,
  { item, decision, message, line, slot, isProbe, spent }: Prepared,
  { deadline }: SendNotification,
): Promise<Sent | undefined> {
  const callMs = () => Math.min(longestCallMs, deadline - ports.clock.now() - reserveMs);
  if (callMs() < shortestCallMs) throw notReady("too little time is left for a send");
  const isLate = !isProbe && ports.clock.now() > slot + latestMs;
  const owned = isLate ? undefined : await claimHop(ports, item, decision);
  if (!owned) {
    if (spent) await ports.spend.giveBack(spent);
    return undefined;
  }
  await ports.timer.until(slot);
  // The claim may have taken its time: the call must still end, and be recorded, before this Lambda does.
  const call = { decision, message, callMs: callMs(), before: item, line, ...(spent && { spent }) };
  return await callAndRecord(ports, owned, call);
}
