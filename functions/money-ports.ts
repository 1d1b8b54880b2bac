import type { Biller } from "./domain/biller.ts";
import type { Counter } from "./domain/counter.ts";
import type { GatewayName } from "./domain/gateway.ts";
import type { BillerId, CustomerId } from "./domain/ids.ts";
import type { LinkCode } from "./domain/link-code.ts";
import type { LocalDate, Moment } from "./domain/local-time.ts";
import type { Money } from "./domain/money.ts";
import type { NoticeKind } from "./domain/notice-kind.ts";
import type { Offer, OfferId } from "./domain/offer.ts";
import type { CountedOffer } from "./domain/offer-view.ts";
import type { PaymentReference } from "./domain/payment.ts";
import type { PaymentNotice } from "./domain/payment-notice.ts";
import type { Proposal, ProposalId } from "./domain/proposal.ts";
import type { NumberRecord, ReceiptNumber } from "./domain/receipt-number.ts";
import type { Reconciliation } from "./domain/reconciliation.ts";
import type { LookUpMessage, PaymentMessage, ReconciliationMessage } from "./messages.ts";

// What is asked of the world once money moves; `Ports` in ports.ts names each of these.

/** Which payment or bill a name of the payer's side belongs to. */
export type ReferredPayment = {
  readonly code: LinkCode;
  /** The first payment told under the name: an order may be paid in several. */
  readonly key: string;
};

/** The names payments are known by on the payer's side, of each biller. The payment's own key is one of them. */
export type PaymentReferenceStore = {
  /** Keeps the names; a name that is known keeps what it stood for. */
  put(biller: BillerId, references: readonly PaymentReference[], of: ReferredPayment): Promise<void>;
  /** Sees every finished write. */
  get(biller: BillerId, reference: PaymentReference): Promise<ReferredPayment | undefined>;
};

/** A payment as its day holds it. */
export type PaidOnDay = ReferredPayment & { readonly amount: Money };

/** The confirmed payments of each biller by the day they were paid on, in the biller's zone. */
export type PaidDayStore = {
  put(biller: BillerId, date: LocalDate, paid: PaidOnDay): Promise<void>;
  /** All of one day, or those of one amount. */
  find(biller: BillerId, date: LocalDate, amount?: Money): AsyncIterable<PaidOnDay>;
};

/** Counters, one item each. */
export type CounterStore = {
  /** Sees every finished write. */
  get(name: string): Promise<Counter | undefined>;
  /** As `BillStore.save`. */
  save(counter: Counter, readVersion: number): Promise<boolean>;
};

/** What became of each receipt number of a biller. */
export type ReceiptNumberStore = {
  /** Keeps the first that is told of a number; answers what is kept. */
  add(biller: BillerId, record: NumberRecord): Promise<NumberRecord>;
  get(biller: BillerId, number: ReceiptNumber): Promise<NumberRecord | undefined>;
};

/** Questions about money that wait for an operator. */
export type ProposalStore = {
  /** Keeps a proposal unless it is there, open or decided. */
  add(proposal: Proposal): Promise<void>;
  get(biller: BillerId, id: ProposalId): Promise<Proposal | undefined>;
  /** As `BillStore.save`; one that was decided, and is not still acted on, is listed no more. */
  save(proposal: Proposal, readVersion: number): Promise<boolean>;
  /** At most `limit` open ones after `after`, in the order of their ids. */
  find(biller: BillerId, range: { readonly after?: string; readonly limit: number }): Promise<readonly Proposal[]>;
};

/** Messages about payments that are not money yet. */
export type NoticeStore = {
  /** As `PaymentStore.add`. */
  add(notice: PaymentNotice): Promise<PaymentNotice>;
  get(
    code: LinkCode,
    kind: NoticeKind,
    key: string,
    options?: { readonly consistent?: boolean },
  ): Promise<PaymentNotice | undefined>;
  /** As `BillStore.save`. */
  save(notice: PaymentNotice, readVersion: number): Promise<boolean>;
};

/** The offers of the billers. */
export type OfferStore = {
  put(offer: Offer): Promise<"created" | "replaced">;
  get(biller: BillerId, offer: OfferId): Promise<Offer | undefined>;
  /** Every offer of a biller, in the order of their ids. */
  list(biller: BillerId): Promise<readonly Offer[]>;
  /** As `list`, with what was taken of each budget, at most a minute old: for pages. */
  listCached(biller: BillerId): Promise<readonly CountedOffer[]>;
};

