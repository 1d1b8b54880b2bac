import { cryptoAddressHash } from "../functions/adapters/crypto/address-hash.ts";
import { cryptoLinkCodes } from "../functions/adapters/crypto/link-codes.ts";
import { cryptoNonces } from "../functions/adapters/crypto/nonces.ts";
import { cryptoUnsubscribeTokens } from "../functions/adapters/crypto/unsubscribe-tokens.ts";
import { dynamoBillStore } from "../functions/adapters/dynamodb/bill-store.ts";
import { dynamoBillerStore } from "../functions/adapters/dynamodb/biller-store.ts";
import { type CustomerHash, dynamoFrequencyCaps } from "../functions/adapters/dynamodb/caps-store.ts";
import { dynamoCounterStore } from "../functions/adapters/dynamodb/counter-store.ts";
import { dynamoCouponPool } from "../functions/adapters/dynamodb/coupon-pool.ts";
import { dynamoCustomerOffers } from "../functions/adapters/dynamodb/customer-offers.ts";
import { dynamoDueIndex } from "../functions/adapters/dynamodb/due-index.ts";
import { dynamoLiveBillCache } from "../functions/adapters/dynamodb/live-bill-cache.ts";
import { dynamoNoticeStore } from "../functions/adapters/dynamodb/notice-store.ts";
import { dynamoNotificationStore } from "../functions/adapters/dynamodb/notification-store.ts";
import { dynamoOfferStore } from "../functions/adapters/dynamodb/offer-store.ts";
import { dynamoPaidDayStore } from "../functions/adapters/dynamodb/paid-days.ts";
import { dynamoPaymentReferenceStore } from "../functions/adapters/dynamodb/payment-references.ts";
import { dynamoPaymentStore } from "../functions/adapters/dynamodb/payment-store.ts";
import { dynamoProposalStore } from "../functions/adapters/dynamodb/proposal-store.ts";
import { dynamoReceiptNumberStore } from "../functions/adapters/dynamodb/receipt-numbers.ts";
import { dynamoSmsReferenceStore } from "../functions/adapters/dynamodb/sms-reference-store.ts";
import { dynamoSpendStore } from "../functions/adapters/dynamodb/spend-store.ts";
import { type AddressHash, dynamoSuppressionStore } from "../functions/adapters/dynamodb/suppression-store.ts";
import { dynamoWatermarkStore } from "../functions/adapters/dynamodb/watermark-store.ts";
import { emailWording } from "../functions/adapters/wording/email-wording.ts";
import { languageFor } from "../functions/adapters/wording/inventory.ts";
import { smsWording } from "../functions/adapters/wording/sms-wording.ts";
import { whatsAppWording } from "../functions/adapters/wording/whatsapp-wording.ts";
import { outstanding } from "../functions/domain/bill.ts";
import type { Biller } from "../functions/domain/biller.ts";
import type { Channel } from "../functions/domain/ids.ts";
import { type Moment, minuteMs } from "../functions/domain/local-time.ts";
import { PaymentFact, paymentKey } from "../functions/domain/payment.ts";
import { parseDue } from "../functions/domain/progress.ts";
import type { DeliveryReport, DueMessage } from "../functions/messages.ts";
import type { BillStory, Carrier, Clock, DueQueues, Pace } from "../functions/ports.ts";
import { recordDelivery } from "../functions/use-cases/record-delivery.ts";
import { recordPayment } from "../functions/use-cases/record-payment.ts";
import { registerBill } from "../functions/use-cases/register-bill.ts";
import { sendNotification } from "../functions/use-cases/send-notification.ts";
import { sweepDueLane } from "../functions/use-cases/sweep-due-lane.ts";
import type { CountedTable } from "./counted-table.ts";
import type { GivenBill } from "./example-data.ts";

/** The morning on which the example bills are issued. */
const issueMorning: Moment = Date.parse("2026-11-15T09:30:00+05:30");
const senderTimeoutMs = 30_000;
const sendSettings = { receiveCount: 1, maxReceives: 5, rates: {}, linkBaseUrl: "https://pay.example.com" } as const;
const linkKey = { id: "1", key: "example-link-key-1-".padEnd(32, "x"), activeFrom: 0 };

/** A carrier that accepts everything at once. */
export function acceptingCarrier(): Carrier {
  let n = 0;
  return {
    send: async () => ({ outcome: "accepted", providerReference: `provider-reference-${++n}`.padEnd(36, "x") }),
  };
}

/** Lines that are never full: what a slot costs is counted apart, by the batch. */
const freeLines = (clock: Clock): Pace => ({
  reserve: async () => ({ outcome: "slot", at: clock.now() }),
  report: async () => undefined,
});

const wordings = { sms: smsWording(), email: emailWording(), whatsapp: whatsAppWording() };

/** What stands in for the outside: a carrier for each channel, and where due messages go. */
export type Outside = { readonly carriers: Readonly<Record<Channel, Carrier>>; readonly dueQueues: DueQueues };

