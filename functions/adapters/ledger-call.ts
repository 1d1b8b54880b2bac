import { providerError } from "../domain/errors.ts";
import type { BillerId } from "../domain/ids.ts";
import type { PaymentMessage } from "../messages.ts";
import { answerOf, reasonOf } from "./gateway-answer.ts";
import { defaultBudgets, type LedgerMeans } from "./gateway-means.ts";
import { waited } from "./in-time.ts";
import type { ExchangeAnswer } from "./one-exchange.ts";

/** How long one page of a ledger may take, in milliseconds, and how long it may be. */
export const pageMs = 10_000;
export const pageBytes = 4 * 1024 * 1024;
/** How many pages a day may have: a hundred thousand payments, far above what a run has time for. */
export const mostPages = 1_000;
const tries = 3;

/** That a gateway did not say what it holds, and why; nothing is believed then. */
export const noAnswer = (gateway: string, reason: string): Error => providerError(`${gateway}: ${reason}`);

/** What a gateway's books are asked with: who asks, and how. */
export type LedgerAccount = {
  readonly gateway: string;
  readonly means: LedgerMeans;
  readonly headers: Readonly<Record<string, string>>;
  readonly baseUrl: string;
};

const isPassing = (answer: ExchangeAnswer): boolean =>
  answer.outcome === "answered" && (answer.status === 429 || answer.status >= 500);

/**
 * Reads what lies at a path: the text of the answer, undefined where the gateway knows nothing there (404, and 400 for an id it does not
 * have). Asked again, a moment later, where the gateway is busy; throws provider-error where it does not answer.
 */
export async function readLedger(account: LedgerAccount, path: string): Promise<string | undefined> {
  const { means, gateway, headers, baseUrl } = account;
  for (let asked = 1; ; asked++) {
    const signal = AbortSignal.timeout(means.pageMs ?? pageMs);
    const answer = await means.ask({ method: "GET", url: `${baseUrl}${path}`, headers, mostBytes: pageBytes, signal });
    if (answer.outcome === "answered" && answer.status === 200) return answer.body;
    if (answer.outcome === "answered" && (answer.status === 404 || answer.status === 400)) return undefined;
    if (asked < tries && isPassing(answer) && (await waited((means.pauseMs ?? defaultBudgets.pauseMs) * asked, signal)))
      continue;
    throw noAnswer(gateway, reasonOf(await answerOf(Promise.resolve(answer))));
  }
}

/** The credentials of a biller, for its books. Throws provider-error where there are none: who asks for a day believes in an account. */
export async function ledgerKeys<T>(
  gateway: string,
  biller: BillerId,
  read: (biller: BillerId) => Promise<T | undefined>,
) {
  const keys = await read(biller);
  if (!keys) throw noAnswer(gateway, "no-credentials");
  return keys;
}

/** What was read of one payment; throws provider-error for one that cannot be read: half a day is no day. */
export function readable(gateway: string, told: PaymentMessage[] | undefined): PaymentMessage[] {
  if (!told) throw noAnswer(gateway, "malformed-payment");
  return told;
}

/** A parameter string, in order. */
export const query = (parameters: readonly (readonly [string, string | number])[]): string =>
  new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)])).toString();
