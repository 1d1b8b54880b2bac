import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { generatedFiles } from "./generated-files.ts";

/** Where the sources are and where what is made of them is committed. */
type GeneratedPlaces = { readonly sources: URL; readonly output: URL };

/** The generated files that differ from what the sources give now, each with its right content; without content it should not be there. */
export async function staleFiles({
  sources,
  output,
}: GeneratedPlaces): Promise<ReadonlyMap<string, string | undefined>> {
  const generated = await generatedFiles(sources);
  const committed = existsSync(output) ? readdirSync(output) : [];
  const isStale = (name: string): boolean =>
    !committed.includes(name) || readFileSync(new URL(name, output), "utf8") !== generated.get(name);
  const names = [...new Set([...generated.keys(), ...committed])].sort().filter(isStale);
  return new Map(names.map((name) => [name, generated.get(name)]));
}

/** Makes the generated files what the sources give, and returns the names of those it wrote or removed. */
export async function writeGenerated(places: GeneratedPlaces): Promise<readonly string[]> {
  const stale = await staleFiles(places);
  mkdirSync(places.output, { recursive: true });
  for (const [name, content] of stale) {
    if (content === undefined) rmSync(new URL(name, places.output));
    else writeFileSync(new URL(name, places.output), content);
  }
  return [...stale.keys()];
}
