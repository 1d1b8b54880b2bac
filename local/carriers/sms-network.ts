import { type DltTemplate, passesDlt } from "./dlt.ts";
import { smsParts } from "./sms-parts.ts";

/** What the SMS carriers know besides the request; an empty list of DLT templates checks nothing. */
export type SmsSettings = {
  dltTemplates: readonly DltTemplate[];
  optedOut: ReadonlySet<string>;
  /** What End User Messaging may send from: ids and ARNs of numbers, sender ids and pools. */
  originationIdentities: ReadonlySet<string>;
  configurationSets: readonly string[];
};

// One price for all: the Indian local route, which is what the examples use.
const usdPerPart = 0.00278;

/** What an SMS costs, in USD. */
export const smsPrice = (text: string): number => Number((smsParts(text) * usdPerPart).toFixed(5));

type Routed = Parameters<typeof passesDlt>[1] & { readonly to: string };

/** Whether Indian operators hold an SMS back; without both ids it takes the international route, where nothing is matched. */
export const isBlockedByDlt = (templates: readonly DltTemplate[], sms: Routed): boolean => {
  const isLocalRoute = sms.to.startsWith("+91") && sms.templateId !== undefined && sms.entityId !== undefined;
  return isLocalRoute && templates.length > 0 && !passesDlt(templates, sms);
};
