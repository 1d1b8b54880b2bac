import type { Address } from "./domain/addresses.ts";
import type { Bill, BillDetail, Tombstone } from "./domain/bill.ts";
import type { Biller } from "./domain/biller.ts";
import type { BillerApps } from "./domain/biller-page.ts";
import type { Caps } from "./domain/compliance.ts";
import type { FieldError } from "./domain/errors.ts";
import type { DuebellEvent } from "./domain/event.ts";
import type { BillerId, BillId, Channel, CustomerId, Header, ImportId } from "./domain/ids.ts";
import type { ImportRecord, ImportReject } from "./domain/import.ts";
import type { Lane, LinkCode } from "./domain/link-code.ts";
import type { FetchedBill, LiveBill } from "./domain/live-bill.ts";
import type { LocalDate, Moment } from "./domain/local-time.ts";
import type { Message, MessageVariables, Wording } from "./domain/message.ts";
import type { FailureKind, Notification, NotificationFacts, NotificationKey } from "./domain/notification.ts";
import type { LinkOpen, OpenDay } from "./domain/open.ts";
import type { Payment, UnmatchedPayment } from "./domain/payment.ts";
import type { Checkout, PaymentAttempt } from "./domain/payment-attempt.ts";
import type { PaymentNotice } from "./domain/payment-notice.ts";
import type { PrintedReceipt } from "./domain/printed-receipt.ts";
import type { DueKey } from "./domain/progress.ts";
import type {
  NumberedAttempt,
  PayFacts,
  RailAttempt,
  RailCapabilities,
  RailName,
  StartedRail,
  WayToPay,
} from "./domain/rail.ts";
import type { DeliveryMessage, DueMessage, ImportRange, LookUpMessage, PaymentMessage } from "./messages.ts";
import type {
  BillerRest,
  BillerWebhookPoster,
  CounterStore,
  CouponPool,
  CustomerOfferStore,
  DeskMail,
  DeskMailStore,
  GatewayLedgers,
  LookUpQueue,
  NoticeStore,
  OfferStore,
  PaidDayStore,
  PaymentReferenceStore,
  ProposalStore,
  RawWebhooks,
  ReceiptNumberStore,
  ReconciliationQueue,
  ReconciliationStore,
} from "./money-ports.ts";

/** Everything Duebell asks of the world. A port throws only what its caller cannot handle: a `DuebellError` of kind provider-error. */
export type Ports = {
  readonly clock: Clock;
  readonly nonces: Nonces;
  readonly linkCodes: LinkCodes;
  readonly unsubscribeTokens: UnsubscribeTokens;
  readonly billers: BillerStore;
  readonly bills: BillStore;
  readonly payments: PaymentStore;
  readonly notifications: NotificationStore;
  readonly smsReferences: SmsReferenceStore;
  readonly suppressions: SuppressionStore;
  readonly dueIndex: DueIndex;
  readonly watermarks: WatermarkStore;
  readonly dueQueues: DueQueues;
  readonly delayedQueue: DelayedQueue;
  readonly pace: Pace;
  readonly timer: Timer;
  readonly caps: FrequencyCaps;
  readonly spend: SpendStore;
  readonly events: EventPublisher;
  readonly wording: Wordings;
  readonly carrier: Carrier;
  readonly imports: ImportStore;
  readonly importFiles: ImportFiles;
  readonly importRanges: ImportRangeQueue;
  readonly deliveries: DeliveryQueue;
  readonly incomingPayments: PaymentQueue;
  readonly webhookSecrets: WebhookSecrets;
  readonly webhooks: WebhookReaders;
  readonly rails: Rails;
  readonly attempts: AttemptStore;
  readonly liveBills: LiveBills;
  readonly liveBillCache: LiveBillCache;
  readonly opens: OpenStore;
  readonly receiptFiles: ReceiptFiles;
  readonly paymentReferences: PaymentReferenceStore;
  readonly paidDays: PaidDayStore;
  readonly counters: CounterStore;
  readonly receiptNumbers: ReceiptNumberStore;
  readonly proposals: ProposalStore;
  readonly notices: NoticeStore;
  readonly offers: OfferStore;
  readonly customerOffers: CustomerOfferStore;
  readonly couponPool: CouponPool;
  readonly gatewayLedgers: GatewayLedgers;
  readonly lookUps: LookUpQueue;
  readonly reconciliationQueue: ReconciliationQueue;
  readonly reconciliations: ReconciliationStore;
  readonly rawWebhooks: RawWebhooks;
  readonly billerWebhook: BillerWebhookPoster;
  readonly billerRest: BillerRest;
  readonly desk: DeskMail;
  readonly deskMails: DeskMailStore;
};

