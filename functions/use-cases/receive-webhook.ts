import { type DuebellError, invalidInput, notFound, unauthorized } from "../domain/errors.ts";
import type { LookUpMessage, PaymentMessage } from "../messages.ts";
import type { Ports, WebhookAnswer, WebhookCall, WebhookReading } from "../ports.ts";

type WebhookPorts = Pick<Ports, "webhooks" | "deliveries" | "incomingPayments" | "lookUps" | "rawWebhooks" | "clock">;
type Call = WebhookCall & { readonly provider: string };
type Genuine = Extract<WebhookReading, { outcome: "genuine" }>;

/** The largest webhook that is read, in bytes: far above what any provider sends of payments. */
export const maxWebhookBytes = 256 * 1_024;

/** What customers write to a biller is not kept beside what is told of money. */
const unkept = "whatsapp";

/** What became of a webhook: `answer` is what its provider wants to read, `error` what it is told where it wants nothing special. */
export type ReceivedWebhook = { readonly answer?: WebhookAnswer } & (
  | {
      /** `skipped`: genuine, and all of it concerns nobody here. */
      readonly outcome: "received" | "skipped";
      /** How much was queued and how much concerns nobody here, for the log. */
      readonly told: Readonly<Record<"deliveries" | "payments" | "lookUps" | "skipped", number>>;
      readonly mode?: "live" | "test";
    }
  /** Its signature does not hold. */
  | { readonly outcome: "refused"; readonly error: DuebellError }
  /** Genuine, but it is not what its provider should send. */
  | { readonly outcome: "malformed"; readonly error: DuebellError }
  /** Genuine, but it could not be kept or queued: its provider is to send it again. */
  | { readonly outcome: "not-taken"; readonly error: unknown }
);

/**
 * Takes a provider's webhook: verified on its raw body, which is kept where it tells of money, then queued in our own words and answered
 * at once. Throws not-found for an unknown provider, invalid-input for a body that is too long, provider-error where no secret can be read.
 */
export async function receiveWebhook(ports: WebhookPorts, call: Call): Promise<ReceivedWebhook> {
  const read = Object.hasOwn(ports.webhooks, call.provider) ? ports.webhooks[call.provider] : undefined;
  if (!read) throw notFound(`There is no webhook for ${call.provider.slice(0, 32)}.`);
  if (call.body.byteLength > maxWebhookBytes) {
    const message = `must be ${maxWebhookBytes} bytes at most`;
    throw invalidInput("The webhook's body is too long.", [{ path: "body", message }]);
  }
  const reading = await read(call);
  const answer = reading.answer && { answer: reading.answer };
  if (reading.outcome === "refused") {
    const error = unauthorized(`The webhook is not signed as it must be: ${reading.reason}.`);
    return { outcome: "refused", error, ...answer };
  }
  try {
    if (reading.outcome === "genuine") await queue(ports, call, reading);
    else if (call.provider !== unkept) await keep(ports, call);
  } catch (error) {
    const failure = reading.outcome === "genuine" ? reading.failure : undefined;
    return { outcome: "not-taken", error, ...(failure && { answer: failure }) };
  }
  if (reading.outcome === "genuine") return { ...received(reading), ...answer };
  return { outcome: "malformed", error: invalidInput("The webhook's body is not valid.", reading.fields), ...answer };
}

const keep = ({ rawWebhooks, clock }: WebhookPorts, { biller, provider, body }: Call): Promise<string> =>
  rawWebhooks.keep({ biller, provider, body, at: clock.now() });

async function queue(ports: WebhookPorts, call: Call, { deliveries, payments, lookUps = [] }: Genuine): Promise<void> {
  if (deliveries.length > 0) await ports.deliveries.send(deliveries);
  if (payments.length === 0 && lookUps.length === 0) return;
  // Kept first: what is queued says where its body lies.
  const raw = await keep(ports, call);
  if (payments.length > 0) {
    const told = payments.map(({ type, payment }): PaymentMessage => ({ type, payment: { ...Object(payment), raw } }));
    await ports.incomingPayments.send(told);
  }
  if (lookUps.length > 0) await ports.lookUps.send(lookUps.map((lookUp): LookUpMessage => ({ ...lookUp, raw })));
}

function received({ deliveries, payments, lookUps = [], skipped, mode }: Genuine): ReceivedWebhook {
  const told = { deliveries: deliveries.length, payments: payments.length, lookUps: lookUps.length, skipped };
  const isSkipped = skipped > 0 && told.deliveries + told.payments + told.lookUps === 0;
  return { outcome: isSkipped ? "skipped" : "received", told, ...(mode && { mode }) };
}
