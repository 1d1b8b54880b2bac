import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type HandlerName, needs } from "../functions/config.ts";
import { type Benchmark, median, type Options, type Result, ratio } from "./benchmark.ts";
import { type Measured, measureBundles } from "./bundling.ts";

const runFile = promisify(execFile);

const all = Object.keys(needs) as HandlerName[];
const few: readonly HandlerName[] = ["sweep-due-lane", "send-notification-sms", "record-delivery", "open-payment-link"];

/** In all, so that the benchmark ends on a slow machine too. */
const mostSeconds = { full: 100, quick: 20 };
const mostRounds = 25;
const fewestRounds = 5;

const url = "https://example.com/queue";

/** What handlers are started with; nothing is called. */
const environment: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(needs).flatMap((names) => names.map((name) => [name, "bench"]))),
  ...Object.fromEntries(
    ["SMS", "EMAIL", "WHATSAPP", "IMPORT_ROWS", "DELIVERIES", "PAYMENTS"].map((name) => [`${name}_QUEUE_URL`, url]),
  ),
  LANES: "4",
  LINK_BASE_URL: "https://pay.example.com",
  WHATSAPP_BASE_URL: "https://graph.example.com",
  WHATSAPP_API_VERSION: "v24.0",
  SEND_TIMEOUT_SECONDS: "30",
  AWS_REGION: "ap-south-1",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
};

const program = `const before = process.cpuUsage(); const begun = performance.now();
const { handler } = await import(process.argv[1]);
const wall = performance.now() - begun; const { user, system } = process.cpuUsage(before);
if (typeof handler !== "function") throw new Error("no handler");
console.log(JSON.stringify({ wall, cpu: (user + system) / 1_000 }));`;

/** How long a fresh process takes to import a bundle, in milliseconds: by the clock, and of processor time. */
type Took = { readonly wall: number; readonly cpu: number };

async function importOnce(file: string): Promise<Took> {
  const { stdout } = await runFile(process.execPath, ["--input-type=module", "-e", program, file], {
    env: environment,
  });
  return JSON.parse(stdout) as Took;
}

/** Everything that is imported: by its name, a file and the times that were taken. */
type Variants = Map<string, { readonly file: string; readonly took: Took[] }>;

async function written(
  folder: string,
  measured: readonly Measured[],
): Promise<{ variants: Variants; bareOf: Map<HandlerName, string> }> {
  const variants: Variants = new Map();
  const bareOf = new Map<HandlerName, string>();
  const add = async (name: string, code: Uint8Array): Promise<void> => {
    const path = join(folder, `${name}.mjs`);
    await writeFile(path, code);
    variants.set(name, { file: pathToFileURL(path).href, took: [] });
  };
  await add("empty", new TextEncoder().encode("export const handler = async () => {};\n"));
  const bares = [...new Set(measured.map(({ bare }) => bare))];
  for (const [n, { code }] of bares.entries()) {
    await add(`bare-${n}`, code);
    await add(`bare-${n}-again`, code);
  }
  for (const { name, own, bare } of measured) {
    await add(name, own.code);
    bareOf.set(name, `bare-${bares.indexOf(bare)}`);
  }
  return { variants, bareOf };
}

/** Imports every variant once in each round, in another order each time. */
async function takeTimes(variants: Variants, seconds: number): Promise<number> {
  const order = [...variants.values()];
  const end = performance.now() + seconds * 1_000;
  let rounds = 0;
  while (rounds < mostRounds && (rounds < fewestRounds || performance.now() < end)) {
    for (let n = 0; n < order.length; n++) {
      const variant = order[(n * 7 + rounds * 3) % order.length];
      variant?.took.push(await importOnce(variant.file));
    }
    rounds++;
  }
  return rounds;
}

/** The middle of the lower half: what else a shared machine does only ever adds to a time. */
function lowerQuartile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return median(sorted.slice(0, Math.ceil(sorted.length / 2)));
}

/** The lower quartile of a variant's times, net of an empty handler. */
function netOf(variants: Variants, clock: keyof Took): (name: string) => number {
  const of = (name: string): number => lowerQuartile((variants.get(name)?.took ?? []).map((took) => took[clock]));
  const empty = of("empty");
  return (name) => of(name) - empty;
}

/** The ratios of every Lambda, and the same of a bare bundle to itself, by one clock. */
function ratiosOf(variants: Variants, bareOf: ReadonlyMap<HandlerName, string>, clock: keyof Took) {
  const net = netOf(variants, clock);
  const own = new Map([...bareOf].map(([name, bare]) => [name, net(name) / net(bare)]));
  const control = new Map([...bareOf].map(([name, bare]) => [name, net(`${bare}-again`) / net(bare)]));
  return { net, own, control };
}

const span = (ratios: ReadonlyMap<HandlerName, number>): string =>
  `${ratio(Math.min(...ratios.values()))} to ${ratio(Math.max(...ratios.values()))}, median ${ratio(median([...ratios.values()]))}`;

function resultOf(variants: Variants, bareOf: ReadonlyMap<HandlerName, string>, rounds: number): Result {
  const [cpu, wall] = [ratiosOf(variants, bareOf, "cpu"), ratiosOf(variants, bareOf, "wall")];
  const shown = (ratios: ReadonlyMap<HandlerName, number>, name: HandlerName): string =>
    ratio(ratios.get(name) ?? Number.NaN);
  return {
    tables: [
      {
        title: `Lower quartiles of ${rounds} fresh processes each`,
        columns: ["Lambda", "processor ms", "bare", "ratio", "A/A", "clock ms", "bare", "ratio", "A/A"],
        rows: [...bareOf].map(([name, bare]) => [
          name,
          ...[cpu, wall].flatMap(({ net, own, control }) => [
            net(name).toFixed(1),
            net(bare).toFixed(1),
            shown(own, name),
            shown(control, name),
          ]),
        ]),
      },
    ],
    remarks: [
      `By processor time the ratios go from ${span(cpu.own)}; to reach: 1.15. The same bare bundle against itself: ${span(cpu.control)}.`,
      `By the clock: ${span(wall.own)}; the control: ${span(wall.control)}. What differs by less than a control is noise.`,
    ],
    breaches: [],
  };
}

async function run({ quick }: Options): Promise<Result> {
  const measured = await measureBundles(quick ? few : all);
  const folder = await mkdtemp(join(tmpdir(), "duebell-import-"));
  try {
    const { variants, bareOf } = await written(folder, measured);
    const rounds = await takeTimes(variants, quick ? mostSeconds.quick : mostSeconds.full);
    return resultOf(variants, bareOf, rounds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Import time of each Lambda beside its bare SDK clients. */
export const importTime: Benchmark = {
  name: "import-time",
  title: "Import time beside bare SDK clients",
  method: [
    "Each bundle is imported by a fresh process, all variants once in each round in changing order; the time is that of `import()` alone, with the clients it makes, net of an empty handler.",
    "Ratios are of lower quartiles, since the machine's other work only adds; the bare bundle makes the same clients. A/A is the same bare bundle measured a second time, divided by the first.",
    "Milliseconds are this machine's: only the ratios say something.",
  ],
  run,
};
