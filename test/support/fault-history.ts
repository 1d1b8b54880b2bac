import { isPayable, statusOf } from "../../functions/domain/bill.ts";
import type { Biller } from "../../functions/domain/biller.ts";
import { type Channel, channels } from "../../functions/domain/ids.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { Message } from "../../functions/domain/message.ts";
import { type Claim, parseDue } from "../../functions/domain/progress.ts";
import type { DeliveryReport, DueMessage } from "../../functions/messages.ts";
import type { BillStory, Carrier } from "../../functions/ports.ts";
import { recordDelivery } from "../../functions/use-cases/record-delivery.ts";
import { recordPayment } from "../../functions/use-cases/record-payment.ts";
import { redateStuck } from "../../functions/use-cases/redate-stuck.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { sendNotification } from "../../functions/use-cases/send-notification.ts";
import { sweepDueLane } from "../../functions/use-cases/sweep-due-lane.ts";
import { aBillInput, aPaymentFact, type BillWorld, billWorld, dueMoment, kolkata, named } from "./bill-world.ts";
import { type Fault, faultInjector } from "./fault-injector.ts";
import { jobBoard } from "./job-board.ts";
import type { MemoryOptions } from "./memory-ports.ts";
import type { ScriptedAnswer } from "./recording-carrier.ts";

/** What the world does to a bill that is registered on the morning of its issue. */
export type Script = {
  readonly biller: Biller;
  /** What the carriers answer first; after that they accept. */
  readonly answers?: { readonly [C in Channel]?: readonly ScriptedAnswer[] };
  /** What a carrier reports a minute after it accepted a message. */
  readonly reports: (message: Message) => DeliveryReport["status"] | undefined;
  readonly paidAt?: Moment;
};

/** What is allowed to happen at any time, without anything going wrong. */
export type Whims = Pick<MemoryOptions, "lagMs" | "staleReads"> & {
  /** Which due messages the queue hands out twice. */
  readonly twice?: (message: DueMessage) => boolean;
};

/** How a history ended. */
export type History = {
  /** Every call of a port, in order. */
  readonly trace: readonly string[];
  readonly story: BillStory;
  /** Calls that reached a carrier and were not refused for sure. */
  readonly mayBeAccepted: readonly Message[];
  /** Hops that were claimed when their bill was not payable any more. */
  readonly claimedUnpayable: readonly Claim[];
  readonly eventIds: readonly string[];
  readonly unmatched: number;
  /** The due keys of what still waited when nothing more happened. */
  readonly waiting: readonly string[];
};

const slowPassMs = 15 * minuteMs;
const end = kolkata("2027-01-31 00:00");

/** Plays a bill's whole life in virtual time with these faults and whims. */
export async function playHistory(
  script: Script,
  faults: readonly Fault[] = [],
  { twice, ...whims }: Whims = {},
): Promise<History> {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: script.biller, ...whims });
  const { clock, dueQueues, events, payments } = world.ports;
  const injector = faultInjector(faults);
  const claimedUnpayable = watchClaims(world);
  const stage: Stage = { world, script, injector, board: jobBoard(clock, injector.invoke), mayBeAccepted: [] };
  const send = senderOf(stage);
  const collect = (): void => {
    for (const message of dueQueues.take()) {
      for (let n = twice?.(message) ? 2 : 1; n > 0; n--) stage.board.later(0, send(message));
    }
  };
  queueTheBeginning(stage);
  const schedules = schedulesOf(stage);
  for (let at = await schedules.next(); at <= end; at = await schedules.next()) {
    clock.set(Math.max(at, clock.now()));
    await schedules.run();
    collect();
    await stage.board.runVisible();
    collect();
  }
  return {
    trace: injector.trace,
    story: await world.story(),
    mayBeAccepted: stage.mayBeAccepted,
    claimedUnpayable,
    eventIds: events.published.map(({ eventId }) => eventId),
    unmatched: payments.unmatched.length,
    waiting: await waitingIn(world),
  };
}

type Stage = {
  readonly world: BillWorld;
  readonly script: Script;
  readonly injector: ReturnType<typeof faultInjector>;
  readonly board: ReturnType<typeof jobBoard>;
  readonly mayBeAccepted: Message[];
};