/** A carrier for each channel that accepts everything, and a queue that forgets. */
export const quietOutside = (): Outside => ({
  carriers: { sms: acceptingCarrier(), email: acceptingCarrier(), whatsapp: acceptingCarrier() },
  dueQueues: { send: async () => undefined },
});

export type BillWorld = Awaited<ReturnType<typeof billWorld>>;

/** A biller in a counted table and the use cases over the real stores; the clock stands still until it is set. */
export async function billWorld({ client, table }: CountedTable, biller: Biller, outside: Outside = quietOutside()) {
  let now = issueMorning;
  const clock = { now: () => now };
  const keys = async () => [linkKey];
  const hash = cryptoAddressHash({ keys });
  const addressHash: AddressHash = (of, channel, address) => hash(of, `${channel}|${address}`);
  const customerHash: CustomerHash = (of, customer) => hash(of, `customer|${customer}`);
  const place = { client, table, lanes: 1, clock, addressHash };
  const [counters, couponPool] = [dynamoCounterStore(place), dynamoCouponPool(place)];
  const ports = {
    clock,
    nonces: cryptoNonces,
    linkCodes: cryptoLinkCodes({ keys, clock }),
    unsubscribeTokens: cryptoUnsubscribeTokens({ keys }),
    events: { publish: async () => undefined },
    dueQueues: outside.dueQueues,
    bills: dynamoBillStore(place),
    billers: dynamoBillerStore(place),
    payments: dynamoPaymentStore(place),
    notices: dynamoNoticeStore(place),
    notifications: dynamoNotificationStore(place),
    suppressions: dynamoSuppressionStore(place),
    dueIndex: dynamoDueIndex(place),
    watermarks: dynamoWatermarkStore(place),
    smsReferences: dynamoSmsReferenceStore(place),
    caps: dynamoFrequencyCaps({ ...place, customerHash }),
    paymentReferences: dynamoPaymentReferenceStore(place),
    paidDays: dynamoPaidDayStore(place),
    proposals: dynamoProposalStore(place),
    counters,
    receiptNumbers: dynamoReceiptNumberStore(place),
    offers: dynamoOfferStore({ ...place, counters, couponPool }),
    customerOffers: dynamoCustomerOffers({ ...place, customerHash }),
    couponPool,
    spend: dynamoSpendStore(place),
    pace: freeLines(clock),
    timer: { until: async () => undefined },
    delayedQueue: { send: async () => undefined },
    liveBills: { fetch: async () => ({ outcome: "failed", reason: "unreachable" }) as const },
    liveBillCache: dynamoLiveBillCache(place),
  };
  await ports.billers.put(biller);

  const send = async (message: DueMessage): Promise<string> => {
    const { channel } = parseDue(message.due);
    const sender = {
      ...ports,
      carrier: outside.carriers[channel],
      wording: { ...wordings[channel], languageFor },
    };
    const { smsReferences: _references, ...others } = sender;
    const command = { message, deadline: now + senderTimeoutMs, senderTimeoutMs, ...sendSettings };
    return (await sendNotification(channel === "sms" ? sender : others, command)).outcome;
  };
  const moveTo = (moment: Moment): void => {
    now = moment;
  };
  return { ports, biller, send, moveTo };
}

/** One bill of such a world, and what happens to it. */
export async function billIn({ ports, biller, send, moveTo }: BillWorld, { billId, bill: given }: GivenBill) {
  const { bill } = await registerBill(ports, { biller: biller.id, billId, bill: given });
  const { code } = bill;
  const story = (): Promise<BillStory> => ports.bills.story(code, { consistent: true });

  /** Goes to the next stop of the bill, or of its payment's receipt, and keeps the biller's settings warm. */
  async function nextDue(of: "bill" | "payment" = "bill"): Promise<DueMessage> {
    const { bill: stored, payments } = await story();
    const [payment] = payments;
    const due = (of === "bill" ? stored : payment)?.progress.cursor?.due;
    if (due === undefined) throw new Error(`The ${of} has no next stop`);
    moveTo(Math.max(ports.clock.now(), Date.parse(`${parseDue(due).minute}:00Z`) + minuteMs));
    await ports.billers.getCached(biller.id);
    return { pk: `BILL#${code}`, sk: of === "payment" && payment ? `PAY#${paymentKey(payment)}` : "BILL", due };
  }

  return {
    code,
    story,
    nextDue,
    send,
    report: (report: Pick<DeliveryReport, "step" | "hop" | "channel" | "status">) =>
      recordDelivery(ports, { kind: "delivery", code, at: ports.clock.now(), ...report }),
    /** Pays what the bill asks for at this moment. */
    async pay(paymentId: string) {
      const { bill: stored } = await story();
      const payment = PaymentFact.parse({
        biller: biller.id,
        billId,
        paymentId,
        amount: outstanding(stored ?? bill, ports.clock.now()),
        rail: "upi",
        paidAt: new Date(ports.clock.now()).toISOString(),
        source: "standard",
      });
      return () => recordPayment(ports, { type: "payment.succeeded", payment });
    },
    sweep: () => sweepDueLane(ports, { lane: "0", deadline: ports.clock.now() + 55_000 }),
  };
}
