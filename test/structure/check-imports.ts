import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { importRules } from "./import-rules.ts";

/** Fewer modules than this means that the tool did not read the tree: it reports success then. */
const fewestModules = 150;

const folders = ["functions", "lib", "bin", "local", "bench", "templates", "examples", "test"];
const { output } = await cruise(
  folders,
  {
    ruleSet: { forbidden: [...importRules] },
    validate: true,
    // Followed no further, but seen: rules about packages need them.
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
  } as Parameters<typeof cruise>[1],
  {
    exportsFields: ["exports"],
    conditionNames: ["import", "require", "node", "default", "types"],
    extensions: [".ts", ".mjs", ".js", ".json"],
  } as Parameters<typeof cruise>[2],
  { tsConfig: extractTSConfig("tsconfig.json") },
);
if (typeof output === "string") throw new Error("dependency-cruiser answered text where a result was asked for");
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
for (const { rule, from, to } of violations) process.stderr.write(`${rule.name}: ${from} -> ${to}\n`);
if (totalCruised < fewestModules) throw new Error(`dependency-cruiser read ${totalCruised} modules only`);
if ((totalDependenciesCruised ?? 0) < totalCruised) throw new Error("dependency-cruiser read no dependencies");
if (violations.length > 0) process.exit(1);
process.stdout.write(`${totalCruised} modules, ${totalDependenciesCruised} dependencies: every import goes one way.\n`);
