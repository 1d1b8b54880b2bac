/** One element as a browser would build it: its attributes by name, and how deep it stands. */
export type Element = {
  readonly name: string;
  readonly depth: number;
  readonly attributes: Readonly<Record<string, string>>;
};

const empty = new Set(["meta", "link", "img", "input", "br", "path", "hr"]);
const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z0-9-]+(?:="[^"<]*")?)*)\s*(\/?)>/y;
const attribute = /([a-zA-Z0-9-]+)(?:="([^"]*)")?/g;

/** Reads an entity back as a browser does; throws for an ampersand that starts none. */
const unescaped = (text: string): string =>
  text.replace(/&(?:(amp|lt|gt|quot|#39);)?/g, (whole, name: string | undefined) => {
    const character = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }[name ?? ""];
    if (character === undefined) throw new Error(`a stray ampersand: ${whole}`);
    return character;
  });

/**
 * The elements of a page in their order, read more strictly than browsers read: throws where a tag is malformed or not closed, where an
 * attribute is unquoted or comes twice, and where `<` or `&` stands for itself.
 */
export function elementsOf(html: string): readonly Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let at = html.indexOf("<html");
  while (at < html.length) {
    const next = html.indexOf("<", at);
    unescaped(html.slice(at, next < 0 ? undefined : next));
    if (next < 0) break;
    tag.lastIndex = next;
    const match = tag.exec(html);
    if (!match) throw new Error(`no tag: ${html.slice(next, next + 60)}`);
    at = tag.lastIndex;
    const [, closing, name = "", attributes = "", selfClosed] = match;
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    elements.push({ name, depth: open.length, attributes: attributesOf(attributes) });
    if (name === "style" || name === "script") at = html.indexOf(`</${name}>`, at);
    if (!selfClosed && !empty.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  return elements;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(attribute)) {
    if (name in found) throw new Error(`${name} comes twice`);
    found[name] = unescaped(value);
  }
  return found;
}

/** The text a reader sees: without head and tags. */
export const seenText = (html: string): string =>
  unescaped(
    html
      .slice(html.indexOf("<body"))
      .replace(/<(style|script)\b.*?<\/\1>/gs, " ")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
