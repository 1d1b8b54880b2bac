import type { BillerId } from "../../domain/ids.ts";
import type { BillerWebhookPoster, PostedEvent } from "../../money-ports.ts";
import type { Clock } from "../../ports.ts";
import type { Exchange, ExchangeAnswer } from "../one-exchange.ts";
import { signStandardWebhook } from "./sign.ts";

/** Long enough for a busy system, short enough for the batch that waits with it. */
const timeoutMs = 10_000;

/** How events reach billers' systems. */
export type PosterOptions = {
  /** Calls public addresses only, follows no redirect, reads a bounded answer. */
  readonly call: Exchange;
  /** The live secrets of a biller, one or two. */
  readonly secrets: (biller: BillerId) => Promise<readonly string[]>;
  readonly clock: Clock;
};

/**
 * Posts `{type, timestamp, data}` to the billers' webhooks after Standard Webhooks 1.0: `webhook-id` is the event's id and the same at each
 * try, `webhook-timestamp` this try's, and every live secret signs.
 */
export function standardWebhookPoster({ call, secrets, clock }: PosterOptions): BillerWebhookPoster {
  return {
    async post(biller, { id, type, at, data }) {
      const live = await secrets(biller.id);
      if (!biller.webhook || live.length === 0) return { outcome: "no-secret" };
      const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const answer = await call({
        method: "POST",
        url: biller.webhook.url,
        headers: {
          "content-type": "application/json",
          "user-agent": "Duebell-Webhooks/1",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": live.map((secret) => signStandardWebhook({ id, timestamp, body }, secret)).join(" "),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return postedBy(answer, clock.now());
    },
  };
}

/** A redirect is no success: it would lead what is signed somewhere else. */
function postedBy(answer: ExchangeAnswer, now: number): PostedEvent {
  if (answer.outcome === "failed") return { outcome: "refused", reason: answer.reason };
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { outcome: "taken" };
  if (status === 410) return { outcome: "gone" };
  const retryAfterMs = retryAfter(headers["retry-after"], now);
  return { outcome: "refused", reason: `http-${status}`, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** RFC 9110, section 10.2.3: seconds or a date; undefined where it is neither, or in the past. */
function retryAfter(header: string | readonly string[] | undefined, now: number): number | undefined {
  if (typeof header !== "string") return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return ms > 0 ? ms : undefined;
}
