import type { MessageVariables } from "../../domain/message.ts";
import { plainSmsText, type SmsSegments, smsSegments } from "../../domain/sms-segments.ts";
import type { WordingSource } from "../../ports.ts";
import { sms } from "./generated/sms.ts";
import { builtinTemplate, languageFor } from "./inventory.ts";
import { isMessage } from "./messages.ts";
import { valuesFor } from "./values.ts";

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

type Counted = SmsSegments & { readonly text: string };

const counted = (text: string): Counted => ({ ...smsSegments(text), text });

/** Plain forms help only where they keep the whole text in GSM-7; elsewhere they would make it longer. */
const thriftier = (given: Counted, plain: Counted): Counted =>
  plain.encoding === "GSM-7" && plain.segments <= given.segments ? plain : given;

/** The built-in SMS texts: one fixed text per message and language, so that each can be registered; GSM-7 wherever the values allow it. */
export function smsWording(): WordingSource {
  return {
    render({ message, language: wanted, biller, variables }) {
      if (!isMessage(message)) return undefined;
      const language = languageFor(wanted, biller.language);
      const values = valuesFor(message, variables, maxVariable);
      const plainValues = valuesFor(message, withPlainForms(variables), maxVariable);
      if (values === undefined || plainValues === undefined) return undefined;
      const write = sms[message][language];
      const { text, segments } = thriftier(counted(shortSpelling(write(values))), counted(write(plainValues)));
      return { channel: "sms", language, template: builtinTemplate(message, language), text, segments };
    },
  };
}
