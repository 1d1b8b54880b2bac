import type { Biller } from "../domain/biller.ts";
import { answerOf, type GatewayAnswer, type Unavailable, unavailable } from "./gateway-answer.ts";
import { credentialsInTime } from "./gateway-credentials.ts";
import type { RailMeans } from "./gateway-means.ts";
import type { PixAccount, PixTokens } from "./pix-tokens.ts";

type PixSettings = NonNullable<NonNullable<Biller["rails"]>["pix"]>;

/** The biller's settings for Pix by its own bank; undefined where it has none. */
export const pspOf = (biller: Biller): { pix: PixSettings; psp: NonNullable<PixSettings["psp"]> } | undefined => {
  const pix = biller.rails?.pix;
  return pix?.psp && { pix, psp: pix.psp };
};

/** The Pix API of a biller's bank, and how long it is waited for. */
export type PixBank = { readonly url: string; readonly account: PixAccount; readonly signal: AbortSignal };

/** The bank of a biller, or why it cannot be asked. */
export async function pixBankOf(
  { secrets }: Pick<RailMeans, "secrets">,
  biller: Biller,
  signal: AbortSignal,
): Promise<PixBank | Unavailable> {
  const settings = pspOf(biller);
  if (!settings) return unavailable("no-settings");
  const secret = await credentialsInTime(secrets.pix(biller.id), signal);
  if ("outcome" in secret) return secret;
  const { clientId, clientSecret, certificate: cert, privateKey: key } = secret.keys;
  const tls = cert !== undefined && key !== undefined && { tls: { cert, key } };
  return {
    url: settings.psp.url.replace(/\/$/, ""),
    account: { biller: biller.id, tokenUrl: settings.psp.tokenUrl, clientId, clientSecret, ...tls },
    signal,
  };
}

/** What a bank is asked: `path` begins with a slash. */
export type PixCall = {
  readonly method: "GET" | "PUT" | "PATCH";
  readonly path: string;
  readonly body?: object;
  readonly mostBytes?: number;
};

/** Calls the bank with a token; once more with a fresh one where the bank does not know the kept one any more. */
export async function askPixBank(
  { means, tokens }: { readonly means: Pick<RailMeans, "askBiller">; readonly tokens: PixTokens },
  { url, account, signal }: PixBank,
  { method, path, body, mostBytes }: PixCall,
): Promise<GatewayAnswer | Unavailable> {
  let answer: GatewayAnswer | undefined;
  for (let tries = 0; tries < 2; tries++) {
    const access = await tokens.get(account, signal);
    if ("outcome" in access) return access;
    const asked = means.askBiller({
      method,
      url: `${url}${path}`,
      headers: { authorization: `Bearer ${access.token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(account.tls && { tls: account.tls }),
      ...(mostBytes !== undefined && { mostBytes }),
      signal,
    });
    answer = await answerOf(asked);
    if (answer.outcome !== "answered" || answer.status !== 401) return answer;
    tokens.drop(account);
  }
  return answer ?? unavailable("unauthorized");
}
