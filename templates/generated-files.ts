import { readFileSync } from "node:fs";
import { messages } from "../functions/adapters/wording/messages.ts";
import { type Catalogue, readCatalogues } from "./catalogue.ts";
import { compileLayout } from "./compile-layout.ts";
import { compileText } from "./compile-text.ts";
import { findingsIn } from "./rules.ts";

const header =
  "// Made by `npm run generate` from templates/: edit the catalogues or the layout there, not this file.\n";
const select = `
const select = (key: string, cases: { readonly [key: string]: string; readonly other: string }): string => cases[key] ?? cases.other;
`;

/** Reads the catalogues and layouts in `folder`, checks them, and returns each generated file's name and content; the same input always gives the same bytes. */
export async function generatedFiles(folder: URL): Promise<ReadonlyMap<string, string>> {
  const catalogues = readCatalogues(folder);
  const findings = catalogues.flatMap(findingsIn);
  if (findings.length > 0) throw new Error(`the wording cannot be used:\n${findings.join("\n")}`);
  const layout = await compileLayout(readFileSync(new URL("email/bill.mjml", folder), "utf8"));
  return new Map([
    ["inventory.ts", inventoryModule(catalogues)],
    ["sms.ts", textsModule("sms", catalogues, (own) => own.sms)],
    ["whatsapp.ts", textsModule("whatsApp", catalogues, (own) => own.whatsApp.body)],
    ["whatsapp-details.ts", whatsAppDetailsModule(catalogues)],
    ["email.ts", emailModule(catalogues)],
    ["email-layout.ts", `${header}\n${layout}`],
  ]);
}

type OwnTexts = Catalogue["messages"][(typeof messages)[number]];
type Nested = string | { readonly [name: string]: Nested };

/** A TypeScript object literal whose leaves are given source code. */
const objectSource = (value: Nested, indent = ""): string =>
  typeof value === "string"
    ? value
    : `{\n${Object.entries(value)
        .map(([name, inner]) => `${indent}  ${JSON.stringify(name)}: ${objectSource(inner, `${indent}  `)},\n`)
        .join("")}${indent}}`;

const perLanguage = (catalogues: readonly Catalogue[], of: (catalogue: Catalogue) => Nested): Nested =>
  Object.fromEntries(catalogues.map((catalogue) => [catalogue.language, of(catalogue)]));

const perMessage = (catalogues: readonly Catalogue[], of: (own: OwnTexts, language: string) => Nested): Nested =>
  Object.fromEntries(
    messages.map((name) => [name, perLanguage(catalogues, ({ messages: own, language }) => of(own[name], language))]),
  );

const compiled = (language: string, texts: Readonly<Record<string, string>>): Nested =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, compileText(language, text).source]));

function moduleOf(imports: string, declarations: string): string {
  return `${header}${imports}${declarations.includes("select(") ? select : ""}\n${declarations}`;
}

function inventoryModule(catalogues: readonly Catalogue[]): string {
  const languages = JSON.stringify(catalogues.map(({ language }) => language));
  const versions = objectSource(perMessage(catalogues, ({ version }) => String(version)));
  return moduleOf(
    "",
    `/** The languages that have a catalogue. */\nexport const languages = ${languages} as const;\n
/** The version of each message's wording. */\nexport const versions = ${versions} as const;\n`,
  );
}

function textsModule(name: string, catalogues: readonly Catalogue[], of: (own: OwnTexts) => string): string {
  const texts = objectSource(perMessage(catalogues, (own, language) => compileText(language, of(own)).source));
  return moduleOf(
    `import type { MessageName, Text } from "../messages.ts";\nimport type { languages } from "./inventory.ts";\n`,
    `/** One text per message and language. */
export const ${name}: Readonly<Record<MessageName, Readonly<Record<(typeof languages)[number], Text>>>> = ${texts};\n`,
  );
}

function whatsAppDetailsModule(catalogues: readonly Catalogue[]): string {
  const details = perLanguage(catalogues, ({ common, example, messages: own }) => ({
    footer: JSON.stringify(common.whatsApp.footer),
    example: Object.fromEntries(Object.entries(example).map(([name, value]) => [name, JSON.stringify(value)])),
    button: Object.fromEntries(messages.map((name) => [name, JSON.stringify(own[name].whatsApp.button)])),
  }));
  return moduleOf(
    "",
    `/** What only the definitions to be approved need. */\nexport const whatsAppDetails = ${objectSource(details)} as const;\n`,
  );
}

function emailModule(catalogues: readonly Catalogue[]): string {
  const own = objectSource(perMessage(catalogues, ({ email }, language) => compiled(language, email)));
  const common = objectSource(
    perLanguage(catalogues, ({ language, common: { email } }) => {
      const { labels, ...texts } = email;
      return { ...(compiled(language, texts) as object), labels: compiled(language, labels) };
    }),
  );
  return moduleOf(
    `import type { MessageName, Text } from "../messages.ts";\nimport type { languages } from "./inventory.ts";\n
type PerLanguage<T> = Readonly<Record<(typeof languages)[number], T>>;
type Own = Readonly<Record<${literals(Object.keys(catalogues[0]?.messages.issued.email ?? {}))}, Text>>;
type Common = Readonly<Record<${literals(Object.keys(catalogues[0]?.common.email ?? {}).filter((name) => name !== "labels"))}, Text>> & {
  readonly labels: Readonly<Record<${literals(Object.keys(catalogues[0]?.common.email.labels ?? {}))}, Text>>;
};\n`,
    `/** The texts of each message. */\nexport const email: Readonly<Record<MessageName, PerLanguage<Own>>> = ${own};\n
/** The texts every e-mail has. */\nexport const emailCommon: PerLanguage<Common> = ${common};\n`,
  );
}

const literals = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(" | ");