/** The present time. */
export type Clock = { now(): Moment };

/** A fresh unguessable text for each call. */
export type Nonces = { next(): string };

/** The link codes of bills: a keyed hash over biller and bill id, one for each link key. */
export type LinkCodes = {
  /** The codes a bill may be stored under, that of the newest active key first. */
  candidates(biller: BillerId, billId: BillId): Promise<readonly LinkCode[]>;
};

/** What an unsubscribe link stands for: the address it was sent to, as its keyed hash, and the bill it came with. */
export type Unsubscribable = { readonly code: LinkCode; readonly channel: Channel; readonly addressHash: string };

/** Tokens of one-click unsubscribe links, which cannot be made by who only knows the payment link. */
export type UnsubscribeTokens = {
  make(about: Unsubscribable): Promise<string>;
  /** Undefined for a token that we did not make. */
  read(token: string): Promise<Unsubscribable | undefined>;
};

/** Settings of the billers. */
export type BillerStore = {
  /** Read fresh from the table. */
  get(biller: BillerId): Promise<Biller | undefined>;
  /** As `get`, at most a minute old: for pages and sends. */
  getCached(biller: BillerId): Promise<Biller | undefined>;
  /** Creates or replaces; `header-taken` when another biller holds the header or a former one. */
  put(biller: Biller): Promise<"created" | "replaced" | "header-taken">;
  /** Whose links a header is in, present or former; at most a minute old, and asked for as often for a header that nobody has. */
  findByHeader(header: string): Promise<BillerId | undefined>;
  /** Every biller there is. */
  list(): AsyncIterable<BillerId>;
  /** The billers that have apps of their own, with the headers of their links, the present one first; at most a minute old. */
  findWithApps(): Promise<readonly { readonly headers: readonly Header[]; readonly apps: BillerApps }[]>;
  /** Who sends WhatsApp messages from this phone number id. */
  findByWhatsApp(phoneNumberId: string): Promise<readonly BillerId[]>;
};

/** Everything that lies in a bill's partition. */
export type BillStory = {
  readonly bill?: Bill;
  readonly tombstone?: Tombstone;
  readonly detail?: BillDetail;
  readonly payments: readonly Payment[];
  /** Absent where there are none, as with nearly every bill. */
  readonly notices?: readonly PaymentNotice[];
  readonly notifications: readonly Notification[];
  readonly opens: readonly OpenDay[];
};

/** How a read weighs freshness against price: `consistent` sees every finished write, at twice the price. */
export type ReadOptions = { readonly consistent?: boolean };

/** Bills, one partition each. */
export type BillStore = {
  get(code: LinkCode, options?: ReadOptions): Promise<Bill | Tombstone | undefined>;
  /** The whole partition in one query; empty when nothing is there. */
  story(code: LinkCode, options?: ReadOptions): Promise<BillStory>;
  /** Writes a bill over the version it was read in (0: nothing was there); false when that is not what is stored. */
  save(bill: Bill | Tombstone, readVersion: number): Promise<boolean>;
  /** The detail a bill names by its digest. */
  getDetail(code: LinkCode, digest: string, options?: ReadOptions): Promise<BillDetail | undefined>;
  saveDetail(code: LinkCode, digest: string, detail: BillDetail): Promise<void>;
};

