import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import config from "../../.dependency-cruiser.mjs";

/** Fewer modules than this means that the tool did not read the tree: it reports success then. */
const fewestModules = 150;

const { options, forbidden } = config;
const { output } = await cruise(
  ["functions", "lib", "bin", "local", "cli", "bench", "templates", "examples", "test"].filter((folder) => folder !== ""),
  { ...options, ruleSet: { forbidden }, validate: true } as Parameters<typeof cruise>[1],
  undefined,
  { tsConfig: extractTSConfig("tsconfig.json") },
);
if (typeof output === "string") throw new Error("dependency-cruiser answered text where a result was asked for");
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);
if (totalCruised < fewestModules) throw new Error(`dependency-cruiser read ${totalCruised} modules only; at least ${fewestModules} are there`);
if ((totalDependenciesCruised ?? 0) < totalCruised) throw new Error("dependency-cruiser read no dependencies");
if (violations.length > 0) process.exit(1);
console.log(`${totalCruised} modules, ${totalDependenciesCruised} dependencies: every import goes one way.`);
