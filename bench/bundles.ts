import { type HandlerName, needs } from "../functions/config.ts";
import { type Benchmark, type Options, type Result, ratio, type Table } from "./benchmark.ts";
import { boundOf, tighten } from "./bundle-bounds.ts";
import { type Bundle, type Measured, measureBundles } from "./bundling.ts";

const handlers = Object.keys(needs) as HandlerName[];

/** Where a file's bytes are counted; the first that fits. */
const groups: readonly (readonly [group: string, files: RegExp])[] = [
  ["wording", /^functions\/adapters\/wording\//],
  ["adapters", /^functions\/adapters\//],
  ["domain", /^functions\/domain\//],
  ["use cases", /^functions\/use-cases\//],
  ["pages", /^functions\/pages\//],
  ["entry", /^functions\//],
  ["zod", /^node_modules\/zod\//],
  ["temporal", /^node_modules\/temporal-/],
  ["middy", /^node_modules\/@middy\//],
  ["hono, uqr, csv", /^node_modules\/(hono|uqr|csv-parse)\//],
  ["marshalling", /^node_modules\/@aws-sdk\/util-dynamodb\//],
  ["SDK", /^node_modules\//],
];

function bytesIn({ inputs }: Bundle): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { path, bytes } of inputs) {
    const group = groups.find(([, files]) => files.test(path))?.[0] ?? "entry";
    sums.set(group, (sums.get(group) ?? 0) + bytes);
  }
  return sums;
}

function sizes(measured: readonly Measured[]): Table {
  return {
    title: "Bytes of each Lambda, and of the same SDK clients and commands bundled bare",
    columns: ["Lambda", "kind", "bytes", "bare", "ratio", "target", "too many bytes", "ceiling"],
    rows: measured.map(({ name, own, bare, ratio: measuredRatio }) => {
      const { kind, target, ceiling } = boundOf(name);
      const above = target === undefined ? 0 : Math.max(0, own.bytes - Math.floor(target * bare.bytes));
      return [
        name,
        kind,
        own.bytes,
        bare.bytes,
        measuredRatio.toFixed(3),
        target === undefined ? "–" : ratio(target),
        target === undefined ? "–" : above,
        ceiling === undefined ? "–" : ratio(ceiling),
      ];
    }),
  };
}

function excess(measured: readonly Measured[]): Table {
  return {
    title: "Bytes that each has and its bare bundle has not, by where they come from",
    columns: ["Lambda", "excess", ...groups.map(([group]) => group)],
    rows: measured.map(({ name, own, bare }) => {
      const [mine, theirs] = [bytesIn(own), bytesIn(bare)];
      return [
        name,
        own.bytes - bare.bytes,
        ...groups.map(([group]) => (mine.get(group) ?? 0) - (theirs.get(group) ?? 0)),
      ];
    }),
  };
}

/** The files of one Lambda that its bare bundle has not, or has less of; the largest first. */
function files({ name, own, bare }: Measured): Table {
  const theirs = new Map(bare.inputs.map(({ path, bytes }) => [path, bytes]));
  const rows = own.inputs
    .map(({ path, bytes }) => [path, bytes - (theirs.get(path) ?? 0)] as const)
    .filter(([, bytes]) => bytes > 0)
    .sort(([, a], [, b]) => b - a);
  return { title: `The files of ${name} beyond its bare bundle`, columns: ["file", "bytes"], rows: rows.slice(0, 60) };
}

/** What passes its ceiling, or has none. */
function breachesOf(measured: readonly Measured[]): string[] {
  return measured.flatMap(({ name, ratio: measuredRatio }) => {
    const { ceiling } = boundOf(name);
    if (ceiling === undefined)
      return [`${name} has no ceiling: \`npm run bench -- --only bundles --tighten\` sets one.`];
    return measuredRatio > ceiling
      ? [`${name} is ${measuredRatio.toFixed(3)} times its bare clients; its ceiling is ${ratio(ceiling)}.`]
      : [];
  });
}

function remarksOn(measured: readonly Measured[]): string[] {
  const bound = measured.filter(({ name }) => boundOf(name).target !== undefined);
  const above = bound.filter(({ name, ratio: measuredRatio }) => measuredRatio > (boundOf(name).target ?? 0));
  const loose = measured.filter(
    ({ name, ratio: measuredRatio }) => (boundOf(name).ceiling ?? 0) - measuredRatio > 0.02,
  );
  return [
    `${bound.length - above.length} of ${bound.length} Lambdas with a target reach it; above it: ${above.map(({ name }) => name).join(", ") || "none"}.`,
    ...(loose.length > 0
      ? [
          `More than 0.02 below the ceiling: ${loose.map(({ name }) => name).join(", ")}. \`npm run bench -- --only bundles --tighten\` lowers it.`,
        ]
      : []),
  ];
}

async function run(options: Options): Promise<Result> {
  const { detail } = options;
  const wanted = detail === undefined ? handlers : handlers.filter((name) => name === detail);
  if (wanted.length === 0) throw new Error(`There is no Lambda ${detail}`);
  const measured = await measureBundles(wanted);
  if (options.tighten) tighten(measured);
  return {
    tables: [sizes(measured), excess(measured), ...(detail === undefined ? [] : measured.map(files))],
    remarks: remarksOn(measured),
    breaches: options.tighten ? [] : breachesOf(measured),
  };
}

/** Bundle bytes beside bare SDK clients: the target of each, and a ceiling that only ever goes down. */
export const bundles: Benchmark = {
  name: "bundles",
  title: "Bundle bytes beside bare SDK clients",
  method: [
    "Each handler is bundled as the stacks do it (esbuild, minified, ESM, `module` fields first, SDK inside).",
    "Bare: the SDK clients and commands that are in that bundle, made and sent with nothing around them, bundled the same way.",
    "A ceiling is what a bundle may weigh today; the target is what it should come to. `--detail <Lambda>` lists files, `--tighten` lowers ceilings.",
  ],
  run,
};
