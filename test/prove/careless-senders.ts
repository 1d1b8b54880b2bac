import type { Biller } from "../../functions/domain/biller.ts";
import type { BillerStore } from "../../functions/ports.ts";
import { sendNotification } from "../../functions/use-cases/send-notification.ts";
import type { Breach } from "../support/fault-judge.ts";
import type { Sender, SenderPorts } from "../support/town-life.ts";

type CarelessOf = (ports: SenderPorts) => Partial<SenderPorts>;

const careless =
  (of: CarelessOf): Sender =>
  (ports, command) =>
    sendNotification({ ...ports, ...of(ports) }, command);

/** The settings of billers as a sender sees them that does not know all of them. */
const seenAs = (billers: BillerStore, see: (biller: Biller) => Biller): BillerStore => ({
  ...billers,
  async getCached(id) {
    const biller = await billers.getCached(id);
    return biller && see(biller);
  },
});

/** Senders that do everything right but one thing, by the promise they break: what watches over the promises must see it. */
export const carelessSenders = {
  suppressed: careless(({ suppressions }) => ({ suppressions: { ...suppressions, get: async () => undefined } })),
  "outside the window": careless(({ billers }) => ({
    billers: seenAs(billers, ({ window: _window, ...open }) => open),
  })),
  "hop too soon": careless(({ billers }) => ({
    billers: seenAs(billers, (biller) => ({ ...biller, hops: biller.hops.map((hop) => ({ ...hop, wait: "PT1M" })) })),
  })),
  vanished: careless(({ notifications }) => ({
    notifications: {
      ...notifications,
      record: async (key, facts) =>
        facts.notSentAt === undefined ? await notifications.record(key, facts) : { ...key, ...facts },
    },
  })),
} as const satisfies Partial<Record<Breach, Sender>>;
