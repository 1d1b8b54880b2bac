import { createHash } from "node:crypto";
import type { DuebellEvent } from "../../functions/domain/event.ts";
import type { BillerId, BillId } from "../../functions/domain/ids.ts";
import { type LinkCode, linkCodeFrom } from "../../functions/domain/link-code.ts";
import type { DueMessage } from "../../functions/messages.ts";
import type { DueQueues, EventPublisher, LinkCodes, Nonces } from "../../functions/ports.ts";
import { copyOf } from "./memory-table.ts";

/** The bus, with all that was put on it. */
export type RecordingEvents = EventPublisher & { readonly published: readonly DuebellEvent[] };

/** A bus that keeps what is put on it. */
export function recordingEvents(): RecordingEvents {
  const published: DuebellEvent[] = [];
  return {
    published,
    async publish(events) {
      published.push(...copyOf(events));
    },
  };
}

/** The channel queues, with what is in them; `take` empties them. */
export type RecordingDueQueues = DueQueues & { readonly sent: readonly DueMessage[]; take(): readonly DueMessage[] };

/** Queues that keep what is sent to them until it is taken. */
export function recordingDueQueues(): RecordingDueQueues {
  const sent: DueMessage[] = [];
  return {
    sent,
    take: () => sent.splice(0),
    async send(messages) {
      sent.push(...copyOf(messages));
    },
  };
}

/** Nonces `nonce-1`, `nonce-2`, and so on. */
export function countingNonces(): Nonces {
  let n = 0;
  return { next: () => `nonce-${++n}` };
}

/** The code a bill has under the link key called `keyId`: of the right shape, without a secret. */
export const plainCode = (biller: string, billId: string, keyId = "1"): LinkCode =>
  linkCodeFrom(keyId, createHash("sha256").update(`${keyId}|${biller}|${billId}`).digest());

/** Link codes of the keys named, newest first. */
export const plainLinkCodes = (keyIds: readonly string[] = ["1"]): LinkCodes => ({
  candidates: async (biller: BillerId, billId: BillId) => keyIds.map((keyId) => plainCode(biller, billId, keyId)),
});
