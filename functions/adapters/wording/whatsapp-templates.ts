import { languages } from "./generated/inventory.ts";
import { whatsApp } from "./generated/whatsapp.ts";
import { whatsAppDetails } from "./generated/whatsapp-details.ts";
import type { Language } from "./inventory.ts";
import { type MessageName, messages, type Values, variablesOf } from "./messages.ts";
import { whatsAppTemplateName } from "./whatsapp-wording.ts";

/** One template definition as Meta's `message_templates` call takes it: a body, a footer and one URL button whose suffix is `<HEADER>/<code>`. */
type WhatsAppTemplate = {
  readonly name: string;
  readonly language: string;
  readonly category: "UTILITY";
  readonly components: readonly [
    {
      readonly type: "BODY";
      readonly text: string;
      readonly example: { readonly body_text: readonly (readonly string[])[] };
    },
    { readonly type: "FOOTER"; readonly text: string },
    { readonly type: "BUTTONS"; readonly buttons: readonly [WhatsAppUrlButton] },
  ];
};

type WhatsAppUrlButton = {
  readonly type: "URL";
  readonly text: string;
  readonly url: string;
  readonly example: readonly [string];
};

const exampleSuffix = "EXPOWR/1aB2cD3eF4gH5";

/** Every definition to be approved at Meta before a biller can use the built-in wording; `linkBaseUrl` has no slash at its end. */
export const whatsAppTemplates = (linkBaseUrl: string): readonly WhatsAppTemplate[] =>
  messages.flatMap((message) => languages.map((language) => definition(message, language, linkBaseUrl)));

function definition(message: MessageName, language: Language, linkBaseUrl: string): WhatsAppTemplate {
  const { footer, example, button } = whatsAppDetails[language];
  const variables = variablesOf(message);
  const holes = Object.fromEntries(variables.map((name, index) => [name, `{{${index + 1}}}`])) as Values;
  return {
    name: whatsAppTemplateName(message),
    language,
    category: "UTILITY",
    components: [
      {
        type: "BODY",
        text: whatsApp[message][language](holes),
        example: { body_text: [variables.map((name) => example[name])] },
      },
      { type: "FOOTER", text: footer },
      {
        type: "BUTTONS",
        buttons: [
          {
            type: "URL",
            text: button[message],
            url: `${linkBaseUrl}/{{1}}`,
            example: [`${linkBaseUrl}/${exampleSuffix}`],
          },
        ],
      },
    ],
  };
}
