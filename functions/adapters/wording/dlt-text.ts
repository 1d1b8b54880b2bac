import { sms } from "./generated/sms.ts";
import { languageFor } from "./inventory.ts";
import { type MessageName, type Values, variableNames } from "./messages.ts";

const holes = Object.fromEntries(
  variableNames.map((name) => [name, name === "link" ? "{#url#}" : "{#var#}"]),
) as Values;

/** The SMS text as it is registered on India's DLT portals: `{#var#}` for each value, `{#url#}` for the link. */
export const dltText = (message: MessageName, language: string): string => sms[message][languageFor(language)](holes);
