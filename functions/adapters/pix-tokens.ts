import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { BillerId } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import { answerOf, reasonOf, type Unavailable, unavailable } from "./gateway-answer.ts";
import { basic } from "./gateway-credentials.ts";
import type { RailMeans } from "./gateway-means.ts";
import type { ExchangeRequest } from "./one-exchange.ts";

/** A biller's account at the Pix API of its bank. */
export type PixAccount = {
  readonly biller: BillerId;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tls?: NonNullable<ExchangeRequest["tls"]>;
};

/** The access tokens of the accounts, each kept until shortly before it expires. */
export type PixTokens = {
  get(account: PixAccount, signal: AbortSignal): Promise<{ readonly token: string } | Unavailable>;
  /** To be told of a token that was refused. */
  drop(account: PixAccount): void;
};

const Token = z.object({
  access_token: z.string().check(z.regex(/^[\x21-\x7e]{1,8000}$/)),
  expires_in: z.number(),
});

/** A token must outlast the call it is used for. */
const spareMs = 60_000;
const maxEntries = 200;
/** What making, reading and ending an immediate charge takes (Pix API 2, security schemes). */
const chargeScope = "cob.write cob.read";

/** A token is its biller's, got with that very secret: neither another biller nor a secret that was replaced is served with it. */
const keyOf = ({ biller, tokenUrl, clientId, clientSecret }: PixAccount): string =>
  createHash("sha256")
    .update(JSON.stringify([biller, tokenUrl, clientId, clientSecret]))
    .digest("base64");

/** Tokens by client credentials (RFC 6749, 4.4), as the Central Bank's Pix API has it; for immediate charges unless another `scope` is told. */
export function pixTokens(means: Pick<RailMeans, "askBiller" | "clock">, scope: string = chargeScope): PixTokens {
  const known = new Map<string, { readonly token: string; readonly until: Moment }>();
  return {
    drop: (account) => void known.delete(keyOf(account)),
    async get(account, signal) {
      const now = means.clock.now();
      const held = known.get(keyOf(account));
      if (held && now < held.until) return held;
      const asked = means.askBiller({
        method: "POST",
        url: account.tokenUrl,
        headers: {
          authorization: basic(account.clientId, account.clientSecret),
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({ grant_type: "client_credentials", scope }).toString(),
        signal,
        ...(account.tls && { tls: account.tls }),
      });
      const answer = await answerOf(asked);
      const isToken = answer.outcome === "answered" && answer.status === 200;
      const fresh = isToken ? Token.safeParse(answer.json).data : undefined;
      if (!fresh) return unavailable(`token-${reasonOf(answer)}`);
      if (known.size >= maxEntries) known.clear();
      known.set(keyOf(account), { token: fresh.access_token, until: now + fresh.expires_in * 1_000 - spareMs });
      return { token: fresh.access_token };
    },
  };
}
