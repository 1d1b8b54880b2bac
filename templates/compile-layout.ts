import mjml2html from "mjml";

const hole = /\{\{(\w+)\}\}/g;
const repeated = /\{\{#facts\}\}([\s\S]*?)\{\{\/facts\}\}/;

const literal = (html: string): string => html.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
const fill = (html: string, object: string): string =>
  literal(html).replace(hole, (_hole, name: string) => `\${${object}.${name}}`);
const holesOf = (html: string): readonly string[] =>
  [...new Set([...html.matchAll(hole)].map(([, name]) => name ?? ""))].sort();

/** Indentation and line breaks of the source are a third of the bytes and show nowhere. */
const tight = (html: string): string =>
  html
    .replace(/\s*\n\s*/g, "\n")
    .replace(/([{};,>])\n(?=[^<\s])/g, "$1")
    .trim();

/**
 * Compiles an MJML layout to the source of one TypeScript module: a function from already escaped values to the HTML. `{{name}}` is a hole,
 * `{{#facts}}…{{/facts}}` repeats what it holds for each fact's `{{label}}` and `{{value}}`.
 */
export async function compileLayout(mjml: string): Promise<string> {
  const { html } = await mjml2html(mjml, { validationLevel: "strict", fonts: {} });
  const [before = "", fact = "", after = "", ...rest] = tight(html).split(repeated);
  if (fact === "" || rest.length > 0) throw new Error("the layout must have exactly one {{#facts}} block");
  if (/https?:\/\/(?!www\.w3\.org)/.test(html)) throw new Error("the layout must load nothing from elsewhere");
  const fields = holesOf(before + after).map((name) => `  readonly ${name}: string;`);
  return `/** What the layout shows, already escaped for HTML. */
type EmailHtmlValues = {
${fields.join("\n")}
  readonly facts: readonly { readonly label: string; readonly value: string }[];
};

/** The e-mail as HTML; every value must have been escaped before. */
export const emailHtml = (v: EmailHtmlValues): string =>
  \`${fill(before, "v")}\${v.facts.map((f) => \`${fill(fact.trim(), "f")}\`).join("")}${fill(after, "v")}\`;
`;
}
