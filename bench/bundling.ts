import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
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
  mainFields: ["module", "main"],
  metafile: true,
  logLevel: "error",
} satisfies BuildOptions;

/** One file that went into a bundle, and how many of its bytes are in the result. */
export type Input = { readonly path: string; readonly bytes: number };

/** A bundle as it would be deployed. */
export type Bundle = { readonly bytes: number; readonly code: Uint8Array; readonly inputs: readonly Input[] };

/** The names that are imported from each SDK package. */
export type Clients = ReadonlyMap<string, ReadonlySet<string>>;

async function bundle(entry: Pick<BuildOptions, "entryPoints" | "stdin">): Promise<Bundle> {
  const { outputFiles, metafile } = await build({ ...settings, ...entry });
  const [output] = outputFiles;
  const [meta] = Object.values(metafile.outputs);
  if (!output || !meta) throw new Error("esbuild wrote nothing");
  const inputs = Object.entries(meta.inputs).map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }));
  return { bytes: output.contents.length, code: output.contents, inputs: inputs.filter(({ bytes }) => bytes > 0) };
}

/** A Lambda's bundle. */
export const bundleHandler = (name: HandlerName): Promise<Bundle> =>
  bundle({ entryPoints: [`functions/handlers/${name}.ts`] });

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

/** The bundle of such a source. */
export const bundleSource = (contents: string): Promise<Bundle> =>
  bundle({ stdin: { contents, resolveDir: root, loader: "js" } });

/** A Lambda's bundle beside its bare clients. */
export type Measured = {
  readonly name: HandlerName;
  readonly own: Bundle;
  readonly bare: Bundle;
  readonly ratio: number;
};

/** Bundles Lambdas and their bare clients; those with the same clients share one bare bundle. */
export async function measureBundles(names: readonly HandlerName[]): Promise<readonly Measured[]> {
  const bares = new Map<string, Promise<Bundle>>();
  const measured: Measured[] = [];
  for (const name of names) {
    const own = await bundleHandler(name);
    const source = bareSource(await clientsOf(own));
    const bare = bares.get(source) ?? bundleSource(source);
    bares.set(source, bare);
    measured.push({ name, own, bare: await bare, ratio: own.bytes / (await bare).bytes });
  }
  return measured;
}
