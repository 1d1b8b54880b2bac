import type { EndedCheckout } from "../../ports.ts";
import type { GatewayAnswer, Unavailable } from "../gateway-answer.ts";

/** How a gateway is asked to end a checkout, how it is asked about one, and what its answer to that says. */
export type CheckoutEnd = {
  readonly end: () => Promise<GatewayAnswer | Unavailable>;
  readonly look: () => Promise<GatewayAnswer | Unavailable>;
  readonly stateIn: (json: unknown) => EndedCheckout;
};

const isDone = (answer: GatewayAnswer | Unavailable): answer is Extract<GatewayAnswer, { outcome: "answered" }> =>
  answer.outcome === "answered" && answer.status === 200;

/** Whether the gateway may say more: it was reached, and there is time left. */
const isWorthLooking = (answer: GatewayAnswer): boolean =>
  answer.outcome === "answered" || (answer.reached && answer.reason !== "timed-out");

/** Ends a checkout. A gateway refuses it for one that was paid and for one that is over: where it does not confirm, it is asked which. */
export async function endCheckout({ end, look, stateIn }: CheckoutEnd): Promise<EndedCheckout> {
  const answer = await end();
  if (isDone(answer)) return "ended";
  if (answer.outcome === "unavailable" || !isWorthLooking(answer)) return "unknown";
  const found = await look();
  return isDone(found) ? stateIn(found.json) : "unknown";
}
