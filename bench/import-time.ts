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

const program = `const begun = performance.now(); const { handler } = await import(process.argv[1]); const ended = performance.now();
if (typeof handler !== "function") throw new Error("no handler");
console.log(ended - begun);`;

/** How long a fresh process takes to import a bundle, in milliseconds. */
async function importMs(file: string): Promise<number> {
  const { stdout } = await runFile(process.execPath, ["--input-type=module", "-e", program, file], {
    env: environment,
  });
  return Number(stdout);
}

/** Everything that is imported: by its name, a file and the times that were taken. */
type Variants = Map<string, { readonly file: string; readonly ms: number[] }>;

async function written(
  folder: string,
  measured: readonly Measured[],
): Promise<{ variants: Variants; bareOf: Map<HandlerName, string> }> {
  const variants: Variants = new Map();
  const bareOf = new Map<HandlerName, string>();
  const add = async (name: string, code: Uint8Array): Promise<void> => {
    const path = join(folder, `${name}.mjs`);
    await writeFile(path, code);
    variants.set(name, { file: pathToFileURL(path).href, ms: [] });
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
  for (const { file } of order) await importMs(file);
  const end = performance.now() + seconds * 1_000;
  let rounds = 0;
  while (rounds < mostRounds && (rounds < fewestRounds || performance.now() < end)) {
    for (let n = 0; n < order.length; n++) {
      const variant = order[(n * 7 + rounds * 3) % order.length];
      variant?.ms.push(await importMs(variant.file));
    }
    rounds++;
  }
  return rounds;
}

async function run({ quick }: Options): Promise<Result> {
  const measured = await measureBundles(quick ? few : all);
  const folder = await mkdtemp(join(tmpdir(), "duebell-import-"));
  try {
    const { variants, bareOf } = await written(folder, measured);
    const rounds = await takeTimes(variants, quick ? mostSeconds.quick : mostSeconds.full);
    const of = (name = ""): number => median(variants.get(name)?.ms ?? []);
    const empty = of("empty");
    const net = (name = ""): number => of(name) - empty;
    const rows = measured.map(({ name }) => {
      const bare = bareOf.get(name);
      return [
        name,
        of(name).toFixed(1),
        of(bare).toFixed(1),
        ratio(net(name) / net(bare)),
        ratio(net(`${bare}-again`) / net(bare)),
      ];
    });
    const ratios = measured.map(({ name }) => net(name) / net(bareOf.get(name)));
    const controls = [...new Set(bareOf.values())].map((bare) => net(`${bare}-again`) / net(bare));
    return {
      tables: [
        {
          title: `Medians of ${rounds} fresh processes each`,
          columns: ["Lambda", "ms", "bare ms", "ratio", "A/A control"],
          rows: [...rows, ["an empty handler", empty.toFixed(1), "–", "–", "–"]],
        },
      ],
      remarks: [
        `Ratios from ${ratio(Math.min(...ratios))} to ${ratio(Math.max(...ratios))}, median ${ratio(median(ratios))}; to reach: 1.15. The controls lie between ${ratio(Math.min(...controls))} and ${ratio(Math.max(...controls))}: what differs by less is noise.`,
      ],
      breaches: [],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Import time of each Lambda beside its bare SDK clients. */
export const importTime: Benchmark = {
  name: "import-time",
  title: "Import time beside bare SDK clients",
  method: [
    "Each bundle is imported by a fresh process, all variants once in each round in changing order; the time is that of `import()` alone, with the clients it makes.",
    "Ratios are of medians, net of an empty handler; the bare bundle makes the same clients. The control is the same bare bundle measured a second time.",
    "Milliseconds are this machine's: only the ratios say something.",
  ],
  run,
};
