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

/** Something that is handed to a Lambda until it is done, or was handed out `most` times. */
type Job = {
  visibleAt: Moment;
  receives: number;
  readonly most: number;
  readonly work: (receives: number) => Promise<unknown>;
};

const visibilityMs = 3 * minuteMs;
const slowPassMs = 15 * minuteMs;

/** Plays a bill's whole life in virtual time with these faults and whims. */
export async function playHistory(
  script: Script,
  faults: readonly Fault[] = [],
  { twice, ...whims }: Whims = {},
): Promise<History> {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: script.biller, ...whims });
  const { clock, dueQueues } = world.ports;
  const { wrap, invoke, trace } = faultInjector(faults);
  const claimedUnpayable = watchClaims(world);
  const ports = wrap(world.ports);
  const jobs: Job[] = [];
  const mayBeAccepted: Message[] = [];
  const later = (ms: number, work: Job["work"], most = 5): void => {
    jobs.push({ visibleAt: clock.now() + ms, receives: 0, most, work });
  };

  const carrierOf = (channel: Channel): Carrier => ({
    async send(message, signal) {
      const result = await world.carriers[channel].send(message, signal);
      if (result.outcome === "accepted" || result.outcome === "unknown") mayBeAccepted.push(message);
      const status = result.outcome === "accepted" ? script.reports(message) : undefined;
      const report = { kind: "delivery", ...message.key, channel, at: clock.now() } as const;
      if (status) later(minuteMs, () => recordDelivery(ports, { ...report, status }));
      return result;
    },
  });
  const senders = Object.fromEntries(
    channels.map((channel) => [channel, wrap({ ...world.senders(channel), carrier: carrierOf(channel) })]),
  ) as Record<Channel, ReturnType<typeof world.senders>>;
  for (const channel of channels) world.carriers[channel].answerWith(...(script.answers?.[channel] ?? []));

  const send = (message: DueMessage) => (receiveCount: number) =>
    sendNotification(senders[parseDue(message.due).channel], {
      message,
      receiveCount,
      deadline: clock.now() + 30_000,
      senderTimeoutMs: 30_000,
      linkBaseUrl: "https://pay.example.com",
    });
  const collect = (): void => {
    for (const message of dueQueues.take()) {
      later(0, send(message));
      if (twice?.(message)) later(0, send(message));
    }
  };
  const waiting = async (): Promise<string[]> => {
    const { bill, payments } = await world.story();
    return [bill, ...payments].flatMap((item) => item?.progress.cursor?.due ?? []);
  };

  later(0, () => registerBill(ports, { ...named, bill: aBillInput() }), 20);
  if (script.paidAt !== undefined) {
    const fact = aPaymentFact({ paidAt: new Date(script.paidAt).toISOString() });
    later(script.paidAt - clock.now(), () => recordPayment(ports, { type: "payment.succeeded", payment: fact }));
  }

  let swept = true;
  let slowPass = 0;
  const run = async (job: Job): Promise<void> => {
    job.receives += 1;
    const done = await invoke(() => job.work(job.receives));
    if (done || job.receives === job.most) jobs.splice(jobs.indexOf(job), 1);
    else job.visibleAt = clock.now() + visibilityMs;
  };
  const tick = async (): Promise<void> => {
    const at = clock.now();
    const command = { lane: "0", deadline: at + 50_000 };
    const isDue = (await waiting()).some((due) => dueMoment(due) < at - (at % minuteMs));
    if (isDue || !swept) swept = await invoke(() => sweepDueLane(ports, command));
    if (Math.floor(at / slowPassMs) > slowPass) await invoke(() => redateStuck(ports, command));
    slowPass = Math.floor(at / slowPassMs);
    collect();
    // All that is visible is worked on at once, as by the Lambdas of several queues.
    await Promise.all(jobs.filter(({ visibleAt }) => visibleAt <= at).map(run));
    collect();
  };

  /** When something happens next: a job, a minute to sweep, or the slow pass where something was left behind. */
  const next = async (): Promise<Moment> => {
    const now = clock.now();
    const minutes = (await waiting()).map((due) => dueMoment(due) + minuteMs);
    const nextPass = (Math.floor(now / slowPassMs) + 1) * slowPassMs;
    const sweeps = minutes.map((minute) => (minute > now ? minute : nextPass));
    const again = swept ? [] : [now + minuteMs];
    return Math.min(...jobs.map(({ visibleAt }) => visibleAt), ...sweeps, ...again);
  };

  for (let at = await next(); Number.isFinite(at); at = await next()) {
    if (at > kolkata("2027-01-31 00:00")) break;
    clock.set(Math.max(at, clock.now()));
    await tick();
  }
  const eventIds = world.ports.events.published.map(({ eventId }) => eventId);
  const unmatched = world.ports.payments.unmatched.length;
  return {
    trace,
    story: await world.story(),
    mayBeAccepted,
    claimedUnpayable,
    eventIds,
    unmatched,
    waiting: await waiting(),
  };
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