/** Payments as received and as decided. */
export type PaymentStore = {
  /** Adds a payment unless it is there; answers the one that is stored now. */
  add(payment: Payment): Promise<Payment>;
  /** As `BillStore.save`. */
  save(payment: Payment, readVersion: number): Promise<boolean>;
  get(code: LinkCode, key: string, options?: ReadOptions): Promise<Payment | undefined>;
  /**
   * Keeps a payment that matches no bill where operators look; `forgetUnmatched` takes it from there again. With `readVersion` as
   * `BillStore.save`; without it over what was kept of it before.
   */
  keepUnmatched(payment: UnmatchedPayment, readVersion?: number): Promise<boolean>;
  forgetUnmatched(payment: Pick<UnmatchedPayment, "biller" | "source" | "paymentId">): Promise<void>;
  /** Sees every finished write. */
  getUnmatched(biller: BillerId, key: string): Promise<UnmatchedPayment | undefined>;
  /** At most `limit` after the key `after`, in the order of their keys. */
  findUnmatched(
    biller: BillerId,
    range: { readonly after?: string; readonly limit: number },
  ): Promise<readonly UnmatchedPayment[]>;
};

/** Notifications and non-sends. */
export type NotificationStore = {
  /** Adds facts that are not known yet, keeping those that are; answers all that is known. */
  record(key: NotificationKey, facts: NotificationFacts): Promise<Notification>;
  get(key: NotificationKey, options?: ReadOptions): Promise<Notification | undefined>;
};

/** Which notification an SNS message id belongs to: SNS echoes nothing of ours. */
export type SmsReferenceStore = {
  put(providerReference: string, key: NotificationKey): Promise<void>;
  get(providerReference: string): Promise<NotificationKey | undefined>;
};

/** Why an address must not be messaged. */
export type Suppression = { readonly channel: Channel; readonly reason: string; readonly at: Moment };

/** Addresses that must not be messaged, by biller. */
export type SuppressionStore = {
  /** The keyed hash an address is known by. */
  hashOf(biller: BillerId, channel: Channel, address: Address): Promise<string>;
  /** The standing suppression; none where it was lifted. */
  get(biller: BillerId, channel: Channel, address: Address): Promise<Suppression | undefined>;
  /** As `get`, of an address named by its hash. */
  standing(addressHash: string, channel: Channel): Promise<Suppression | undefined>;
  /**
   * Keeps the first suppression of an address, named by its hash, and channel; one that was lifted before `at` stands again. True when
   * it stands by this call. A preference given in an app gives way to any other reason, since it may be given back.
   */
  put(addressHash: string, suppression: Suppression): Promise<boolean>;
  /** Lifts a suppression made before `at`, and keeps why: the consent that was given anew. True when one was lifted by this call. */
  lift(addressHash: string, consent: Suppression): Promise<boolean>;
};

/** The billers' caps on how often one customer is reminded. */
export type FrequencyCaps = {
  /** Counts a reminder (`<code>_<step>`) on a local day, once however often it is told; refused when the day or the week is full. */
  take(request: {
    readonly biller: BillerId;
    readonly customer: CustomerId;
    readonly day: LocalDate;
    readonly reminder: string;
    readonly limits: Caps;
  }): Promise<"taken" | "day-full" | "week-full">;
};

/** What the billers' messages may cost. */
export type SpendStore = {
  /** Counts a price, in millionths of a US dollar, on a local day; refused, and not counted, when a limit would be passed. */
  take(request: {
    readonly biller: BillerId;
    readonly channel: Channel;
    readonly day: LocalDate;
    readonly micros: number;
    readonly limitMicros: number;
    readonly prefix?: { readonly digits: string; readonly limitMicros: number };
  }): Promise<"taken" | "day-spent" | "prefix-spent">;
  /** Gives a price back that nothing was sent for. */
  giveBack(request: Parameters<SpendStore["take"]>[0]): Promise<void>;
};

