import { claimed, type Decision, goOn } from "../domain/decision.ts";
import { type Moment, minuteMs } from "../domain/local-time.ts";
import type { Message } from "../domain/message.ts";
import type { NotificationFacts } from "../domain/notification.ts";
import { cursorAt } from "../domain/progress.ts";
import type { Ports, SendResult } from "../ports.ts";
import { type DueItem, type ItemPorts, readDueItem } from "./due-item.ts";
import { reportHealth } from "./report-health.ts";
import { type SuppressedAddress, suppressAddress, tellOptOut } from "./suppress-address.ts";
import { tellNotification } from "./tell-notification.ts";

type ClaimPorts = ItemPorts & Pick<Ports, "clock" | "nonces">;

export type CallPorts = ClaimPorts &
  Pick<Ports, "notifications" | "carrier" | "pace" | "spend" | "events" | "suppressions"> &
  Partial<Pick<Ports, "smsReferences">>;

/** The decision to try a hop. */
export type Sending = Extract<Decision, { do: "send" }>;

/** Whether another hop of the step follows where this one cannot go out. */
export const hasFurtherHop = ({ stop, atOnce }: Sending): boolean => atOnce.next?.step === stop.step;

/** How often a carrier may refuse a hop for now before the hop ends. */
const mostRefusals = 6;
/** A call shorter than this is not worth its claim. */
export const shortestCallMs = 1_000;

/**
 * The conditional write that re-checks the truth and promises one try; the item as claimed, or undefined when it has changed. A write
 * whose answer was refused or lost is read again: our own nonce shows that it was made.
 */
export async function claimHop(
  ports: ClaimPorts,
  item: DueItem,
  { stop, onward }: Sending,
): Promise<DueItem | undefined> {
  if (item.isStillSo && !(await item.isStillSo())) return undefined;
  const now = ports.clock.now();
  const nonce = ports.nonces.next();
  const mine = { step: stop.step, hop: stop.hop, channel: stop.channel, at: now, nonce };
  const failures: unknown[] = [];
  const saved = await item
    .save(claimed(item.progress, mine, { biller: item.bill.biller, now, onward }))
    .catch((error: unknown) => {
      failures.push(error);
      return undefined;
    });
  if (saved) return saved;
  const fresh = await readAgain(ports, item);
  if (fresh?.progress.claim?.nonce === nonce) return fresh;
  if (failures.length > 0) throw failures[0];
  return undefined;
}

/** A price that was counted, as the store takes it. */
export type Spent = Parameters<Ports["spend"]["take"]>[0];

/** One call of a carrier: what is said, for how long at most, and the item as it was before the claim. */
export type Call = {
  readonly decision: Sending;
  readonly message: Message;
  readonly callMs: number;
  readonly before: DueItem;
  /** The senders that share the rate and the circuit. */
  readonly line: string;
  /** What was counted for it, to be given back where nothing was sent. */
  readonly spent?: Spent;
};

/** What became of the call; a refusal for now has put the hop off. */
export type Called = { readonly outcome: SendResult["outcome"] };

/**
 * The provider call, at once after the claim, and the record of its answer; then what others are to know of it. Whatever is lost by a
 * crash after the record is made good when the message is handed out again.
 */
export async function callAndRecord(ports: CallPorts, owned: DueItem, call: Call): Promise<Called> {
  const result = await callCarrier(ports, call);
  const { key } = call.message;
  if (result.outcome === "refused-for-now" && (await release(ports, owned, call))) {
    if (call.spent) await ports.spend.giveBack(call.spent);
    await reportHealth(ports, call.line, result);
    return { outcome: "refused-for-now" };
  }
  // What only this call knows is kept before the record, so that no crash after the record can lose it.
  if (result.outcome === "accepted" && !echoesKey(call.message))
    await ports.smsReferences?.put(result.providerReference, key);
  const suppressed = await suppressRefused(ports, call, result);
  const known = await ports.notifications.record(key, factsOf(call.message, result, ports.clock.now()));
  await reportHealth(ports, call.line, result);
  const isRefused = result.outcome === "refused" || result.outcome === "refused-for-now";
  if (isRefused && hasFurtherHop(call.decision))
    await owned.save(goOn(owned.progress, call.decision.atOnce, { biller: owned.bill.biller, now: ports.clock.now() }));
  // After the record: money that could not be given back must not turn a proven refusal into an unknown.
  if (isRefused && call.spent) await ports.spend.giveBack(call.spent);
  await tellNotification(ports, owned, known);
  if (suppressed?.isWish) await tellOptOut(ports, owned.bill, suppressed);
  return { outcome: isRefused ? "refused" : result.outcome };
}

/** Whether the carrier brings our key back with what it reports: all do but SNS, by which a biller without SMS settings sends too. */
const echoesKey = ({ biller, wording }: Message): boolean =>
  wording.channel !== "sms" || (biller.sms !== undefined && biller.sms.provider !== "sns");

async function suppressRefused(
  ports: CallPorts,
  { message, before }: Call,
  result: SendResult,
): Promise<SuppressedAddress | undefined> {
  if (result.outcome !== "refused" || result.suppress === undefined) return undefined;
  const { channel } = message.wording;
  const about = { channel, address: message.to, reason: result.suppress, at: ports.clock.now() };
  return await suppressAddress(ports, before.bill, about);
}

const callCarrier = async (ports: CallPorts, { message, callMs }: Call): Promise<SendResult> =>
  callMs < shortestCallMs
    ? { outcome: "refused-for-now", reason: "no-time-left" }
    : await ports.carrier.send(message, AbortSignal.timeout(callMs));

/** Takes a claim back that certainly led to nothing: the same hop again, later each time. False when the item has changed since. */
async function release(ports: CallPorts, owned: DueItem, { before, decision }: Call): Promise<boolean> {
  const now = ports.clock.now();
  const refusals = refusalsOf(before) + 1;
  if (refusals > mostRefusals) return false;
  const again = cursorAt({ ...decision.stop, at: now + 2 ** (refusals - 1) * minuteMs }, owned.bill.biller, now);
  if (await owned.save({ ...before.progress, cursor: { ...again, refused: refusals } })) return true;
  const cursor = (await readAgain(ports, owned))?.progress.cursor;
  return cursor?.due === again.due && cursor.refused === refusals;
}

const refusalsOf = ({ progress }: DueItem): number => progress.cursor?.refused ?? 0;

/** The item as it is stored now, for a write that was not answered with success. */
const readAgain = (ports: ClaimPorts, { key }: DueItem): Promise<DueItem | undefined> =>
  readDueItem(ports, key, { consistent: true });

function factsOf({ wording, message }: Message, result: SendResult, now: Moment): NotificationFacts {
  const { channel, language, template } = wording;
  const said = {
    channel,
    message,
    language,
    template,
    ...(wording.channel === "sms" && { segments: wording.segments }),
  };
  switch (result.outcome) {
    case "accepted":
      return { ...said, acceptedAt: now, providerReference: result.providerReference };
    case "refused":
      return { ...said, failedAt: now, failure: { kind: result.kind, reason: result.reason } };
    case "refused-for-now":
      return { ...said, failedAt: now, failure: { kind: "temporary-failure", reason: result.reason } };
    case "unknown":
      return { ...said, unknownAt: now };
  }
}
