import type { Decision } from "../domain/decision.ts";
import type { DuebellEvent } from "../domain/event.ts";
import type { Message } from "../domain/message.ts";
import type { StageRates } from "../domain/pace.ts";
import { cursorAt } from "../domain/progress.ts";
import type { DueMessage } from "../messages.ts";
import type { Ports } from "../ports.ts";
import { adoptBeforeReminder, type HearPorts } from "./adopt-before-reminder.ts";
import { hasFurtherHop, type Sending } from "./call-carrier.ts";
import { composeMessage } from "./compose-message.ts";
import type { DueItem } from "./due-item.ts";
import type { LiveFailure } from "./refresh-bill.ts";
import { type Go, type Ready, type TurnPorts, takeTurn } from "./take-turn.ts";

export type PreparePorts = TurnPorts & HearPorts & Pick<Ports, "suppressions" | "wording" | "unsubscribeTokens">;

/** What is to be sent, for which due message, and how. */
export type ToPrepare = {
  readonly decision: Sending;
  readonly due: DueMessage;
  readonly linkBaseUrl: string;
  readonly rates: StageRates;
  /** Whether so many milliseconds may pass before the call. */
  canWait(ms: number): boolean;
  /** Takes why the biller's own system did not answer, where it was asked. */
  noteFailure(failure: LiveFailure): void;
};

/** A message whose moment is now, on its sender's line. */
export type Prepared = Ready & Omit<Go, "outcome">;

/** What happens in place of a send, and how it is counted: `end-hop` leaves it to the next one, `nothing` has put the message off already. */
export type Otherwise = {
  readonly outcome: "passed" | "deferred" | "delayed" | "frequency-capped" | "spend-capped" | "circuit-open";
  readonly follow: Exclude<Decision, Sending> | "end-hop" | "nothing";
  /** What the bus is told once that is done. */
  readonly event?: DuebellEvent;
};

/**
 * Everything that can fail or decline, before anything is promised: the biller's own system, the address, the words, caps, pace and spend.
 * Undefined when the item is no longer what was read.
 */
export async function prepareSend(
  ports: PreparePorts,
  item: DueItem,
  { decision, due, linkBaseUrl, rates, canWait, noteFailure }: ToPrepare,
): Promise<Prepared | Otherwise | undefined> {
  const heard = await adoptBeforeReminder(ports, item, canWait);
  if (heard.liveFailed) noteFailure(heard.liveFailed);
  if (heard.outcome === "amended") return undefined;
  if (heard.outcome === "nothing-due") return { outcome: "passed", follow: heard.decision };
  const prepared = await inWords(ports, item, decision, linkBaseUrl);
  if ("do" in prepared) return { outcome: "passed", follow: prepared };
  const ready = { item, decision, message: prepared, due, rates };
  const turn = await takeTurn(ports, ready);
  switch (turn.outcome) {
    case "go": {
      const { outcome: _go, ...go } = turn;
      return { ...ready, ...go };
    }
    case "delayed":
      return { outcome: "delayed", follow: "nothing" };
    case "provider-down":
      return {
        outcome: "circuit-open",
        follow: hasFurtherHop(decision) ? "end-hop" : { do: "wait", stop: { ...decision.stop, at: turn.until } },
      };
    case "spend-capped":
      return { outcome: turn.outcome, follow: turn.decision, event: turn.event };
    default:
      return { outcome: turn.outcome, follow: turn.decision };
  }
}

/** The words for the address, unless it is not to be messaged or there are none. */
async function inWords(
  ports: PreparePorts,
  item: DueItem,
  { stop, message }: Sending,
  linkBaseUrl: string,
): Promise<Message | Exclude<Decision, Sending>> {
  const { bill, progress } = item;
  const now = ports.clock.now();
  const address = bill.customer.addresses[stop.channel];
  const suppressed = address && (await ports.suppressions.get(bill.biller, stop.channel, address));
  const composed = suppressed ? undefined : await composeMessage(ports, item, { message, stop, now, linkBaseUrl });
  if (composed) return composed;
  const cursor = progress.cursor ?? cursorAt(stop, bill.biller, now);
  return item.decline(cursor, suppressed ? "suppressed" : "template-error", now) as Exclude<Decision, Sending>;
}