/** Asks for the next slots on a line: of the senders that share one rate, such as a WhatsApp number or the account's SES. */
export type PaceRequest = {
  readonly line: string;
  /** Units a second: messages, or SMS parts. */
  readonly perSecond: number;
  readonly units: number;
  readonly biller: BillerId;
  /** The moment that was reserved before; it is answered again where it still stands. */
  readonly slot?: Moment;
  /** Does not wait behind the biller's own backlog: receipts. */
  readonly urgent?: boolean;
};

/** When the units may go out. */
export type Slot =
  /** At this moment, seconds or minutes away: the moment is theirs. `probe`: the circuit is open, and this send tries whether the provider is back. */
  | { readonly outcome: "slot"; readonly at: Moment; readonly probe?: true }
  /** Not yet: nothing is reserved, ask again then. */
  | { readonly outcome: "later"; readonly at: Moment }
  /** The provider is down: nobody calls it before then. */
  | { readonly outcome: "open-circuit"; readonly until: Moment };

/** The rates and circuits of the senders, reserved in the table by all who send. */
export type Pace = {
  reserve(request: PaceRequest): Promise<Slot>;
  /** How the provider answered: `throttled` slows the line down, `down` opens its circuit in the end, `up` closes it. */
  report(line: string, how: "up" | "throttled" | "down"): Promise<void>;
};

/** Waits: never longer than seconds. */
export type Timer = { until(at: Moment): Promise<void> };

/** Puts a due message back until its slot: at most 900 seconds. */
export type DelayedQueue = { send(message: DueMessage, delaySeconds: number): Promise<void> };

/** One entry of the due index: the key of an item, and where it stands. */
export type DueEntry = DueMessage & { readonly due: DueKey };

/** What is due, lane by lane, in the order of the due key. */
export type DueIndex = {
  /** At most `limit` entries after `after` (an entry, or a minute's text) and before the minute `before`. */
  find(
    lane: Lane,
    range: { readonly after: string | DueEntry; readonly before: string; readonly limit: number },
  ): Promise<readonly DueEntry[]>;
};

/** How far a lane is swept: an entry, or the text of a minute before which all is swept. */
export type Watermark = { readonly position: string | DueEntry; readonly version: number };

export type WatermarkStore = {
  get(lane: Lane): Promise<Watermark | undefined>;
  /** Moves on from the version read (0: there was none); false when another sweep moved it. */
  advance(lane: Lane, position: string | DueEntry, readVersion: number): Promise<boolean>;
};

/** The channel queues that `send-notification` works off. */
export type DueQueues = { send(messages: readonly DueMessage[]): Promise<void> };

/** The bus. Delivery is at least once; the event id tells repeats apart. */
export type EventPublisher = { publish(events: readonly DuebellEvent[]): Promise<void> };

/** The wording of messages, for one channel. */
export type Wordings = WordingSource & {
  /** The first of the wanted languages that there is wording in, else English: amounts and dates are written in the same. */
  languageFor(...wanted: readonly string[]): string;
};

export type WordingSource = {
  /** Undefined when the message has no wording for the channel. */
  render(request: {
    readonly message: string;
    readonly language: string;
    readonly biller: Biller;
    readonly variables: MessageVariables;
  }): Wording | undefined;
};

/** What a carrier answered. Acceptance is not delivery. */
export type SendResult =
  | { readonly outcome: "accepted"; readonly providerReference: string }
  /** On the carrier's list of answers that prove nothing was accepted: the same hop may be tried later. */
  | { readonly outcome: "refused-for-now"; readonly reason: string }
  /** Proves that nothing was accepted, and that the same message never will be. */
  | {
      readonly outcome: "refused";
      readonly kind: FailureKind;
      readonly reason: string;
      /** Why the address must not be messaged any more, where the refusal says so. */
      readonly suppress?: string;
    }
  /** No answer, or one that proves nothing. */
  | { readonly outcome: "unknown"; readonly reason: string };

