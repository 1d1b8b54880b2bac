import MessageFormat from "@messageformat/core";
import { type VariableName, variableNames } from "../functions/adapters/wording/messages.ts";

/** One ICU text compiled: `source` is an arrow function that needs nothing but `select`, `run` the same function. */
export type CompiledText = {
  readonly source: string;
  readonly variables: readonly VariableName[];
  readonly selects: boolean;
  run(values: Readonly<Record<string, string>>): string;
};

const isVariable = (name: string): name is VariableName => (variableNames as readonly string[]).includes(name);

/** Compiles an ICU MessageFormat text; refuses unknown variables and whatever would need a library or `Intl` at run time. */
export function compileText(language: string, text: string): CompiledText {
  const run = new MessageFormat(language, { returnType: "string" }).compile(text);
  const source = String(run);
  const code = source.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const unsupported = [...code.matchAll(/\b(\w+)\(/g)].map(([, name]) => name).find((name) => name !== "select");
  if (unsupported !== undefined)
    throw new Error(`"${text}" uses ${unsupported}: only plain variables and select are compiled`);
  const names = [...new Set([...code.matchAll(/\bd(?:\.(\w+)|\[(""|\d+)\])/g)].map(([, name]) => name ?? "?"))];
  const unknown = names.find((name) => !isVariable(name));
  if (unknown !== undefined) throw new Error(`"${text}" uses the unknown variable ${unknown}`);
  return {
    source: names.length === 0 ? source.replace("(d) =>", "() =>") : source,
    variables: names.filter(isVariable),
    selects: code.includes("select("),
    run,
  };
}
