import type * as z from "zod/mini";
import { cryptoUnsubscribeTokens } from "../../functions/adapters/crypto/unsubscribe-tokens.ts";
import { emailWording } from "../../functions/adapters/wording/email-wording.ts";
import { languageFor } from "../../functions/adapters/wording/inventory.ts";
import { smsWording } from "../../functions/adapters/wording/sms-wording.ts";
import { whatsAppWording } from "../../functions/adapters/wording/whatsapp-wording.ts";
import { BillInput } from "../../functions/domain/bill-input.ts";
import type { Biller } from "../../functions/domain/biller.ts";
import type { BillerId, BillId, Channel } from "../../functions/domain/ids.ts";
import type { LinkCode } from "../../functions/domain/link-code.ts";
import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { Message } from "../../functions/domain/message.ts";
import { PaymentFact } from "../../functions/domain/payment.ts";
import { parseDue } from "../../functions/domain/progress.ts";
import type { TimelineEntry } from "../../functions/domain/timeline.ts";
import type { DeliveryReport, DueMessage } from "../../functions/messages.ts";
import type { BillStory, Carrier } from "../../functions/ports.ts";
import { getBill } from "../../functions/use-cases/get-bill.ts";
import { recordDelivery } from "../../functions/use-cases/record-delivery.ts";
import { recordPayment } from "../../functions/use-cases/record-payment.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { type SendNotification, type Sent, sendNotification } from "../../functions/use-cases/send-notification.ts";
import { sweepDueLane } from "../../functions/use-cases/sweep-due-lane.ts";
import { aBiller } from "./builders.ts";
import { hooked } from "./memory-hooks.ts";
import { type MemoryOptions, type MemoryPorts, memoryPorts } from "./memory-ports.ts";
import { plainCode } from "./memory-recorders.ts";
import { recordingCarrier } from "./recording-carrier.ts";

/** The bill that the worlds below are about. */
export const named = { biller: "example-power" as BillerId, billId: "EP-2026-11-10023" as BillId };

const code: LinkCode = plainCode(named.biller, named.billId);

/** A moment of Kolkata, such as `2026-11-15 10:00`. */
export const kolkata = (text: string): Moment => Date.parse(`${text.replace(" ", "T")}:00+05:30`);

/** The bill of `named` as its biller hands it over. */
export const aBillInput = (overrides: Partial<z.input<typeof BillInput>> = {}): BillInput =>
  BillInput.parse({
    customer: {
      id: "10023",
      name: "Asha Sen",
      language: "bn",
      addresses: { whatsapp: "+919830012345", sms: "+919830012345", email: "asha@example.org" },
    },
    title: "Electricity, November 2026",
    category: "electricity",
    amountDue: { value: 124_900, currency: "INR" },
    issuedOn: "2026-11-15",
    dueDate: "2026-11-30",
    ...overrides,
  });

/** The whole amount of `named`, paid on 20 November 2026, as its gateway tells it; by its link code where one is given. */
export const aPaymentFact = (overrides: Partial<z.input<typeof PaymentFact>> = {}): PaymentFact =>
  PaymentFact.parse({
    biller: named.biller,
    ...(overrides.code === undefined && { billId: named.billId }),
    paymentId: "pay_0001",
    amount: { value: 124_900, currency: "INR" },
    rail: "upi",
    paidAt: "2026-11-20T13:00:00Z",
    source: "standard",
    ...overrides,
  });

const linkKey = { id: "1", key: "example-link-key-1-".padEnd(32, "x"), activeFrom: 0 };

/** The real wording of every channel. */
const wordings = { sms: smsWording(), email: emailWording(), whatsapp: whatsAppWording() };

/** How long the sender's Lambda may run. */
const senderTimeoutMs = 30_000;

export type BillWorld = Awaited<ReturnType<typeof billWorld>>;

