import type { Message } from "../domain/message.ts";
import type { Carrier } from "../ports.ts";
import { byFault } from "./failed-call.ts";

/** Chooses the sender of each message by the provider its biller names; where it names none of these, nothing is sent: a technical failure. */
export function carrierByProvider<Provider extends string>(
  senders: Readonly<Record<Provider, Carrier>>,
  providerOf: (biller: Message["biller"]) => Provider | undefined,
): Carrier {
  return {
    async send(message, signal) {
      const provider = providerOf(message.biller);
      const sender = provider !== undefined && Object.hasOwn(senders, provider) ? senders[provider] : undefined;
      return sender ? sender.send(message, signal) : byFault("no-sender-settings");
    },
  };
}
