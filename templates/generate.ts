import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { generatedFiles } from "./generated-files.ts";

const output = new URL("../functions/adapters/wording/generated/", import.meta.url);

/** The generated files as they are on disk now. */
function committedFiles(): ReadonlyMap<string, string> {
  const names = existsSync(output) ? readdirSync(output) : [];
  return new Map(names.map((name) => [name, readFileSync(new URL(name, output), "utf8")]));
}

const generated = await generatedFiles(new URL("./", import.meta.url));
const committed = committedFiles();
const stale = [...new Set([...generated.keys(), ...committed.keys()])].filter(
  (name) => generated.get(name) !== committed.get(name),
);

if (process.argv.includes("--check")) {
  for (const name of stale)
    process.stderr.write(`stale: functions/adapters/wording/generated/${name} (npm run generate)\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  mkdirSync(output, { recursive: true });
  for (const name of stale) {
    const content = generated.get(name);
    if (content === undefined) rmSync(new URL(name, output));
    else writeFileSync(new URL(name, output), content);
    process.stdout.write(
      `${content === undefined ? "removed" : "wrote"} functions/adapters/wording/generated/${name}\n`,
    );
  }
}
