import { providerError } from "../../functions/domain/errors.ts";
import { gatewayNames } from "../../functions/domain/gateway.ts";
import type { PaymentMessage } from "../../functions/messages.ts";
import type { GatewayLedger, GatewayLedgers } from "../../functions/money-ports.ts";
import type { PaymentQueue } from "../../functions/ports.ts";
import { copyOf } from "./memory-table.ts";

/** A gateway's books in memory: what a test puts in is what is there; `down` answers nobody. */
export type PlayedLedger = GatewayLedger & {
  readonly messages: PaymentMessage[];
  readonly lookedUp: string[];
  has: GatewayLedger["has"];
  down: boolean;
};

const told = ({ payment }: PaymentMessage) => payment as { readonly paymentId: string; readonly paidAt: string };

/** Books that are empty. */
export function playedLedger(): PlayedLedger {
  const ledger: PlayedLedger = {
    messages: [],
    lookedUp: [],
    down: false,
    has: async () => true,
    async *find(_, { from, to }) {
      if (ledger.down) throw providerError("razorpay: unreachable");
      const isOn = (at: number): boolean => from <= at && at < to;
      yield* copyOf(ledger.messages.filter((one) => isOn(Date.parse(told(one).paidAt))));
    },
    async lookUp(_, reference) {
      if (ledger.down) throw providerError("razorpay: unreachable");
      ledger.lookedUp.push(reference);
      return copyOf(ledger.messages.filter((one) => told(one).paymentId === reference));
    },
  };
  return ledger;
}

/** The same books at every gateway. */
export const ledgersOf = (ledger: GatewayLedger): GatewayLedgers =>
  Object.fromEntries(gatewayNames.map((name) => [name, ledger])) as GatewayLedgers;

/** The payments queue, with what is in it; `take` empties it. */
export type RecordingPaymentQueue = PaymentQueue & {
  readonly sent: readonly PaymentMessage[];
  take(): readonly PaymentMessage[];
};

/** A payments queue that keeps what is sent to it until it is taken. */
export function recordingPaymentQueue(): RecordingPaymentQueue {
  const sent: PaymentMessage[] = [];
  return { sent, take: () => sent.splice(0), send: async (messages) => void sent.push(...copyOf(messages)) };
}
