import type { WordingSource } from "../../ports.ts";
import { isPlainUrl } from "./clean.ts";
import { email, emailCommon } from "./generated/email.ts";
import { emailHtml } from "./generated/email-layout.ts";
import { builtinTemplate, type Language, languageFor } from "./inventory.ts";
import { isMessage, kindOf, type MessageName, type Values, type VariableName } from "./messages.ts";
import { valuesFor } from "./values.ts";

const maxVariable = 100;

/** The large amount and what stands under it, per kind of message; what is not given is left out. */
const shown = {
  reminder: { amount: "amount", facts: ["title", "dueDate"] },
  receipt: { amount: "paidAmount", facts: ["title", "paidOn", "receiptReference", "remaining"] },
  notice: { amount: "paymentAmount", facts: ["title"] },
} as const satisfies Record<ReturnType<typeof kindOf>, { amount: VariableName; facts: readonly VariableName[] }>;

type Fact = { readonly label: string; readonly value: string };

function partsFor(message: MessageName, language: Language, values: Values) {
  const own = email[message][language];
  const common = emailCommon[language];
  const { amount, facts: names } = shown[kindOf(message)];
  const facts: readonly Fact[] = names
    .filter((name) => values[name] !== "")
    .map((name) => ({ label: common.labels[name](values), value: values[name] }));
  return {
    lang: language,
    billerName: values.billerName,
    subject: own.subject(values),
    preview: `${values.title}: ${values[amount]}`,
    heading: own.heading(values),
    greeting: common.greeting(values),
    lead: own.lead(values),
    amountLabel: common.labels[amount](values),
    amount: values[amount],
    facts,
    button: own.button(values),
    link: values.link,
    linkNote: common.linkNote(values),
    safety: common.safety(values),
    reason: common.reason(values),
    unsubscribe: common.unsubscribe(values),
    unsubscribeUrl: values.unsubscribeUrl,
  };
}

/** All the layout shows, as plain text: nothing in it is HTML yet. */
type EmailParts = ReturnType<typeof partsFor>;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** The one place where text becomes HTML, so that no value can miss it. */
function htmlOf({ facts, ...texts }: EmailParts): string {
  const escaped = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, escapeHtml(text)]),
  ) as typeof texts;
  return emailHtml({
    ...escaped,
    facts: facts.map(({ label, value }) => ({ label: escapeHtml(label), value: escapeHtml(value) })),
  });
}

const textOf = (parts: EmailParts): string =>
  [
    parts.greeting,
    parts.lead,
    [{ label: parts.amountLabel, value: parts.amount }, ...parts.facts]
      .map(({ label, value }) => `${label}: ${value}`)
      .join("\n"),
    `${parts.button}:\n${parts.link}`,
    parts.safety,
    `--\n${parts.reason}\n${parts.unsubscribe}:\n${parts.unsubscribeUrl}`,
  ].join("\n\n");

/** The built-in e-mails: subject, text and HTML; they need `unsubscribeUrl` besides the message's own variables. */
export function emailWording(): WordingSource {
  return {
    render({ message, language: wanted, biller, variables }) {
      if (!isMessage(message)) return undefined;
      const language = languageFor(wanted, biller.language);
      const values = valuesFor(message, variables, maxVariable);
      if (values === undefined || !isPlainUrl(values.unsubscribeUrl)) return undefined;
      const parts = partsFor(message, language, values);
      return {
        channel: "email",
        language,
        template: builtinTemplate(message, language),
        subject: parts.subject,
        text: textOf(parts),
        html: htmlOf(parts),
      };
    },
  };
}
