import { staleFiles, writeGenerated } from "./write-generated.ts";

const folder = "functions/adapters/wording/generated/";
const places = { sources: new URL("./", import.meta.url), output: new URL(`../${folder}`, import.meta.url) };

if (process.argv.includes("--check")) {
  const stale = [...(await staleFiles(places)).keys()];
  for (const name of stale) process.stderr.write(`stale: ${folder}${name} (npm run generate)\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const name of await writeGenerated(places)) process.stdout.write(`made anew: ${folder}${name}\n`);
}
