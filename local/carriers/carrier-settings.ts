import type { Carrier, CarrierSurroundings } from "./carrier.ts";
import type { DltTemplate } from "./dlt.ts";
import type { CarrierService } from "./message-store.ts";
import { createSes, type SesSettings } from "./ses.ts";
import type { SmsSettings } from "./sms-network.ts";
import { createSmsVoice } from "./sms-voice.ts";
import { createSnsSms } from "./sns-sms.ts";
import { createSocialMessaging } from "./social-messaging.ts";
import { linkedNumber, type SocialNumber, socialIdOf } from "./social-messaging-number.ts";
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
  /** Links WhatsApp numbers to the AWS account, by id or ARN at End User Messaging Social; what is no such id is passed over. */
  readonly linkSocialNumbers: (idsOrArns: readonly string[]) => void;
  /** What End User Messaging may send SMS from: ids and ARNs of numbers, sender ids and pools. */
  readonly setOriginationIdentities: (idsOrArns: readonly string[]) => void;
  /** Names of the configuration sets of End User Messaging SMS that exist. */
  readonly setSmsConfigurationSets: (names: readonly string[]) => void;
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

type Sms = Pick<
  CarrierSettings,
  "setDltTemplates" | "setOptedOutNumbers" | "setOriginationIdentities" | "setSmsConfigurationSets"
>;

const smsSettings = (sms: SmsSettings): Sms => ({
  setDltTemplates: (registered) => {
    sms.dltTemplates = registered;
  },
  setOptedOutNumbers: (numbers) => {
    sms.optedOut = new Set(numbers);
  },
  setOriginationIdentities: (idsOrArns) => {
    sms.originationIdentities = new Set(idsOrArns);
  },
  setSmsConfigurationSets: (names) => {
    sms.configurationSets = names;
  },
});

type Email = Pick<CarrierSettings, "setEmailIdentities" | "setConfigurationSets" | "setSuppressedEmails">;

const emailSettings = (email: SesSettings): Email => ({
  setEmailIdentities: (identities) => {
    email.identities = identities;
  },
  setConfigurationSets: (names) => {
    email.configurationSets = names;
  },
  setSuppressedEmails: (addresses) => {
    email.suppressed = new Set(addresses.map((address) => address.toLowerCase()));
  },
});

/** One carrier for each service, and their common settings: nothing verified, registered or suppressed at first. */
export const createCarriersByService = (
  where: CarrierSurroundings,
): { readonly byService: Readonly<Record<CarrierService, Carrier>>; readonly settings: CarrierSettings } => {
  const sms: SmsSettings = {
    ...{ dltTemplates: [], configurationSets: [] },
    ...{ optedOut: new Set(), originationIdentities: new Set() },
  };
  const email: SesSettings = { identities: [], configurationSets: [], suppressed: new Set() };
  /** By biller and number. */
  const accounts = new Map<string, WhatsAppAccount>();
  const numbers = new Map<string, SocialNumber>();
  const templates = createWhatsAppTemplates();
  const settings: CarrierSettings = {
    ...smsSettings(sms),
    ...emailSettings(email),
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
    linkSocialNumbers: (idsOrArns) => {
      for (const id of idsOrArns.flatMap((idOrArn) => socialIdOf(idOrArn) ?? []))
        numbers.set(id, linkedNumber(id, where));
    },
  };
  const byService = {
    sns: createSnsSms(where, sms),
    "sms-voice": createSmsVoice(where, sms),
    ses: createSes(where, email),
    whatsapp: createWhatsApp(where, { accounts: () => [...accounts.values()], templates }),
    "social-messaging": createSocialMessaging(where, { numbers, templates }),
  };
  return { byService, settings };
};
