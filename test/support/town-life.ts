import type { Bill, Tombstone } from "../../functions/domain/bill.ts";
import { channels } from "../../functions/domain/ids.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import { type Payment, paymentKey } from "../../functions/domain/payment.ts";
import type { PaymentNotice } from "../../functions/domain/payment-notice.ts";
import { parseDue } from "../../functions/domain/progress.ts";
import type { DueMessage } from "../../functions/messages.ts";
import type { DelayedQueue } from "../../functions/ports.ts";
import { redateStuck } from "../../functions/use-cases/redate-stuck.ts";
import { type SendNotification, sendNotification } from "../../functions/use-cases/send-notification.ts";
import { sweepDueLane } from "../../functions/use-cases/sweep-due-lane.ts";
import { type BillWorld, dueMoment } from "./bill-world.ts";
import { type Fault, faultInjector } from "./fault-injector.ts";
import { jobBoard } from "./job-board.ts";
import { type LockTable, memoryLockTable } from "./memory-lock-table.ts";

/** What a sender is given: the ports of one channel, and a table of locks for those that work with locks. */
export type SenderPorts = Omit<ReturnType<BillWorld["senders"]>, "delayedQueue"> & {
  readonly delayedQueue: DelayedQueue;
  readonly locks: LockTable;
};

/** What is done with one due message: the use case, or something that a fault harness ought to catch. */
export type Sender = (ports: SenderPorts, command: SendNotification) => Promise<unknown>;

/** What may be different about a life. */
export type LifeOptions = {
  readonly world: BillWorld;
  readonly faults?: readonly Fault[];
  readonly sender?: Sender;
  /** The ports of a channel as this life has them. */
  readonly portsOf?: (channel: SenderPorts, name: (typeof channels)[number]) => SenderPorts;
  /** Which due messages the queue hands out twice at once. */
  readonly twice?: ((message: DueMessage) => boolean) | undefined;
  /** When the sweep does not run. */
  readonly isSweepDown?: (at: Moment) => boolean;
};

export type Life = ReturnType<typeof aLife>;

const slowPassMs = 15 * minuteMs;
const heldUpMs = 20_000;

/** Bills, queues, schedules and Lambdas in virtual time: everything that works by itself once bills are registered. */
export function aLife(options: LifeOptions) {
  const { world, faults = [] } = options;
  const { clock, dueQueues } = world.ports;
  const waiting = watchWaiting(world);
  const injector = faultInjector(faults, {
    clock,
    holdUp: async () => {
      clock.advance(heldUpMs);
      collect();
      await board.runNewestFirst();
      collect();
    },
    later: (ms, effect) => board.later(ms, () => effect().catch(() => undefined), 1),
  });
  const board = jobBoard(clock, injector.invoke);
  const send = senderOf(options, { injector, board });
  const collect = (): void => {
    for (const message of dueQueues.take()) {
      for (let n = options.twice?.(message) ? 2 : 1; n > 0; n--) board.later(0, send(message));
    }
  };
  const schedules = schedulesOf(options, { injector, board, waiting });
  return {
    injector,
    board,
    /** The ports as Lambdas have them, with every call counted. */
    ports: injector.wrap(world.ports),
    /** The due keys of what waits now. */
    waiting: (): readonly string[] => [...waiting.values()],
    /** Hands a due message to its sender now. */
    handOut: (message: DueMessage): void => board.later(0, send(message)),
    /** Lets everything happen until this moment, and stops when nothing is left; the clock then shows `until` at most. */
    async run(until: Moment): Promise<void> {
      for (let at = schedules.next(); at <= until; at = schedules.next()) {
        clock.set(Math.max(at, clock.now()));
        await schedules.run();
        collect();
        await board.runVisible();
        collect();
      }
    },
  };
}

type Works = {
  readonly injector: ReturnType<typeof faultInjector>;
  readonly board: ReturnType<typeof jobBoard>;
};