/** Which of a customer's payments an offer was awarded to: sets that never grow beyond their limit. */
export type CustomerOfferStore = {
  /** Adds a payment, by its key; false when the limit is reached without it. */
  take(of: CustomerOffer, payment: string, limit: number): Promise<boolean>;
  /** Takes a payment out again, to which nothing was awarded in the end. */
  giveBack(of: CustomerOffer, payment: string): Promise<void>;
  count(of: CustomerOffer): Promise<number>;
};

/** One offer as one customer uses it up. */
export type CustomerOffer = { readonly biller: BillerId; readonly customer: CustomerId; readonly offer: OfferId };

/** The codes of coupon offers, in the order in which they were uploaded. */
export type CouponPool = {
  /** Adds codes behind those that are there, each once; `added` of them were new. */
  add(of: Pick<CustomerOffer, "biller" | "offer">, codes: readonly string[]): Promise<{ readonly added: number }>;
  /** The `n`th code, from 1. */
  get(of: Pick<CustomerOffer, "biller" | "offer">, n: number): Promise<string | undefined>;
  /** How many codes there are, those included that were handed out. */
  count(of: Pick<CustomerOffer, "biller" | "offer">): Promise<number>;
};

/** A gateway's own books of a biller, in our words: what it holds is what is true of money. */
export type GatewayLedger = {
  /** Everything paid or refunded that the gateway dates from `from` to before `to`. Throws provider-error where it does not answer. */
  find(biller: Biller, span: { readonly from: Moment; readonly to: Moment }): AsyncIterable<PaymentMessage>;
  /** What the gateway holds under one of its references; empty where it is nothing that concerns us. Throws provider-error where it does not answer. */
  lookUp(biller: Biller, reference: string): Promise<readonly PaymentMessage[]>;
  /** Whether the biller has an account there: its credentials are among the secrets. */
  has(biller: Biller): Promise<boolean>;
};

export type GatewayLedgers = Readonly<Record<GatewayName, GatewayLedger>>;

export type LookUpQueue = { send(lookUps: readonly LookUpMessage[]): Promise<void> };
export type ReconciliationQueue = { send(days: readonly ReconciliationMessage[]): Promise<void> };

/** What the daily pass over the gateways found. */
export type ReconciliationStore = {
  /** In place of an earlier run over the same day. */
  put(reconciliation: Reconciliation): Promise<void>;
  /** The newest days first, at most `limit`. */
  find(biller: BillerId, range: { readonly limit: number }): Promise<readonly Reconciliation[]>;
};

/** Bodies of genuine webhooks as they came, encrypted in the bucket for as long as operators may want to look. */
export type RawWebhooks = {
  /** Keeps a body; the same one told again is kept once. Answers where it lies. */
  keep(call: {
    readonly biller: BillerId;
    readonly provider: string;
    readonly body: Uint8Array;
    readonly at: Moment;
  }): Promise<string>;
};

/** What a biller's own system answered to an event. `gone` (410): it wants none any more. */
export type PostedEvent =
  | { readonly outcome: "taken" }
  | { readonly outcome: "refused"; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly outcome: "no-secret" | "gone" };

/** Posts to the billers' own webhooks, signed after Standard Webhooks by every live secret. Never throws for what such a system does. */
export type BillerWebhookPoster = {
  post(
    biller: Biller,
    event: { readonly id: string; readonly type: string; readonly at: Moment; readonly data: unknown },
  ): Promise<PostedEvent>;
};

/** Which billers' own systems did not answer again and again of late, as far as this copy of a Lambda knows. */
export type BillerRest = {
  /** Whether it is better left alone for now. */
  isResting(biller: BillerId): boolean;
  /** Remembers whether the system answered, be it a refusal. */
  note(biller: BillerId, isUp: boolean): void;
};

/** Of which events the people at a biller were written to, for some weeks. */
export type DeskMailStore = {
  has(biller: BillerId, eventId: string): Promise<boolean>;
  keep(biller: BillerId, eventId: string): Promise<void>;
};

/** Writes to the people at a biller. */
export type DeskMail = {
  send(biller: Biller, mail: { readonly id: string; readonly subject: string; readonly text: string }): Promise<void>;
};
