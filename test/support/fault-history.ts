import { isPayable, statusOf } from "../../functions/domain/bill.ts";
import type { Biller } from "../../functions/domain/biller.ts";
import { type Channel, channels } from "../../functions/domain/ids.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { Message } from "../../functions/domain/message.ts";
import { hasSucceeded, type Notification } from "../../functions/domain/notification.ts";
import { failuresToOpen, lineOf } from "../../functions/domain/pace.ts";
import type { Claim } from "../../functions/domain/progress.ts";
import type { DueMessage } from "../../functions/messages.ts";
import type { BillStory, Carrier } from "../../functions/ports.ts";
import { recordDelivery } from "../../functions/use-cases/record-delivery.ts";
import { recordPayment } from "../../functions/use-cases/record-payment.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { aBillInput, aPaymentFact, type BillWorld, billWorld, kolkata, named } from "./bill-world.ts";
import { type Boundary, clockOffMs, type Fault } from "./fault-injector.ts";
import type { ScriptedLiveBills } from "./memory-live-bills.ts";
import type { MemoryOptions } from "./memory-ports.ts";
import type { ScriptedAnswer } from "./recording-carrier.ts";
import { aLife, type Life, type Sender } from "./town-life.ts";

/** What a carrier says of a message it may have accepted, and how long after. */
export type Report = { readonly status: "delivered" | "read" | "failed"; readonly afterMs: number };

/** What the world does to a bill that is registered on the morning of its issue. */
export type Script = {
  readonly biller: Biller;
  /** What the carriers answer first; after that they accept. */
  readonly answers?: { readonly [C in Channel]?: readonly ScriptedAnswer[] };
  readonly reports: (message: Message) => readonly Report[];
  readonly paidAt?: Moment;
  /** When another payment of it fails, of which the biller wants its customer told. */
  readonly failsAt?: Moment;
  /** How busy others keep the WhatsApp number at a moment, in seconds, or that they find its provider down. */
  readonly busy?: { readonly at: Moment; readonly seconds: number | "down" };
  /** What the biller's own system says from a moment on. */
  readonly says?: readonly { readonly from: Moment; readonly answer: ScriptedLiveBills["answer"] }[];
  /** When the customer's address of a channel is suppressed. */
  readonly optOut?: { readonly channel: Channel; readonly at: Moment };
  /** The steps that end by themselves: those left are closed by the bill's being paid. */
  readonly ends: readonly string[];
};

/** What is allowed to happen at any time, without anything going wrong. */
export type Whims = Pick<MemoryOptions, "lagMs" | "staleReads"> & {
  /** Which due messages the queue hands out twice. */
  readonly twice?: (message: DueMessage) => boolean;
};

/** A call that reached a carrier and was not refused for sure. */
export type CarrierCall = {
  readonly message: Message;
  readonly at: Moment;
  /** What was known of the bill's notifications then. */
  readonly known: readonly Notification[];
};

/** How a history ended. */
export type History = {
  readonly trace: readonly Boundary[];
  readonly story: BillStory;
  readonly mayBeAccepted: readonly CarrierCall[];
  /** When each notification (`<step>#<hop>`) was first known to be delivered. */
  readonly deliveredSince: ReadonlyMap<string, Moment>;
  /** Hops that were claimed when their bill was not payable any more. */
  readonly claimedUnpayable: readonly Claim[];
  /** Notifications that a carrier reported of, where no report was given up. */
  readonly reported: ReadonlySet<string>;
  readonly suppressedSince?: Moment;
  readonly eventIds: readonly string[];
  readonly unmatched: number;
  /** The due keys of what still waited when nothing more happened. */
  readonly waiting: readonly string[];
  /** How far the clocks of Lambdas were apart at most. */
  readonly clocksOffMs: number;
  readonly readsAreStale: boolean;
};

/** What is played: the faults, the whims, and what sends. */
export type Play = {
  readonly faults?: readonly Fault[];
  readonly whims?: Whims;
  readonly sender?: Sender;
};

/** When every history begins. */
export const beginning = kolkata("2026-11-15 09:30");
const end = kolkata("2027-01-31 00:00");

/** `<step>#<hop>` of a notification. */
export const hopName = ({ step, hop }: { readonly step: string; readonly hop: number }): string => `${step}#${hop}`;

/** Plays a bill's whole life in virtual time. */
export async function playHistory(script: Script, { faults = [], whims = {}, sender }: Play = {}): Promise<History> {
  const { twice, ...memory } = whims;
  const world = await billWorld({
    start: beginning,
    biller: script.biller,
    paced: script.busy !== undefined,
    ...memory,
  });
  const [claimedUnpayable, deliveredSince] = [watchClaims(world), watchDeliveries(world)];
  const stage: Stage = { world, script, mayBeAccepted: [], reported: new Set() };
  for (const channel of channels) world.carriers[channel].answerWith(...(script.answers?.[channel] ?? []));
  const life: Life = aLife({
    world,
    faults,
    twice,
    ...(sender && { sender }),
    portsOf: (ports, channel) => ({
      ...ports,
      unsubscribeTokens: { ...ports.unsubscribeTokens, make: async () => "token" },
      carrier: carrierOf(stage, channel, () => life),
    }),
  });
  queueTheBeginning(stage, life);
  keepBusy(stage, life);
  for (const { from, answer } of script.says ?? []) {
    life.board.later(from - beginning, async () => {
      world.ports.liveBills.answer = answer;
    });
  }
  const optedOut = queueOptOut(stage, life);
  await life.run(end);
  return {
    trace: life.injector.trace,
    story: await world.story(),
    mayBeAccepted: stage.mayBeAccepted,
    deliveredSince,
    claimedUnpayable,
    reported: life.board.dead() > 0 ? new Set() : stage.reported,
    ...optedOut(),
    eventIds: world.ports.events.published.map(({ eventId }) => eventId),
    unmatched: world.ports.payments.unmatched.length,
    waiting: life.waiting(),
    clocksOffMs: faults.filter(({ mode }) => mode.startsWith("clock-")).length * clockOffMs,
    readsAreStale: whims.staleReads !== undefined,
  };
}

