import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { notFound } from "../functions/domain/errors.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer, type MaybeAnswer } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import type { Json } from "./json.ts";

/** How a biller's webhook answers: it takes, has an error, wants one to wait for ten minutes, wants no more, or never answers. */
export const webhookModes = ["ok", "down", "busy", "gone", "slow"] as const;
type WebhookMode = (typeof webhookModes)[number];

/** One event as a biller's system received it. */
export interface ReceivedWebhook {
  readonly at: string;
  readonly biller: string;
  /** `webhook-id`: the same at each try. */
  readonly id: string;
  /** Whether the signature holds, by the check that a biller would make. */
  readonly verified: boolean;
  /** What was answered. */
  readonly status: number;
  readonly type?: string;
  readonly body: Json;
}

/** What the inboxes stand on. */
export interface InboxOptions {
  readonly settings: () => Readonly<Record<string, unknown>>;
  readonly secrets: Pick<Secrets, "ofBiller">;
  readonly now: () => number;
}

/** The webhooks of the billers' systems. */
export interface BillerInbox {
  /** Answers what is posted to a biller's webhook; undefined where the URL is none. */
  readonly take: (url: string, request: HttpRequest) => MaybeAnswer | undefined;
  readonly setMode: (biller: string, mode: WebhookMode) => void;
  readonly received: (about: { readonly biller?: string; readonly type?: string }) => readonly ReceivedWebhook[];
}

const mostKept = 500;
const toleranceSeconds = 300;

const Webhook = z.object({ webhook: z.object({ url: z.string() }) });
const Envelope = z.object({ type: z.string(), timestamp: z.iso.datetime(), data: z.record(z.string(), z.json()) });

const answers: Readonly<Record<Exclude<WebhookMode, "slow">, HttpAnswer>> = {
  ok: { status: 204, headers: {}, body: Buffer.alloc(0) },
  down: jsonAnswer(503, { error: "down" }),
  busy: { status: 429, headers: { "retry-after": "600" }, body: Buffer.alloc(0) },
  gone: jsonAnswer(410, { error: "gone" }),
};

/** Inboxes of the billers that have a webhook in their settings; each keeps what came, taken or not, the last 500 in all. */
export function billerInbox({ settings, secrets, now }: InboxOptions): BillerInbox {
  const modes = new Map<string, WebhookMode>();
  const kept: ReceivedWebhook[] = [];
  const urls = (): readonly (readonly [string, string])[] =>
    Object.entries(settings()).flatMap(([biller, one]) => {
      const { data } = Webhook.safeParse(one);
      return data ? [[biller, data.webhook.url] as const] : [];
    });
  return {
    take: (url, request) => {
      const [biller] = urls().find(([, known]) => known === url) ?? [];
      if (biller === undefined || request.method !== "POST") return undefined;
      const { secrets: own } = secrets.ofBiller(biller)["webhook"] as { readonly secrets: readonly string[] };
      const verified = isGenuine(request, own, now());
      const mode = modes.get(biller) ?? "ok";
      const answer = !verified ? jsonAnswer(401, { error: "unauthorized" }) : mode === "slow" ? "hang" : answers[mode];
      kept.push(received(request, { biller, verified, status: answer === "hang" ? 0 : answer.status, at: now() }));
      kept.splice(0, kept.length - mostKept);
      return answer;
    },
    setMode: (biller, mode) => {
      if (!urls().some(([known]) => known === biller))
        throw notFound(`The biller ${biller} has no webhook in its settings`);
      modes.set(biller, mode);
    },
    received: ({ biller, type }) =>
      kept.filter((one) => (biller ?? one.biller) === one.biller && (type ?? one.type) === one.type),
  };
}

function received(
  { headers, body }: HttpRequest,
  {
    at,
    ...told
  }: { readonly biller: string; readonly verified: boolean; readonly status: number; readonly at: number },
): ReceivedWebhook {
  const { data } = Envelope.safeParse(jsonOf(body));
  return {
    at: new Date(at).toISOString(),
    ...told,
    id: headers["webhook-id"] ?? "",
    ...(data && { type: data.type }),
    body: data ?? body.toString("utf8"),
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The check of Standard Webhooks, written as a biller would: any of its secrets, at most five minutes off. */
function isGenuine({ headers, body }: HttpRequest, secrets: readonly string[], now: number): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headers;
  if (!id || !timestamp || !signature || Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  return secrets.some((secret) => {
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const right = createHmac("sha256", key)
      .update(`${id}.${timestamp}.${body.toString("utf8")}`)
      .digest();
    return signature.split(" ").some((one) => {
      const shown = Buffer.from(one.replace(/^v1,/, ""), "base64");
      return one.startsWith("v1,") && shown.length === right.length && timingSafeEqual(shown, right);
    });
  });
}
