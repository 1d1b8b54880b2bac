import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import type { HandlerName } from "../functions/config.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What the stacks tell esbuild (lib/constructs/service-function.ts); test/bench/bundling.test.ts holds the two together. */
const settings = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  platform: "node",
  format: "esm",
  target: "node24",
  charset: "utf8",
  mainFields: ["module", "main"],
  alias: { "brotli/decompress.js": "node:zlib" },
  metafile: true,
  logLevel: "error",
} satisfies BuildOptions;

/** One file that went into a bundle, and how many of its bytes are in the result. */
export type Input = { readonly path: string; readonly bytes: number };

/** A bundle as it would be deployed. */
export type Bundle = { readonly bytes: number; readonly code: Uint8Array; readonly inputs: readonly Input[] };

/** The names that are imported from each SDK package. */
export type Clients = ReadonlyMap<string, ReadonlySet<string>>;

/** Sources that are in no file, by a made-up name. */
const inMemory = (sources: ReadonlyMap<string, string>): Plugin => ({
  name: "in-memory",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^memory:/ }, ({ path }) => ({ path, namespace: "memory" }));
    onLoad({ filter: /.*/, namespace: "memory" }, ({ path }) => ({
      contents: sources.get(path.slice("memory:".length)) ?? "",
      resolveDir: root,
      loader: "js",
    }));
  },
});

/** One bundle for each entry point, as if each were bundled by itself; together, so that no file is parsed twice. */
async function bundleEach(
  entries: ReadonlyMap<string, string>,
  plugins: Plugin[] = [],
): Promise<ReadonlyMap<string, Bundle>> {
  const entryPoints = [...entries].map(([name, path]) => ({ in: path, out: name }));
  const { outputFiles, metafile } = await build({ ...settings, entryPoints, plugins, outdir: `${root}out` });
  const bundles = new Map<string, Bundle>();
  for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
    const code = outputFiles.find((file) => file.path === root + path)?.contents ?? new Uint8Array();
    const all = Object.entries(inputs).map(([input, { bytesInOutput }]) => ({ path: input, bytes: bytesInOutput }));
    bundles.set(path.slice("out/".length, -".js".length), {
      bytes: code.length,
      code,
      inputs: all.filter(({ bytes }) => bytes > 0),
    });
  }
  return bundles;
}

/** What was made under a name. */
function found<V>(all: ReadonlyMap<string, V>, name: string): V {
  const value = all.get(name);
  if (value === undefined) throw new Error(`esbuild wrote no ${name}`);
  return value;
}

/** The bundles of Lambdas, by name. */
export const bundleHandlers = (names: readonly HandlerName[]): Promise<ReadonlyMap<string, Bundle>> =>
  bundleEach(new Map(names.map((name) => [name, `functions/handlers/${name}.ts`])));

/** The bundles of sources, by name. */
export const bundleSources = (sources: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Bundle>> =>
  bundleEach(new Map([...sources.keys()].map((name) => [name, `memory:${name}`])), [inMemory(sources)]);

const namedImports = /import (?!type)\{([^}]*)\} from "(@aws-sdk\/(?:client-[a-z0-9-]+|s3-request-presigner))"/g;

/** Whether what `name` names of an SDK package is in the bundle, and not only in a file that was shaken out of it. */
function isIn(inputs: readonly Input[], sdk: string, name: string): boolean {
  const folder = `node_modules/${sdk}/dist-es/`;
  const own = [`${folder}commands/${name}.js`, `${folder}${name}.js`].find((file) => existsSync(root + file));
  return inputs.some(({ path }) => (own === undefined ? path.startsWith(folder) : path === own));
}

/** The SDK clients and commands that a bundle's own sources name, and that are in the bundle. */
export async function clientsOf({ inputs }: Bundle): Promise<Clients> {
  const found = new Map<string, Set<string>>();
  for (const { path } of inputs.filter(({ path }) => path.startsWith("functions/"))) {
    const text = await readFile(`${root}${path}`, "utf8");
    for (const [, list = "", sdk = ""] of text.matchAll(namedImports)) {
      const names = list.split(",").map((name) => name.trim());
      for (const name of names.filter((name) => name !== "" && !name.startsWith("type ") && isIn(inputs, sdk, name))) {
        found.set(sdk, (found.get(sdk) ?? new Set()).add(name));
      }
    }
  }
  return found;
}

/** A handler that makes the same clients, can send the same commands, and does nothing else. */
export function bareSource(clients: Clients): string {
  const sorted = [...clients].map(([sdk, names]) => [sdk, [...names].sort()] as const).sort();
  const imports = sorted.map(([sdk, names]) => `import { ${names.join(", ")} } from "${sdk}";`);
  const names = sorted.flatMap(([, names]) => names);
  const made = names.filter((name) => name.endsWith("Client")).map((name) => `new ${name}({})`);
  const used = names.filter((name) => !name.endsWith("Client"));
  return [
    ...imports,
    `const clients = [${made.join(", ")}];`,
    `const used = { ${used.join(", ")} };`,
    "export const handler = async ({ client, name, input }) => clients[client].send(new used[name](input));",
  ].join("\n");
}

/** A Lambda's bundle beside its bare clients. */
export type Measured = {
  readonly name: HandlerName;
  readonly own: Bundle;
  readonly bare: Bundle;
  readonly ratio: number;
};

/** Bundles Lambdas and their bare clients; those with the same clients share one bare bundle. */
export async function measureBundles(names: readonly HandlerName[]): Promise<readonly Measured[]> {
  const owns = await bundleHandlers(names);
  const sources = new Map<HandlerName, string>();
  for (const name of names) sources.set(name, bareSource(await clientsOf(found(owns, name))));
  const distinct = [...new Set(sources.values())];
  const bares = await bundleSources(new Map(distinct.map((source, n) => [`bare-${n}`, source])));
  return names.map((name) => {
    const own = found(owns, name);
    const bare = found(bares, `bare-${distinct.indexOf(found(sources, name))}`);
    return { name, own, bare, ratio: own.bytes / bare.bytes };
  });
}
