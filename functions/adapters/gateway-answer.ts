import type { CreatedCheckout } from "../ports.ts";
import { jsonIn } from "./json-in.ts";
import type { ExchangeAnswer } from "./one-exchange.ts";

/** No checkout, and why. */
export type Unavailable = Extract<CreatedCheckout, { outcome: "unavailable" }>;

export const unavailable = (reason: string): Unavailable => ({ outcome: "unavailable", reason });

/** No checkout under this name, nor ever; under the next perhaps. */
export const spent = (reason: string): Unavailable => ({ outcome: "unavailable", reason, spent: true });

/** What came of one request: an answer, or silence of which only `reached` tells whether the gateway may have seen it. */
export type GatewayAnswer =
  | { readonly outcome: "answered"; readonly status: number; readonly json: unknown; readonly isReplay: boolean }
  | { readonly outcome: "silent"; readonly reached: boolean; readonly reason: string };

/** These prove that nothing was sent. */
const beforeSent: ReadonlySet<string> = new Set(["unreachable", "refused-url", "refused-address"]);

/** The answer to a request, once it is there; one that is no JSON has `json: undefined`. */
export async function answerOf(asked: Promise<ExchangeAnswer>): Promise<GatewayAnswer> {
  const answer = await asked;
  if (answer.outcome === "failed")
    return { outcome: "silent", reached: !beforeSent.has(answer.reason), reason: answer.reason };
  const { status, headers, body } = answer;
  return { outcome: "answered", status, json: jsonIn(body), isReplay: headers["idempotent-replayed"] === "true" };
}

/** Only what looks like a code: words of a gateway may quote what they were told. */
const codePattern = /^[a-z][a-z0-9_]{1,60}$/i;

/** Why there is no checkout, from what a gateway answered: `code` is its own word for a refusal. */
export function reasonOf(answer: GatewayAnswer, code?: unknown): string {
  if (answer.outcome === "silent") return answer.reason;
  const { status } = answer;
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429) return "throttled";
  if (status >= 500) return "provider-fault";
  if (status < 400) return "malformed-answer";
  return typeof code === "string" && codePattern.test(code) ? `refused-${code.toLowerCase()}` : "refused";
}
