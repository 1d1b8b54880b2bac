import type { Moment } from "../../functions/domain/local-time.ts";
import type { Ports } from "../../functions/ports.ts";
import { memoryAttemptStore } from "./memory-attempts.ts";
import { memoryBillStore, memoryOpenStore } from "./memory-bill-store.ts";
import { memoryFrequencyCaps, memorySpendStore } from "./memory-caps.ts";
import { type ControlledClock, controlledClock } from "./memory-clock.ts";
import { memoryCounterStore, memoryReceiptNumberStore } from "./memory-counters.ts";
import { memoryDeskMailStore } from "./memory-desk-mails.ts";
import { memoryDueIndex, memoryWatermarkStore } from "./memory-due-index.ts";
import { type Hooks, hooked } from "./memory-hooks.ts";
import { memoryLiveBillCache, type ScriptedLiveBills, scriptedLiveBills } from "./memory-live-bills.ts";
import { memoryNoticeStore } from "./memory-notices.ts";
import { memoryCouponPool, memoryCustomerOffers, memoryOfferStore } from "./memory-offers.ts";
import {
  freePace,
  jumpingTimer,
  memoryPace,
  type RecordingDelayedQueue,
  recordingDelayedQueue,
} from "./memory-pace.ts";
import { memoryPaidDayStore, memoryPaymentReferenceStore, memoryProposalStore } from "./memory-payment-books.ts";
import { type MemoryPaymentStore, memoryPaymentStore } from "./memory-payment-store.ts";
import { memoryReconciliationStore } from "./memory-reconciliations.ts";
import {
  countingNonces,
  plainLinkCodes,
  type RecordingDueQueues,
  type RecordingEvents,
  recordingDueQueues,
  recordingEvents,
} from "./memory-recorders.ts";
import {
  type MemorySmsReferenceStore,
  memoryBillerStore,
  memoryImportStore,
  memoryNotificationStore,
  memorySmsReferenceStore,
  memorySuppressionStore,
} from "./memory-stores.ts";
import { MemoryTable } from "./memory-table.ts";

/** How the doubles start, and what goes wrong: `hooks`, `lagMs` and `staleReads` may be changed while a test runs. */
export type MemoryOptions = Hooks & {
  readonly start?: Moment;
  /** 1 unless told, so that everything due is in lane `"0"`. */
  readonly lanes?: number;
  /** One character per link key, newest first. */
  readonly linkKeys?: readonly string[];
  /** Slots by the real arithmetic, which waits; without it every line is free. */
  readonly paced?: boolean;
  lagMs?: (() => number) | undefined;
  staleReads?: (() => boolean) | undefined;
};

type Stored =
  | "linkCodes"
  | "nonces"
  | "billers"
  | "bills"
  | "attempts"
  | "notices"
  | "notifications"
  | "deskMails"
  | "suppressions"
  | "dueIndex"
  | "watermarks"
  | "imports"
  | "caps"
  | "spend"
  | "pace"
  | "timer"
  | "liveBillCache"
  | "counters"
  | "offers"
  | "customerOffers"
  | "couponPool"
  | "receiptNumbers"
  | "paymentReferences"
  | "paidDays"
  | "reconciliations"
  | "proposals"
  | "opens";

/** Every store over one table in memory, with clock, nonces, link codes, queues and bus; spread other ports beside it. */
export type MemoryPorts = Pick<Ports, Stored> & {
  readonly clock: ControlledClock;
  readonly payments: MemoryPaymentStore;
  readonly smsReferences: MemorySmsReferenceStore;
  readonly dueQueues: RecordingDueQueues;
  readonly delayedQueue: RecordingDelayedQueue;
  readonly events: RecordingEvents;
  readonly liveBills: ScriptedLiveBills;
  /** The options, to be changed at will. */
  readonly control: MemoryOptions;
};

/** A fresh world of doubles. */
export function memoryPorts(control: MemoryOptions = {}): MemoryPorts {
  const clock = controlledClock(control.start);
  const table = new MemoryTable({
    clock,
    lagMs: () => control.lagMs?.() ?? 0,
    staleReads: () => control.staleReads?.() ?? false,
  });
  const place = { table, lanes: control.lanes ?? 1 };
  const [payments, references] = [memoryPaymentStore(place), memorySmsReferenceStore(table)];
  const [queues, delayed, events] = [recordingDueQueues(), recordingDelayedQueue(), recordingEvents()];
  const watched = <P extends object>(name: string, port: P): P => hooked(name, port, control);
  return {
    control,
    clock,
    nonces: countingNonces(),
    linkCodes: watched("linkCodes", plainLinkCodes(control.linkKeys)),
    billers: watched("billers", memoryBillerStore(table)),
    bills: watched("bills", memoryBillStore(place)),
    attempts: watched("attempts", memoryAttemptStore(table)),
    payments: watched("payments", payments),
    notices: watched("notices", memoryNoticeStore(place)),
    notifications: watched("notifications", memoryNotificationStore(table)),
    deskMails: watched("deskMails", memoryDeskMailStore(table)),
    smsReferences: {
      ...watched("smsReferences", { put: references.put, get: references.get }),
      find: references.find,
    },
    suppressions: watched("suppressions", memorySuppressionStore(table)),
    dueIndex: watched("dueIndex", memoryDueIndex(table)),
    watermarks: watched("watermarks", memoryWatermarkStore(table)),
    imports: watched("imports", memoryImportStore(table)),
    caps: watched("caps", memoryFrequencyCaps(table)),
    spend: watched("spend", memorySpendStore(table)),
    pace: watched("pace", control.paced ? memoryPace(clock) : freePace(clock)),
    timer: jumpingTimer(clock),
    liveBills: watched("liveBills", scriptedLiveBills()),
    liveBillCache: watched("liveBillCache", memoryLiveBillCache(table)),
    offers: watched("offers", memoryOfferStore(table)),
    customerOffers: watched("customerOffers", memoryCustomerOffers(table)),
    couponPool: watched("couponPool", memoryCouponPool(table)),
    counters: watched("counters", memoryCounterStore(table)),
    receiptNumbers: watched("receiptNumbers", memoryReceiptNumberStore(table)),
    paymentReferences: watched("paymentReferences", memoryPaymentReferenceStore(table)),
    paidDays: watched("paidDays", memoryPaidDayStore(table)),
    reconciliations: watched("reconciliations", memoryReconciliationStore(table)),
    proposals: watched("proposals", memoryProposalStore(table)),
    opens: watched("opens", memoryOpenStore(table)),
    delayedQueue: { ...delayed, send: watched("delayedQueue", { send: delayed.send }).send },
    dueQueues: { ...queues, send: watched("dueQueues", { send: queues.send }).send },
    events: { ...events, publish: watched("events", { publish: events.publish }).publish },
  };
}