/** One channel's provider. One call is at most one attempt: nothing is retried inside. */
export type Carrier = { send(message: Message, signal: AbortSignal): Promise<SendResult> };

/** The records of imports. */
export type ImportStore = {
  create(record: ImportRecord): Promise<void>;
  /** Sees every finished write. */
  get(biller: BillerId, importId: ImportId): Promise<ImportRecord | undefined>;
  /** Writes over the version read; false when it is not what is stored. */
  save(record: ImportRecord, readVersion: number): Promise<boolean>;
  /** Keeps the rows of one range that could not be registered, in place of what was kept for it. */
  keepRejects(of: ImportName & { readonly range: number }, rejects: readonly ImportReject[]): Promise<void>;
  /** All that `keepRejects` was given, in the order of the ranges. */
  findRejects(of: ImportName): AsyncIterable<ImportReject>;
};

/** Which import is meant. */
export type ImportName = { readonly biller: BillerId; readonly importId: ImportId };

/** The uploaded files and the lists of their refused rows. */
export type ImportFiles = {
  /** A URL to which a plain PUT of the file imports it, good for an hour. */
  uploadUrl(key: string): Promise<string>;
  /** The bytes of one version of a file, from `from` to before `to`. */
  read(file: {
    readonly key: string;
    readonly versionId: string;
    readonly from?: number;
    readonly to?: number;
  }): Promise<AsyncIterable<Uint8Array>>;
  /** Writes the list while it comes, in bounded memory; an empty list leaves no file, a list that fails leaves none either. */
  writeRejects(key: string, rejects: AsyncIterable<ImportReject>): Promise<void>;
  /** A list that was written, again. */
  readRejects(key: string): AsyncIterable<ImportReject>;
  /** A URL to read the list by, good for an hour. */
  rejectsUrl(key: string): Promise<string>;
};

export type ImportRangeQueue = { send(ranges: readonly ImportRange[]): Promise<void> };
export type DeliveryQueue = { send(reports: readonly DeliveryMessage[]): Promise<void> };
/** Where messages end that cannot be worked off: each with why, in words that name nobody. */
export type DeadLetters = { send(body: string, cause: Readonly<Record<string, string>>): Promise<void> };
export type PaymentQueue = { send(payments: readonly PaymentMessage[]): Promise<void> };

/** The secrets that incoming webhooks are signed with. */
export type WebhookSecrets = {
  /** The live Standard Webhooks secrets of a biller (`whsec_…`): one, or two during rotation; none when it has no such webhook. */
  standard(biller: BillerId): Promise<readonly string[]>;
  /** What each gateway signs with: one secret, or two during rotation; none where the biller has no account there. */
  razorpay(biller: BillerId): Promise<readonly string[]>;
  stripe(biller: BillerId): Promise<readonly string[]>;
  mercadoPago(biller: BillerId): Promise<readonly string[]>;
  /** The `authorization` headers that Bharat BillPay's platform may come with: one, or two during rotation. */
  bbps(biller: BillerId): Promise<readonly string[]>;
  /** What Meta signs with and asks for; undefined when the biller has no WhatsApp. */
  whatsApp(biller: BillerId): Promise<{ readonly appSecret: string; readonly verifyToken: string } | undefined>;
};

/** A webhook as it came over the wire; header names in lower case. */
export type WebhookCall = {
  readonly biller: BillerId;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string>>;
};

