import type { WordingSource } from "../../ports.ts";
import { builtinTemplate, languageFor } from "./inventory.ts";
import { isMessage, type MessageName, variablesOf } from "./messages.ts";
import { valuesFor } from "./values.ts";

/** Keeps the longest body with all its values under WhatsApp's 1,024 characters. */
const maxVariable = 100;

/** The approved name of a message's built-in template, the same in every language: `bill_due_soon_v1`. */
export const whatsAppTemplateName = (message: MessageName): string => `bill_${message.replaceAll("-", "_")}_v1`;

/**
 * What fills the approved WhatsApp templates: the biller's own template for the message where its settings name one, else the built-in
 * definition (see `whatsapp-templates.ts`); both take the message's variables in their order and `<HEADER>/<code>` behind the button's URL.
 */
export function whatsAppWording(): WordingSource {
  return {
    render({ message, language: wanted, biller, variables }) {
      if (!isMessage(message)) return undefined;
      const values = valuesFor(message, variables, maxVariable);
      if (values === undefined) return undefined;
      const language = languageFor(wanted, biller.language);
      const builtinName = whatsAppTemplateName(message);
      const own: Readonly<Record<string, string>> = biller.whatsapp?.templates ?? {};
      const name = own[message] ?? builtinName;
      return {
        channel: "whatsapp",
        language,
        template: name === builtinName ? builtinTemplate(message, language) : `whatsapp/${name}.${language}`,
        name,
        parameters: variablesOf(message).map((variable) => values[variable]),
        urlSuffix: values.link.split("/").slice(-2).join("/"),
      };
    },
  };
}
