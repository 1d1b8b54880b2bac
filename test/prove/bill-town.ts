import type { Channel } from "../../functions/domain/ids.ts";
import type { Moment } from "../../functions/domain/local-time.ts";
import type { Message } from "../../functions/domain/message.ts";
import { notificationStatus } from "../../functions/domain/notification.ts";
import type { DueMessage } from "../../functions/messages.ts";
import type { Carrier, SendResult } from "../../functions/ports.ts";
import { registerBill } from "../../functions/use-cases/register-bill.ts";
import { aBillInput, billWorld, kolkata, named } from "../support/bill-world.ts";
import { aBiller } from "../support/builders.ts";
import { aLife, type Life, type Sender } from "../support/town-life.ts";
import { type Answer, type ModelCall, modelCadence, modelHops } from "./bill-model.ts";

/** The system that the model is compared with: the use cases on doubles, with a carrier that answers as it is told. */
export class BillTown {
  readonly life: Life;
  readonly world: Awaited<ReturnType<typeof billWorld>>;
  /** What the carriers of each channel answer next; after that they accept. */
  readonly answers: { readonly [C in Channel]: Answer[] } = { sms: [], email: [], whatsapp: [] };
  /** Every call of a carrier, with the message. */
  readonly calls: (ModelCall & { readonly message: Message })[] = [];
  /** Every message that the queues handed out. */
  readonly handedOut: DueMessage[] = [];
  /** How many of the calls the model was told of. */
  told = 0;

  private constructor(world: BillTown["world"], sender: Sender | undefined) {
    this.world = world;
    this.life = aLife({
      world,
      ...(sender && { sender }),
      twice: (message) => {
        this.handedOut.push(message);
        return false;
      },
      portsOf: (ports, channel) => ({ ...ports, carrier: this.#carrierOf(channel) }),
    });
  }

  /** A town in which the bill of `named` was registered on the morning of its issue. */
  static async open(sender?: Sender): Promise<BillTown> {
    const biller = aBiller({ cadence: [...modelCadence], hops: [...modelHops] });
    const town = new BillTown(await billWorld({ start: kolkata("2026-11-15 09:30"), biller }), sender);
    await registerBill(town.world.ports, { ...named, bill: aBillInput() });
    return town;
  }

  now(): Moment {
    return this.world.ports.clock.now();
  }

  async advance(ms: number): Promise<void> {
    const until = this.now() + ms;
    await this.life.run(until);
    this.world.ports.clock.set(Math.max(until, this.now()));
  }

  /** The status of every notification that a carrier was given. */
  async statuses(): Promise<ReadonlyMap<string, string>> {
    const { notifications } = await this.world.story();
    return new Map(notifications.map((known) => [`${known.step}#${known.hop}`, notificationStatus(known)]));
  }

  #carrierOf(channel: Channel): Carrier {
    return {
      send: async (message) => {
        const answer = this.answers[channel].shift() ?? "accepted";
        const { step, hop } = message.key;
        const at = this.now();
        const text = JSON.stringify(message.wording);
        this.calls.push({ name: `${step}#${hop}`, step, hop, channel, at, answer, text, message });
        return resultOf(answer, this.calls.length);
      },
    };
  }
}

function resultOf(answer: Answer, number: number): SendResult {
  switch (answer) {
    case "accepted":
      return { outcome: "accepted", providerReference: `provider-${number}` };
    case "refused":
      return { outcome: "refused", kind: "permanent-failure", reason: "no-such-number" };
    case "refused-for-now":
      return { outcome: "refused-for-now", reason: "throttled" };
    case "silence":
      return { outcome: "unknown", reason: "timed-out" };
  }
}
