import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { Carrier, SendResult } from "../../ports.ts";
import { byFault, forNow, notBegun, unproven, withoutAnswer } from "../failed-call.ts";
import { jsonIn } from "../json-in.ts";
import { whatsAppBody } from "../whatsapp-body.ts";
import { meaningOf, provenAt5xx } from "../whatsapp-codes.ts";
import { type HttpAnswer, postJson } from "./post-json.ts";

/** Where the Cloud API is, in which version, how long a call may take, and the biller's access token; undefined when it has none. */
export type WhatsAppSenderOptions = {
  readonly baseUrl: string;
  readonly version: string;
  readonly timeoutMs: number;
  token(biller: BillerId): Promise<string | undefined>;
};

const Accepted = z.object({
  messages: z.array(z.object({ id: z.string().check(z.minLength(1)) })).check(z.minLength(1)),
});
const Refused = z.object({ error: z.object({ code: z.int() }) });

function resultOf({ status, body }: HttpAnswer): SendResult {
  const answer = jsonIn(body);
  if (status >= 200 && status <= 299) {
    const accepted = Accepted.safeParse(answer);
    const id = accepted.success ? accepted.data.messages[0]?.id : undefined;
    return id ? { outcome: "accepted", providerReference: id } : unproven("unreadable-answer");
  }
  const refused = Refused.safeParse(answer);
  if (status < 400 || !refused.success) return unproven(`http-${status}`);
  const { code } = refused.data.error;
  const { kind, reason, proves } = meaningOf(code);
  if (proves === "nothing" || (status >= 500 && !provenAt5xx.has(code))) return unproven(reason);
  return proves === "later" ? forNow(reason) : { outcome: "refused", kind, reason };
}

async function post(
  url: URL,
  call: { readonly token: string; readonly body: object; readonly signal: AbortSignal },
): Promise<SendResult> {
  try {
    return resultOf(await postJson(url, call));
  } catch (error) {
    return withoutAnswer(error, call.signal);
  }
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });

/** WhatsApp by the Cloud API: an approved template with the link's suffix on its URL button, our key in `biz_opaque_callback_data`; one attempt, ended at `timeoutMs`. */
export function cloudApiWhatsAppSender({ baseUrl, version, timeoutMs, token }: WhatsAppSenderOptions): Carrier {
  return {
    async send(message, signal) {
      const { wording, biller } = message;
      if (wording.channel !== "whatsapp") return byFault("not-a-whatsapp-message");
      if (biller.whatsapp?.provider !== "cloud-api") return byFault("no-sender-settings");
      const url = new URL(`${baseUrl}/${version}/${biller.whatsapp.phoneNumberId}/messages`);
      // Before the call: whatever is wrong with the token, or how long it takes, nothing was sent.
      const accessToken = await Promise.race([token(biller.id).catch(() => undefined), aborted(signal)]);
      if (signal.aborted) return notBegun;
      if (!accessToken) return forNow("no-access-token");
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      return post(url, { token: accessToken, body: whatsAppBody(message, wording), signal: bounded });
    },
  };
}
