import * as z from "zod/mini";
import { type Kept, unkept } from "../kept-state.ts";

const Channel = z.enum(["sms", "email", "whatsapp"]);
const CarrierService = z.enum(["sns", "sms-voice", "ses", "whatsapp", "social-messaging"]);
const MessageStatus = z.enum(["accepted", "delivered", "read", "failed"]);
const FilledTemplate = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  header: z.exactOptional(z.string()),
  body: z.string(),
  footer: z.exactOptional(z.string()),
  buttons: z.array(
    z.object({
      type: z.string(),
      text: z.string(),
      url: z.exactOptional(z.string()),
      payload: z.exactOptional(z.string()),
    }),
  ),
});
const CarrierMessage = z.object({
  id: z.string(),
  channel: Channel,
  to: z.string(),
  text: z.string(),
  subject: z.exactOptional(z.string()),
  html: z.exactOptional(z.string()),
  template: z.exactOptional(FilledTemplate),
  raw: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  at: z.string(),
  status: MessageStatus,
  key: z.exactOptional(z.string()),
  account: z.exactOptional(z.string()),
  service: z.exactOptional(CarrierService),
});

/** The services of the carriers: two each for SMS and WhatsApp. */
export type CarrierService = z.infer<typeof CarrierService>;

/** How a message travels. */
export type Channel = z.infer<typeof Channel>;

/** The most a carrier has told about a message. */
export type MessageStatus = z.infer<typeof MessageStatus>;

/** A WhatsApp template with its holes filled, as the customer sees it. */
export type FilledTemplate = z.infer<typeof FilledTemplate>;

/**
 * One message that a carrier accepted: `raw` is the request as it came over the wire without its credentials, `at` the
 * virtual time in ISO 8601, `key` our own reference where the protocol carries one, `account` the biller whose access token it
 * came with where the carrier has accounts by biller, `service` the one it came by.
 */
export type CarrierMessage = z.infer<typeof CarrierMessage>;

/** Every channel there is. */
export const channels: readonly Channel[] = ["sms", "email", "whatsapp"];

// In the order of what is known of a notification: a message that was read cannot have failed.
const rank: Readonly<Record<MessageStatus, number>> = { accepted: 0, delivered: 1, failed: 2, read: 3 };

const comparable = (address: string): string =>
  address.includes("@") ? address.trim().toLowerCase() : address.replace(/\D/g, "");

/** Where messages are kept: as they were accepted, and what was told of them since. */
export interface KeptMessages {
  readonly messages: Kept<unknown>;
  readonly statuses: Kept<string>;
}

/** What the carriers accepted, in order of arrival. */
export class MessageStore {
  readonly #messages = new Map<string, CarrierMessage>();
  readonly #kept: KeptMessages;

  /** A store with what is kept; throws where that is no message. */
  constructor(kept: KeptMessages = { messages: unkept(), statuses: unkept() }) {
    this.#kept = kept;
    for (const [id, message] of kept.messages.entries()) {
      const accepted = CarrierMessage.parse(message);
      const status = MessageStatus.parse(kept.statuses.entries().get(id) ?? accepted.status);
      this.#messages.set(id, { ...accepted, status });
    }
  }

  /** Keeps a message, on disk too when the call returns; throws on an id that is already taken. */
  add(message: CarrierMessage): void {
    if (this.#messages.has(message.id)) throw new Error(`Message ${message.id} is already stored`);
    this.#kept.messages.put(message.id, message);
    this.#messages.set(message.id, message);
  }

  /** The messages to one address and on one channel, oldest first; an address is compared without case, plus sign and spaces. */
  find(filter: { readonly address?: string; readonly channel?: string } = {}): readonly CarrierMessage[] {
    const address = filter.address === undefined ? undefined : comparable(filter.address);
    return [...this.#messages.values()].filter(
      (message) =>
        (address === undefined || comparable(message.to) === address) &&
        (filter.channel === undefined || message.channel === filter.channel),
    );
  }

  /** The message of an id, if there is one. */
  get(id: string): CarrierMessage | undefined {
    return this.#messages.get(id);
  }

  /** Raises a message's status: accepted, then delivered, then failed, then read, never back. */
  setStatus(id: string, status: MessageStatus): void {
    const message = this.#messages.get(id);
    if (message === undefined || rank[status] <= rank[message.status]) return;
    this.#kept.statuses.put(id, status);
    this.#messages.set(id, { ...message, status });
  }
}
