import { invalidInput, notFound, unauthorized } from "../domain/errors.ts";
import type { Ports, WebhookCall } from "../ports.ts";

type WebhookPorts = Pick<Ports, "webhooks" | "deliveries" | "incomingPayments">;

/** What a webhook brought, for the log: how much was queued and how much concerns nobody here. */
export type ReceivedWebhook = { readonly deliveries: number; readonly payments: number; readonly skipped: number };

/**
 * Takes a provider's webhook: verified on its raw body, then queued in our own words and answered at once. Throws not-found for an
 * unknown provider, unauthorized for a signature that does not hold, invalid-input for a genuine body that cannot be read.
 */
export async function receiveWebhook(
  ports: WebhookPorts,
  call: WebhookCall & { readonly provider: string },
): Promise<ReceivedWebhook> {
  const read = Object.hasOwn(ports.webhooks, call.provider) ? ports.webhooks[call.provider] : undefined;
  if (!read) throw notFound(`There is no webhook for ${call.provider.slice(0, 32)}.`);
  const reading = await read(call);
  if (reading.outcome === "refused") throw unauthorized(`The webhook is not signed as it must be: ${reading.reason}.`);
  if (reading.outcome === "malformed") throw invalidInput("The webhook's body is not valid.", reading.fields);
  if (reading.deliveries.length > 0) await ports.deliveries.send(reading.deliveries);
  if (reading.payments.length > 0) await ports.incomingPayments.send(reading.payments);
  return { deliveries: reading.deliveries.length, payments: reading.payments.length, skipped: reading.skipped };
}
