import type { Carrier, CarrierSurroundings } from "./carrier.ts";
import type { DltTemplate } from "./dlt.ts";
import type { Channel } from "./message-store.ts";
import { createSes, type SesSettings } from "./ses.ts";
import { createSnsSms, type SmsSettings } from "./sns-sms.ts";
import { createWhatsApp } from "./whatsapp.ts";
import type { WhatsAppAccount } from "./whatsapp-account.ts";
import { templateOfDefinition, type WhatsAppTemplateDefinition } from "./whatsapp-template-definition.ts";
import { createWhatsAppTemplates, type WhatsAppTemplate } from "./whatsapp-template-registry.ts";

/** What is set up at the carriers before anything can be sent. */
export type CarrierSettings = {
  /** Approves WhatsApp templates, in short or as defined at Meta; throws `invalid-input` for what Meta would not approve. */
  readonly registerWhatsAppTemplates: (templates: readonly (WhatsAppTemplate | WhatsAppTemplateDefinition)[]) => void;
  /** Adds or replaces a biller's access to a WhatsApp number; billers that share a number have a token each. */
  readonly setWhatsAppAccount: (
    account: Omit<WhatsAppAccount, "displayPhoneNumber"> & { readonly displayPhoneNumber?: string },
  ) => void;
  /** The texts registered with Indian operators; while there are none, nothing is matched. */
  readonly setDltTemplates: (templates: readonly DltTemplate[]) => void;
  /** Numbers in E.164 that opted out of SMS in this account. */
  readonly setOptedOutNumbers: (numbers: readonly string[]) => void;
  /** Domains and addresses that SES may send from; a domain covers its subdomains. */
  readonly setEmailIdentities: (identities: readonly string[]) => void;
  /** Names of the SES configuration sets that exist. */
  readonly setConfigurationSets: (names: readonly string[]) => void;
  /** Addresses on the SES account's suppression list. */
  readonly setSuppressedEmails: (addresses: readonly string[]) => void;
};

/** One carrier for each channel, and their common settings: nothing verified, registered or suppressed at first. */
export const createCarriersByChannel = (
  where: CarrierSurroundings,
): { readonly byChannel: Readonly<Record<Channel, Carrier>>; readonly settings: CarrierSettings } => {
  const sms: SmsSettings = { dltTemplates: [], optedOut: new Set() };
  const email: SesSettings = { identities: [], configurationSets: [], suppressed: new Set() };
  /** By biller and number. */
  const accounts = new Map<string, WhatsAppAccount>();
  const templates = createWhatsAppTemplates();
  const settings: CarrierSettings = {
    registerWhatsAppTemplates: (registered) => {
      templates.register(
        registered.map((template) => ("components" in template ? templateOfDefinition(template) : template)),
      );
    },
    setWhatsAppAccount: (account) => {
      const { biller, phoneNumberId } = account;
      const displayPhoneNumber = account.displayPhoneNumber ?? `91${phoneNumberId.slice(-10).padStart(10, "2")}`;
      accounts.set(`${biller} ${phoneNumberId}`, { ...account, displayPhoneNumber });
    },
    setDltTemplates: (registered) => {
      sms.dltTemplates = registered;
    },
    setOptedOutNumbers: (numbers) => {
      sms.optedOut = new Set(numbers);
    },
    setEmailIdentities: (identities) => {
      email.identities = identities;
    },
    setConfigurationSets: (names) => {
      email.configurationSets = names;
    },
    setSuppressedEmails: (addresses) => {
      email.suppressed = new Set(addresses.map((address) => address.toLowerCase()));
    },
  };
  const byChannel = {
    sms: createSnsSms(where, sms),
    email: createSes(where, email),
    whatsapp: createWhatsApp(where, { accounts: () => [...accounts.values()], templates }),
  };
  return { byChannel, settings };
};
