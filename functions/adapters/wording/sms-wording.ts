import { plainSmsText, smsSegments } from "../../domain/sms-segments.ts";
import { sms } from "./generated/sms.ts";
import { languageFor, templateName, wordingInventory } from "./inventory.ts";
import type { Text } from "./messages.ts";
import { builtinMessage, valuesFor } from "./values.ts";
import type { MessageVariables, Wording } from "./wording.ts";

/** India's registered texts (DLT) take at most this many characters per variable. */
const maxVariable = 30;

const shortLetters: Readonly<Record<string, string>> = {
  "\u09a1\u09bc": "\u09dc",
  "\u09a2\u09bc": "\u09dd",
  "\u09af\u09bc": "\u09df",
};

/** NFC spells three Bengali letters with two characters each; an SMS pays for every one. */
const shortSpelling = (text: string): string =>
  text.replace(/[\u09a1\u09a2\u09af]\u09bc/g, (letter) => shortLetters[letter] ?? letter);

const withPlainForms = (variables: MessageVariables): MessageVariables => ({
  ...variables,
  ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value && plainSmsText(value)])),
});

/** Of the text with the values as given and the one with plain forms, the one that costs less; GSM-7 if equal. */
function thriftier(given: string, plain: string): string {
  const candidate = smsSegments(plain);
  return candidate.encoding === "GSM-7" && candidate.segments <= smsSegments(given).segments ? plain : given;
}

/** The built-in SMS texts: one fixed text per message and language, so that each can be registered; GSM-7 wherever the values allow it. */
export function smsWording(): Wording<"sms"> {
  return {
    ...wordingInventory,
    render(name, channel, wanted, variables) {
      const message = builtinMessage(name);
      const language = languageFor(wanted);
      const write: Text = sms[message][language];
      const given = write(valuesFor(message, variables, maxVariable));
      const plain = write(valuesFor(message, withPlainForms(variables), maxVariable));
      const text = shortSpelling(thriftier(given, plain));
      return { channel, language, template: templateName(message, language), text };
    },
  };
}
