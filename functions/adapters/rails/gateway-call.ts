import type { CreatedCheckout } from "../../ports.ts";
import { jsonIn } from "../json-in.ts";
import type { GatewayAnswer } from "./means.ts";

/** No checkout, and why. */
export type Unavailable = Extract<CreatedCheckout, { outcome: "unavailable" }>;

export const unavailable = (reason: string): Unavailable => ({ outcome: "unavailable", reason });

/** No checkout under this name, nor ever; under the next perhaps. */
export const spent = (reason: string): Unavailable => ({ outcome: "unavailable", reason, spent: true });

/** What came of one request: an answer, or silence of which only `reached` tells whether the gateway may have seen it. */
export type Told =
  | { readonly outcome: "answered"; readonly status: number; readonly json: unknown; readonly isReplay: boolean }
  | { readonly outcome: "silent"; readonly reached: boolean; readonly reason: string };

/** These prove that nothing was sent. */
const beforeSent: ReadonlySet<string> = new Set(["unreachable", "refused-url", "refused-address"]);

/** Waits for the answer; an answer that is no JSON has `json: undefined`. */
export async function told(asked: Promise<GatewayAnswer>): Promise<Told> {
  const answer = await asked;
  if (answer.outcome === "failed")
    return { outcome: "silent", reached: !beforeSent.has(answer.reason), reason: answer.reason };
  const { status, headers, body } = answer;
  return { outcome: "answered", status, json: jsonIn(body), isReplay: headers?.["idempotent-replayed"] === "true" };
}

/** Only what looks like a code: words of a gateway may quote what they were told. */
const codePattern = /^[a-z][a-z0-9_]{1,60}$/i;

/** Why there is no checkout, from what a gateway answered: `code` is its own word for a refusal. */
export function reasonOf(answer: Told, code?: unknown): string {
  if (answer.outcome === "silent") return answer.reason;
  const { status } = answer;
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429) return "throttled";
  if (status >= 500) return "provider-fault";
  if (status < 400) return "malformed-answer";
  return typeof code === "string" && codePattern.test(code) ? `refused-${code.toLowerCase()}` : "refused";
}

/** The credentials of a biller, or why there are none; a reader that is not done in time is not waited for. */
export async function opened<T>(
  reading: Promise<T | undefined>,
  signal: AbortSignal,
): Promise<{ readonly keys: T } | Unavailable> {
  const isOver = new Promise<Unavailable>((resolve) => {
    signal.addEventListener("abort", () => resolve(unavailable("timed-out")), { once: true });
  });
  const read = reading.then(
    (keys) => (keys ? { keys } : unavailable("no-credentials")),
    () => unavailable("credentials-unreadable"),
  );
  return Promise.race([read, isOver]);
}

/** Waits so many milliseconds, or until the time is over: then false. */
export const paused = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const end = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve(true);
    }, ms);
    signal.addEventListener("abort", end, { once: true });
  });

/** Basic authorization. */
export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a payer may be sent to `link`: over https to one of `hosts` (`.example.com` stands for all below it), or where the gateway
 * itself is played on this machine, to exactly there.
 */
export function isCheckoutLink(link: string, hosts: readonly string[], baseUrl: string): boolean {
  const url = URL.parse(link);
  const base = URL.parse(baseUrl);
  if (!url || !base || url.username !== "" || url.password !== "") return false;
  if (loopback.has(base.hostname)) return url.origin === base.origin;
  const isAllowed = hosts.some((host) => (host.startsWith(".") ? url.hostname.endsWith(host) : url.hostname === host));
  return url.protocol === "https:" && url.port === "" && isAllowed;
}
