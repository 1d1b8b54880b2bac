import { whatsApp } from "./generated/whatsapp.ts";
import { languageFor, templateName, wordingInventory } from "./inventory.ts";
import { variablesOf } from "./messages.ts";
import { builtinMessage, valuesFor } from "./values.ts";
import type { Wording } from "./wording.ts";

/** Keeps the longest body with all its values under WhatsApp's 1,024 characters. */
const maxVariable = 100;

/** The built-in WhatsApp templates' parameters; the definitions to be approved are in `whatsapp-templates.ts`. */
export function whatsAppWording(): Wording<"whatsapp"> {
  return {
    ...wordingInventory,
    render(name, channel, wanted, variables) {
      const message = builtinMessage(name);
      const language = languageFor(wanted);
      const values = valuesFor(message, variables, maxVariable);
      return {
        channel,
        language,
        template: templateName(message, language),
        parameters: variablesOf(message).map((variable) => values[variable]),
        text: `${whatsApp[message][language](values)}\n${values.link}`,
      };
    },
  };
}
