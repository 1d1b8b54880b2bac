import { type FieldError, invalidInput } from "../../functions/domain/errors.ts";

/** A button of an approved template; the single `{{1}}` of a URL stands at its end. */
export type WhatsAppButton =
  | { readonly type: "URL"; readonly text: string; readonly url: string }
  | { readonly type: "QUICK_REPLY"; readonly text: string }
  | { readonly type: "PHONE_NUMBER"; readonly text: string; readonly phoneNumber: string }
  | { readonly type: "ORDER_DETAILS"; readonly text: string };

/** The kinds of media a header may hold instead of text. */
export type MediaHeader = { readonly format: "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION" };

/** An approved template; without `phoneNumberId` every account may send it. Holes are `{{1}}` or named, `{{due_date}}`. */
export type WhatsAppTemplate = {
  readonly phoneNumberId?: string;
  readonly name: string;
  readonly language: string;
  readonly category?: "utility" | "marketing" | "authentication";
  readonly header?: string | MediaHeader;
  readonly body: string;
  readonly footer?: string;
  readonly buttons: readonly WhatsAppButton[];
};

/** The names of the holes of a text, in order of first appearance. */
export const holesOf = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? "")),
];

const limits = { name: 512, header: 60, body: 1024, footer: 60, label: 25, url: 2000, buttons: 10, urlButtons: 2 };

type Problem = readonly [path: string, broken: boolean, message: string];

const buttonProblems = (button: WhatsAppButton, index: number): readonly Problem[] => {
  const path = `buttons.${index}`;
  const label: Problem = [
    `${path}.text`,
    button.text === "" || button.text.length > limits.label,
    `must be 1 to ${limits.label} characters`,
  ];
  if (button.type !== "URL") return [label];
  const holes = holesOf(button.url);
  return [
    label,
    [
      `${path}.url`,
      !/^https?:\/\/[^{}]+/.test(button.url) || button.url.length > limits.url,
      "must be an http address of at most 2000 characters",
    ],
    [
      `${path}.url`,
      holes.length > 1 || (holes.length === 1 && !button.url.endsWith("}}")),
      "may have one variable, at its end",
    ],
  ];
};

const textProblems = (template: WhatsAppTemplate): readonly Problem[] => {
  const header = typeof template.header === "string" ? template.header : "";
  const { body, footer = "" } = template;
  const positions = holesOf(body).filter((hole) => /^\d+$/.test(hole));
  const inOrder = positions
    .map(Number)
    .toSorted((a, b) => a - b)
    .every((position, index) => position === index + 1);
  return [
    [
      "name",
      !/^[a-z0-9_]+$/.test(template.name) || template.name.length > limits.name,
      "must be lower-case letters, digits and underscores",
    ],
    ["language", !/^[a-z]{2,3}(_[A-Z]{2})?$/.test(template.language), "must be a language code such as en or pt_BR"],
    [
      "header",
      header.length > limits.header || holesOf(header).length > 1,
      "must be at most 60 characters with at most one variable",
    ],
    ["body", body === "" || body.length > limits.body, `must be 1 to ${limits.body} characters`],
    ["body", /^\s*\{\{|\}\}\s*$/.test(body), "may not start or end with a variable"],
    ["body", !inOrder, "must number its variables from 1 without a gap"],
    [
      "footer",
      footer.length > limits.footer || holesOf(footer).length > 0,
      "must be at most 60 characters without variables",
    ],
  ];
};

const problemsOf = (template: WhatsAppTemplate): readonly FieldError[] => {
  const { buttons } = template;
  const urls = buttons.filter((button) => button.type === "URL").length;
  // Meta refuses quick replies that stand on both sides of another kind of button.
  const kinds = buttons.map((button) => button.type === "QUICK_REPLY");
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  const problems: readonly Problem[] = [
    ...textProblems(template),
    ["buttons", buttons.length > limits.buttons || urls > limits.urlButtons, "may be ten, of which two are URLs"],
    ["buttons", changes > 1, "must keep quick replies together"],
    ...buttons.flatMap(buttonProblems),
  ];
  return problems.filter(([, broken]) => broken).map(([path, , message]) => ({ path, message }));
};

/** The approved templates of all accounts. */
export type WhatsAppTemplates = {
  /** Approves templates, each in place of an older one of the same number, name and language; throws `invalid-input` for what Meta would not approve. */
  readonly register: (templates: readonly WhatsAppTemplate[]) => void;
  /** The template that a phone number may send under a name in exactly one language. */
  readonly get: (phoneNumberId: string, name: string, language: string) => WhatsAppTemplate | undefined;
};

/** An empty list of approved templates. */
export const createWhatsAppTemplates = (): WhatsAppTemplates => {
  const approved = new Map<string, WhatsAppTemplate>();
  const keyOf = (phoneNumberId: string, name: string, language: string) => `${phoneNumberId} ${name} ${language}`;
  return {
    register: (templates) => {
      for (const template of templates) {
        const fields = problemsOf(template);
        if (fields.length > 0) {
          const told = fields.map((field) => `${field.path} ${field.message}`).join("; ");
          throw invalidInput(`WhatsApp template ${template.name} (${template.language}): ${told}`, fields);
        }
        approved.set(keyOf(template.phoneNumberId ?? "", template.name, template.language), template);
      }
    },
    get: (phoneNumberId, name, language) =>
      approved.get(keyOf(phoneNumberId, name, language)) ?? approved.get(keyOf("", name, language)),
  };
};