type Stage = {
  readonly world: BillWorld;
  readonly script: Script;
  readonly mayBeAccepted: CarrierCall[];
  readonly reported: Set<string>;
};

/** The bill is registered by a caller that comes again when it fails; its payments are told by a queue. */
function queueTheBeginning({ script }: Stage, { ports, board }: Life): void {
  board.later(0, () => registerBill(ports, { ...named, bill: aBillInput() }), 20);
  if (script.failsAt !== undefined) {
    const failed = aPaymentFact({ paymentId: "pay_0000", paidAt: new Date(script.failsAt).toISOString() });
    board.later(script.failsAt - beginning, () => recordPayment(ports, { type: "payment.failed", payment: failed }));
  }
  if (script.paidAt === undefined) return;
  const payment = aPaymentFact({ paidAt: new Date(script.paidAt).toISOString() });
  board.later(script.paidAt - beginning, () => recordPayment(ports, { type: "payment.succeeded", payment }));
}

/** Others take the slots of the WhatsApp number for a while, or get no answer again and again. */
function keepBusy({ world, script: { busy, biller } }: Stage, { board }: Life): void {
  const { pace } = world.ports;
  const { line, perSecond } = lineOf(biller, "whatsapp", {});
  const others = "other-power" as typeof biller.id;
  if (!busy) return;
  board.later(busy.at - beginning, async () => {
    if (busy.seconds !== "down")
      await pace.reserve({ line, perSecond, units: perSecond * busy.seconds, biller: others });
    else for (let n = 0; n < failuresToOpen; n++) await pace.report(line, "down");
  });
}

/** The customer opts out at the moment the script says; since when it holds. */
function queueOptOut({ world, script }: Stage, { board }: Life): () => Pick<History, "suppressedSince"> {
  let since: Moment | undefined;
  const { optOut } = script;
  if (optOut) {
    const { suppressions, clock } = world.ports;
    board.later(optOut.at - beginning, async () => {
      const { bill } = await world.story();
      const address = bill?.customer.addresses[optOut.channel];
      if (!bill || !address) return;
      const hash = await suppressions.hashOf(bill.biller, optOut.channel, address);
      await suppressions.put(hash, { channel: optOut.channel, reason: "stop-reply", at: clock.now() });
      since = clock.now();
    });
  }
  return () => (since === undefined ? {} : { suppressedSince: since });
}

/** A carrier that answers and reports by the script. */
function carrierOf(stage: Stage, channel: Channel, life: () => Life): Carrier {
  const { world, script, mayBeAccepted, reported } = stage;
  const { clock } = world.ports;
  return {
    async send(message, signal) {
      const at = clock.now();
      const known = (await world.story()).notifications;
      const result = await world.carriers[channel].send(message, signal);
      if (result.outcome !== "accepted" && result.outcome !== "unknown") return result;
      mayBeAccepted.push({ message, at, known });
      for (const { status, afterMs } of script.reports(message)) {
        reported.add(hopName(message.key));
        const report = { kind: "delivery", ...message.key, channel, status, at: at + afterMs } as const;
        life().board.later(afterMs, () => recordDelivery(life().ports, report));
      }
      return result;
    },
  };
}

/** Collects the claims that are written over a bill which nobody owes any more. */
function watchClaims({ ports, story }: BillWorld): readonly Claim[] {
  const found: Claim[] = [];
  const { save } = ports.bills;
  ports.bills.save = async (bill, readVersion) => {
    const present = "title" in bill && bill.progress.claim ? (await story()).bill : undefined;
    const saved = await save(bill, readVersion);
    const claim = "title" in bill ? bill.progress.claim : undefined;
    const isNew = saved && claim?.nonce !== present?.progress.claim?.nonce;
    if (claim && isNew && present && !isPayable(statusOf(present, ports.clock.now()))) found.push(claim);
    return saved;
  };
  return found;
}

/** Notes when each notification was first known to be delivered. */
function watchDeliveries({ ports }: BillWorld): ReadonlyMap<string, Moment> {
  const since = new Map<string, Moment>();
  const { record } = ports.notifications;
  ports.notifications.record = async (key, facts) => {
    const known = await record(key, facts);
    const name = hopName(key);
    if (hasSucceeded(known, "delivered") && !since.has(name)) since.set(name, ports.clock.now());
    return known;
  };
  return since;
}

/** A report after this long. */
export const afterMinutes = (minutes: number, status: Report["status"]): readonly Report[] => [
  { status, afterMs: minutes * minuteMs },
];
