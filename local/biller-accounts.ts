import { whatsAppTemplates } from "../functions/adapters/wording/whatsapp-templates.ts";
import type { HttpAnswer, HttpRequest } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import type { Carriers } from "./carriers/carriers.ts";
import { isJsonObject } from "./json.ts";
import type { Kept } from "./kept-state.ts";

/** Opens at the carriers what a biller's settings name: its WhatsApp number, what it sends SMS and the domain it sends e-mail from. */
export interface BillerAccounts {
  /** To be told of every request to the API and its answer. */
  readonly watch: (request: HttpRequest, answer: HttpAnswer) => void;
  /** The settings of the billers that were put, by id. */
  readonly settings: () => Readonly<Record<string, unknown>>;
}

/** What the accounts are opened with; `origin` is the laptop's address, which stands in the buttons of the WhatsApp templates. */
export interface BillerAccountsOptions {
  readonly carriers: Carriers;
  readonly secrets: Secrets;
  readonly origin: string;
  /** Settings of the billers by id, as they were last put. */
  readonly kept: Kept<unknown>;
}

const billerPath = /^\/v1\/billers\/([A-Za-z0-9._-]{1,64})$/;

function valueAt(settings: unknown, ...path: readonly string[]): unknown {
  let value: unknown = settings;
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

function textAt(settings: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(settings, ...path);
  return typeof value === "string" ? value : undefined;
}

/** Where a biller's settings speak of its account at a gateway; nothing speaks of one at Mercado Pago. */
const accountIn: Readonly<Record<string, readonly string[]>> = {
  razorpay: ["rails", "razorpay"],
  stripe: ["rails", "stripe"],
  pix: ["rails", "pix", "psp"],
  "mercado-pago": ["rails", "mercado-pago"],
};

/** Whether a biller that has put `settings` opened the account that a kind of secret belongs to; what is no gateway's it always has. */
export const hasAccount = (settings: unknown, kind: string): boolean => {
  const path = accountIn[kind];
  return path === undefined || valueAt(settings, ...path) !== undefined;
};

/**
 * What a biller does by hand at its carriers happens here by itself when its settings are put: the number gets its access
 * token or is linked to the AWS account, the sender's domain counts as verified, its SMS identity as registered. The templates of the built-in wording are approved from the start.
 */
export function billerAccounts({ carriers, secrets, origin, kept }: BillerAccountsOptions): BillerAccounts {
  const open = (biller: string, settings: unknown): void => {
    const phoneNumberId = textAt(settings, "whatsapp", "phoneNumberId");
    if (textAt(settings, "whatsapp", "provider") === "end-user-messaging") {
      carriers.linkSocialNumbers([phoneNumberId ?? ""]);
    } else if (phoneNumberId !== undefined) {
      const { accessToken } = secrets.ofBiller(biller)["whatsapp"] as { readonly accessToken: string };
      carriers.setWhatsAppAccount({ biller, phoneNumberId, accessToken, wabaId: `1${phoneNumberId}` });
    }
    const all = (...path: readonly string[]): readonly string[] =>
      [...kept.entries().values()].flatMap((each) => textAt(each, ...path) ?? []);
    carriers.setEmailIdentities(all("email", "from").flatMap((from) => /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? []));
    carriers.setOriginationIdentities(all("sms", "originationIdentity"));
  };
  carriers.registerWhatsAppTemplates(whatsAppTemplates(origin));
  for (const [biller, settings] of kept.entries()) open(biller, settings);
  return {
    settings: () => Object.fromEntries(kept.entries()),
    watch: (request, answer) => {
      const biller = billerPath.exec(request.path)?.[1];
      if (request.method !== "PUT" || biller === undefined || answer.status >= 300) return;
      const settings: unknown = JSON.parse(request.body.toString("utf8"));
      kept.put(biller, settings);
      open(biller, settings);
    },
  };
}