/** A biller and everything a bill of it goes through, in memory; the clock stands at the morning the bill is issued. */
export async function billWorld(options: MemoryOptions & { readonly biller?: Biller } = {}) {
  const { biller = aBiller(), ...control } = options;
  const ports = memoryPorts(control);
  await ports.billers.put(biller);
  const sending = sendingOf(ports);
  const story = (of: LinkCode = code): Promise<BillStory> => ports.bills.story(of, { consistent: true });
  /** The due message of the bill, or of one payment of it, where its cursor stands now. */
  const dueMessage = async (paymentId?: string): Promise<DueMessage> => {
    const { bill, payments } = await story();
    const payment = payments.find((candidate) => candidate.paymentId === paymentId);
    const due = (paymentId === undefined ? bill : payment)?.progress.cursor?.due;
    if (due === undefined) throw new Error("there is no cursor");
    return { pk: `BILL#${code}`, sk: payment ? `PAY#${payment.source}:${payment.paymentId}` : "BILL", due };
  };
  return {
    ports,
    control: ports.control,
    biller,
    code,
    story,
    ...sending,
    ...billActs(ports),
    dueMessage,
    /** Goes to the bill's (or payment's) next stop and works it off. */
    async sendNext(paymentId?: string): Promise<Sent> {
      const message = await dueMessage(paymentId);
      ports.clock.set(Math.max(ports.clock.now(), dueMoment(message.due) + minuteMs));
      return sending.send(message);
    },
  };
}

/** The carriers and the senders of every channel, with all that was sent. */
function sendingOf(ports: MemoryPorts) {
  const carriers = { sms: recordingCarrier(), email: recordingCarrier(), whatsapp: recordingCarrier() };
  const tokens = cryptoUnsubscribeTokens({ keys: async () => [linkKey] });
  const unsubscribeTokens = hooked("unsubscribeTokens", tokens, ports.control);
  const calls: Message[] = [];
  const logged = (channel: Channel): Carrier => ({
    send(message, signal) {
      calls.push(message);
      return carriers[channel].send(message, signal);
    },
  });
  const senders = (channel: Channel) => ({
    ...ports,
    smsReferences: { put: ports.smsReferences.put, get: ports.smsReferences.get },
    unsubscribeTokens,
    wording: { ...wordings[channel], languageFor },
    carrier: hooked("carrier", logged(channel), ports.control),
  });
  const commandFor = (message: DueMessage, more: Partial<SendNotification> = {}): SendNotification => ({
    message,
    deadline: ports.clock.now() + senderTimeoutMs,
    receiveCount: 1,
    maxReceives: 5,
    rates: {},
    senderTimeoutMs,
    linkBaseUrl: "https://pay.example.com",
    ...more,
  });
  return {
    carriers,
    unsubscribeTokens,
    senders,
    commandFor,
    send: (message: DueMessage, more: Partial<SendNotification> = {}): Promise<Sent> =>
      sendNotification(senders(parseDue(message.due).channel), commandFor(message, more)),
    /** Every message given to a carrier, in order. */
    calls,
    /** The same as `channel step`. */
    sent: (): string[] => calls.map(({ key, wording }) => `${wording.channel} ${key.step.split(".")[0]}`),
  };
}

/** What the biller, the payer and the carriers do, and what operators see of it. */
const billActs = (ports: MemoryPorts) => ({
  register: (changes: Parameters<typeof aBillInput>[0] = {}) =>
    registerBill(ports, { ...named, bill: aBillInput(changes) }),
  sweep: () => sweepDueLane(ports, { lane: "0", deadline: ports.clock.now() + 55_000 }),
  pay: (changes: Parameters<typeof aPaymentFact>[0] = {}, type: "succeeded" | "refunded" = "succeeded") =>
    recordPayment(ports, { type: `payment.${type}`, payment: aPaymentFact(changes) }),
  report: (report: Partial<DeliveryReport> & Pick<DeliveryReport, "step" | "channel" | "hop">) =>
    recordDelivery(ports, { kind: "delivery", code, status: "delivered", at: ports.clock.now(), ...report }),
  /** The story as operators see it: reminders, receipts and non-sends, one text each. */
  told: async (): Promise<string[]> => (await getBill(ports, named)).timeline.flatMap(toldText),
  timeline: async (): Promise<readonly TimelineEntry[]> => (await getBill(ports, named)).timeline,
});

/** The minute a due key names. */
export const dueMoment = (due: string): Moment => Date.parse(`${parseDue(due).minute}:00Z`);

function toldText(entry: TimelineEntry): string[] {
  if (entry.kind !== "notification" && entry.kind !== "non-send") return [];
  const { step, hop, channel, status, reason } = entry;
  return [`${step.split(".")[0]} ${hop} ${channel}: ${status}${reason === undefined ? "" : `, ${reason}`}`];
}