/** Hands due messages to the sender of their channel; those put back come again when they said. */
function senderOf({ world, sender = sendNotification, portsOf }: LifeOptions, { injector, board }: Works) {
  const delayedQueue = {
    async send(message: DueMessage, delaySeconds: number): Promise<void> {
      board.later(delaySeconds * 1_000, send(message));
    },
  };
  const locks = memoryLockTable(world.ports.clock);
  const senders = new Map(
    channels.map((channel) => {
      const ports = { ...world.senders(channel), delayedQueue, locks };
      return [channel, injector.wrap(portsOf ? portsOf(ports, channel) : ports)];
    }),
  );
  const send = (message: DueMessage) => async (receiveCount: number) => {
    const ports = senders.get(parseDue(message.due).channel);
    return ports && (await sender(ports, world.commandFor(message, { receiveCount })));
  };
  return send;
}

type Waiting = ReadonlyMap<string, string>;

/** The schedules of the lane: the sweep where something is due, and the slow pass every quarter of an hour. */
function schedulesOf(
  { world, isSweepDown }: LifeOptions,
  { injector, board, waiting }: Works & { readonly waiting: Waiting },
) {
  const { clock } = world.ports;
  const ports = injector.wrap(world.ports);
  let [swept, passed] = [true, 0];
  const minutes = (): Moment[] => [...waiting.values()].map(dueMoment);
  return {
    async run(): Promise<void> {
      const at = clock.now();
      if (isSweepDown?.(at)) return;
      const command = { lane: "0", deadline: at + 50_000 };
      const isDue = minutes().some((minute) => minute < at - (at % minuteMs));
      if (isDue || !swept) swept = await injector.invoke(() => sweepDueLane(ports, command));
      if (Math.floor(at / slowPassMs) > passed) await injector.invoke(() => redateStuck(ports, command));
      passed = Math.floor(at / slowPassMs);
    },
    /** When something happens next: a job, a minute to sweep, or the slow pass where something was left behind. */
    next(): Moment {
      const now = clock.now();
      const nextPass = (Math.floor(now / slowPassMs) + 1) * slowPassMs;
      const sweeps = minutes().map((minute) => (minute + minuteMs > now ? minute + minuteMs : nextPass));
      return Math.min(board.next(), ...sweeps, swept ? Number.POSITIVE_INFINITY : now + minuteMs);
    },
  };
}

/** Notes the due key of every notice that is written. */
function watchNotices({ notices }: BillWorld["ports"], note: (id: string, due: string | undefined) => void): void {
  const noteNotice = ({ code, kind, key, progress }: PaymentNotice): void =>
    note(`${code} ${kind} ${key}`, progress.cursor?.due);
  const { add, save } = notices;
  notices.add = async (notice) => {
    const stored = await add(notice);
    noteNotice(stored);
    return stored;
  };
  notices.save = async (notice, readVersion) => {
    const saved = await save(notice, readVersion);
    if (saved) noteNotice(notice);
    return saved;
  };
}

/** Keeps the due key of every item that is written, so that nothing need be read to know what waits. */
function watchWaiting({ ports }: BillWorld): Waiting {
  const waiting = new Map<string, string>();
  const note = (id: string, due: string | undefined): void => {
    if (due === undefined) waiting.delete(id);
    else waiting.set(id, due);
  };
  const noteBill = (bill: Bill | Tombstone): void =>
    note(bill.code, "title" in bill ? bill.progress.cursor?.due : undefined);
  const notePayment = (payment: Payment): void =>
    note(`${payment.code} ${paymentKey(payment)}`, payment.progress.cursor?.due);
  const { save } = ports.bills;
  ports.bills.save = async (bill, readVersion) => {
    const saved = await save(bill, readVersion);
    if (saved) noteBill(bill);
    return saved;
  };
  const { add, save: savePayment } = ports.payments;
  ports.payments.add = async (payment) => {
    const stored = await add(payment);
    notePayment(stored);
    return stored;
  };
  ports.payments.save = async (payment, readVersion) => {
    const saved = await savePayment(payment, readVersion);
    if (saved) notePayment(payment);
    return saved;
  };
  watchNotices(ports, note);
  return waiting;
}