/** What a genuine webhook told, in our words; `skipped` counts what concerns nobody here. */
export type WebhookReading =
  | {
      readonly outcome: "genuine";
      readonly deliveries: readonly DeliveryMessage[];
      readonly payments: readonly PaymentMessage[];
      /** What its gateway is to be asked about before it is believed. */
      readonly lookUps?: readonly LookUpMessage[];
      /** Events that concern nobody here, acknowledged and counted. */
      readonly skipped: number;
      /** Whether the provider says that this is real money. */
      readonly mode?: "live" | "test";
      readonly answer?: WebhookAnswer;
      /** In place of `answer` where we cannot take it now. */
      readonly failure?: WebhookAnswer;
    }
  | { readonly outcome: "refused"; readonly reason: string; readonly answer?: WebhookAnswer }
  | { readonly outcome: "malformed"; readonly fields: readonly FieldError[]; readonly answer?: WebhookAnswer };

/** What a provider wants to read, where a status alone does not do. */
export type WebhookAnswer = { readonly status: number; readonly body: unknown };

/** The providers that call us, by their name in the path: each verifies the raw body before it is read. */
export type WebhookReaders = Readonly<Record<string, (call: WebhookCall) => Promise<WebhookReading>>>;

/**
 * One way to pay, behind which stands whoever moves the money. A `composed` rail is started by what we can say ourselves; a `gateway` is
 * asked for a checkout, under a name that is the same however often the same attempt is asked for.
 */
export type Rail = {
  readonly name: RailName;
  readonly capabilities: RailCapabilities;
  /** What a page offers, without asking anybody; undefined where the rail does not fit the biller, the currency or what is owed. */
  offer(facts: PayFacts): WayToPay | undefined;
} & (
  | { readonly kind: "composed"; start(attempt: RailAttempt): StartedRail }
  | {
      readonly kind: "gateway";
      /** Makes the checkout of an attempt; made again, it is the same one. */
      create(attempt: NumberedAttempt): Promise<CreatedCheckout>;
      /** Ends a checkout at the gateway by its reference there, and tells what became of it, however often it is asked. */
      cancel(providerReference: string, biller: Biller): Promise<EndedCheckout>;
    }
);

/** What a gateway answered to an attempt. */
export type CreatedCheckout =
  | ({ readonly outcome: "created" } & Checkout)
  /** It did not answer, or refused: `reason` is for the log, and names nobody. `spent`: nothing comes of this `n` any more, the next may do. */
  | { readonly outcome: "unavailable"; readonly reason: string; readonly spent?: true };

/** What became of a checkout that was to be ended: nobody can pay it any more, it was paid before, or nobody can say. */
export type EndedCheckout = "ended" | "paid" | "unknown";

/** Every rail there is, in the order in which pages offer them. */
export type Rails = readonly Rail[];

/** The attempts to pay at gateways. */
export type AttemptStore = {
  get(code: LinkCode, rail: RailName): Promise<PaymentAttempt | undefined>;
  /** As `BillStore.save`. */
  save(attempt: PaymentAttempt, readVersion: number): Promise<boolean>;
};

/** The billers' own systems, which say what is due now. Never throws for what such a system does. */
export type LiveBills = {
  fetch(
    biller: Biller,
    bill: Bill,
    detail: BillDetail | undefined,
  ): Promise<FetchedBill | { readonly outcome: "failed"; readonly reason: string }>;
};

/** What the billers' own systems said last, and how often they were asked. */
export type LiveBillCache = {
  get(code: LinkCode, options?: ReadOptions): Promise<LiveBill | undefined>;
  put(code: LinkCode, live: LiveBill): Promise<void>;
  /** Counts a question to the biller's system; false when its limit for this minute is reached. */
  permit(biller: BillerId, at: Moment, limit: number): Promise<boolean>;
};

/** How often a bill's page was opened. */
export type OpenStore = {
  /** Counts opens told together, each once however often it is told. */
  count(opens: readonly LinkOpen[]): Promise<void>;
};

/** Receipts as files. */
export type ReceiptFiles = {
  /** A PDF with its fonts in it, one page of A4 or more; undefined where no font here has the letters of its texts. */
  pdf(receipt: PrintedReceipt): Promise<Uint8Array | undefined>;
};
