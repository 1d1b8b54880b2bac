import { parseArgs } from "node:util";
import type { Benchmark, Options } from "./benchmark.ts";
import { bundles } from "./bundles.ts";
import { importTime } from "./import-time.ts";
import { page } from "./page.ts";
import { pageSpeed } from "./page-speed.ts";
import { keepReport, reportOf } from "./report.ts";
import { requests } from "./requests.ts";
import { units } from "./units.ts";

const benchmarks: readonly Benchmark[] = [bundles, importTime, units, requests, page, pageSpeed];
const names = benchmarks.map(({ name }) => name).join(", ");

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    gate: { type: "string" },
    quick: { type: "boolean", default: false },
    detail: { type: "string" },
    tighten: { type: "boolean", default: false },
  },
});
const chosen = values.gate ?? values.only;
const options: Options = {
  quick: values.quick,
  tighten: values.tighten,
  ...(values.detail !== undefined && { detail: values.detail }),
};

/** Runs one benchmark and prints it; the number of bounds it passed, where a benchmark that cannot run passes one. */
async function run(benchmark: Benchmark): Promise<number> {
  const missing = benchmark.missing?.();
  if (missing !== undefined) {
    console.log(`${benchmark.name}: not run. ${missing}\n`);
    return 1;
  }
  const result = await benchmark.run(options);
  const report = reportOf(benchmark, result);
  console.log(report);
  if (values.gate === undefined && !options.quick && options.detail === undefined)
    await keepReport(benchmark.name, report);
  return result.breaches.length;
}

const wanted = chosen === undefined ? benchmarks : benchmarks.filter(({ name }) => name === chosen);
if (wanted.length === 0) {
  console.error(`There is no benchmark ${chosen}; there are ${names}.`);
  process.exitCode = 2;
}
let passed = 0;
for (const benchmark of wanted) passed += await run(benchmark);
if (values.gate !== undefined && passed > 0) process.exitCode = 1;