/** The bill is registered by a caller that comes again when it fails; its payment is told by a queue. */
function queueTheBeginning({ world, script, injector, board }: Stage): void {
  const ports = injector.wrap(world.ports);
  board.later(0, () => registerBill(ports, { ...named, bill: aBillInput() }), 20);
  if (script.paidAt === undefined) return;
  const payment = aPaymentFact({ paidAt: new Date(script.paidAt).toISOString() });
  const pay = () => recordPayment(ports, { type: "payment.succeeded", payment });
  board.later(script.paidAt - world.ports.clock.now(), pay);
}

/** The sender of each channel, with a carrier that answers and reports by the script. */
function senderOf({ world, script, injector, board, mayBeAccepted }: Stage) {
  const { clock } = world.ports;
  const ports = injector.wrap(world.ports);
  const carrierOf = (channel: Channel): Carrier => ({
    async send(message, signal) {
      const result = await world.carriers[channel].send(message, signal);
      if (result.outcome === "accepted" || result.outcome === "unknown") mayBeAccepted.push(message);
      const status = result.outcome === "accepted" ? script.reports(message) : undefined;
      const report = { kind: "delivery", ...message.key, channel, at: clock.now() } as const;
      if (status) board.later(minuteMs, () => recordDelivery(ports, { ...report, status }));
      return result;
    },
  });
  for (const channel of channels) world.carriers[channel].answerWith(...(script.answers?.[channel] ?? []));
  const senders = new Map(
    channels.map((channel) => [channel, injector.wrap({ ...world.senders(channel), carrier: carrierOf(channel) })]),
  );
  return (message: DueMessage) => async (receiveCount: number) => {
    const sender = senders.get(parseDue(message.due).channel);
    return sender && (await sendNotification(sender, world.commandFor(message, { receiveCount })));
  };
}

/** The schedules of the lane: the sweep where something is due, and the slow pass every quarter of an hour. */
function schedulesOf({ world, injector, board }: Stage) {
  const { clock } = world.ports;
  const ports = injector.wrap(world.ports);
  let [swept, passed] = [true, 0];
  return {
    async run(): Promise<void> {
      const at = clock.now();
      const command = { lane: "0", deadline: at + 50_000 };
      const isDue = (await waitingIn(world)).some((due) => dueMoment(due) < at - (at % minuteMs));
      if (isDue || !swept) swept = await injector.invoke(() => sweepDueLane(ports, command));
      if (Math.floor(at / slowPassMs) > passed) await injector.invoke(() => redateStuck(ports, command));
      passed = Math.floor(at / slowPassMs);
    },
    /** When something happens next: a job, a minute to sweep, or the slow pass where something was left behind. */
    async next(): Promise<Moment> {
      const now = clock.now();
      const nextPass = (Math.floor(now / slowPassMs) + 1) * slowPassMs;
      const minutes = (await waitingIn(world)).map((due) => dueMoment(due) + minuteMs);
      const sweeps = minutes.map((minute) => (minute > now ? minute : nextPass));
      return Math.min(board.next(), ...sweeps, swept ? Number.POSITIVE_INFINITY : now + minuteMs);
    },
  };
}

async function waitingIn({ story }: BillWorld): Promise<string[]> {
  const { bill, payments } = await story();
  return [bill, ...payments].flatMap((item) => item?.progress.cursor?.due ?? []);
}

/** Collects the claims that are written over a bill which nobody owes any more. */
function watchClaims({ ports, story }: BillWorld): readonly Claim[] {
  const found: Claim[] = [];
  const { save } = ports.bills;
  ports.bills.save = async (bill, readVersion) => {
    const present = (await story()).bill;
    const saved = await save(bill, readVersion);
    const claim = "title" in bill ? bill.progress.claim : undefined;
    const isNew = saved && claim?.nonce !== present?.progress.claim?.nonce;
    if (claim && isNew && present && !isPayable(statusOf(present, ports.clock.now()))) found.push(claim);
    return saved;
  };
  return found;
}
