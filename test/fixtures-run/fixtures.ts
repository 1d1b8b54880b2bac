import { readFileSync } from "node:fs";

const folder = new URL("../../../shared/fixtures/", import.meta.url);

/** One third-party example: where it is from, and what was sent. */
export type Fixture = { readonly id: string; readonly kind?: string; readonly type?: string; readonly body: unknown };

/** The third-party examples of a file under `../shared/fixtures`; throws where they are absent. */
export const fixtures = (file: string): readonly Fixture[] =>
  JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly Fixture[];

/** The value with every object in it passed through `change`, the inner ones first. */
export function rewritten(value: unknown, change: (object: Readonly<Record<string, unknown>>) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, change));
  if (typeof value !== "object" || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewritten(inner, change)])));
}
