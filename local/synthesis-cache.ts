import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SynthesizedApp } from "./template.ts";

const root = new URL("../", import.meta.url);
const folder = new URL("node_modules/.cache/duebell/", root);

/** What any synthesis depends on beside its own sources. */
const always = ["package-lock.json", "cdk.json", "local/synthesize.ts"];

function filesUnder(path: string): readonly string[] {
  const absolute = fileURLToPath(new URL(path, root));
  if (statSync(absolute).isFile()) return [path];
  const names = readdirSync(absolute, { recursive: true }) as string[];
  return names
    .map((name) => `${path}/${name}`)
    .filter((name) => name.endsWith(".ts"))
    .sort();
}

/** A name that changes with the content of any of the files, or of any TypeScript file in the folders, in `paths` (from the project's root). */
function fingerprint(paths: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...always, ...paths].flatMap(filesUnder)) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(new URL(file, root)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 32);
}

/**
 * What `make` synthesizes, kept in `node_modules/.cache` for as long as nothing in `sources` (files, and folders of TypeScript)
 * changes: loading CDK and synthesizing takes seconds of each start, and the stacks rarely change.
 */
export async function cachedSynthesis(
  sources: readonly string[],
  make: () => Promise<SynthesizedApp>,
): Promise<SynthesizedApp> {
  const file = fileURLToPath(new URL(`stacks-${fingerprint(sources)}.json`, folder));
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SynthesizedApp;
  } catch {
    const app = await make();
    mkdirSync(folder, { recursive: true });
    // Written beside and renamed, so that whoever reads at the same time finds all of it or nothing.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(app));
    renameSync(`${file}.${process.pid}`, file);
    return app;
  }
}
