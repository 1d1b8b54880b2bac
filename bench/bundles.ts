import { build } from "esbuild";
import { needs } from "../functions/config.ts";

/** How the stacks bundle a handler (lib/constructs/service-function.ts says the same to esbuild). */
const settings = {
  bundle: true,
  minify: true,
  write: false,
  platform: "node",
  format: "esm",
  target: "node24",
  mainFields: ["module", "main"],
  metafile: true,
  charset: "utf8",
  logLevel: "error",
} as const;

/** One bundle's bytes, and the named imports of SDK clients that went into it. */
export type Bundle = { readonly bytes: number; readonly code: string; readonly clients: ReadonlyMap<string, ReadonlySet<string>> };

/** Bundles a handler, noting which SDK packages its own sources name. */
export async function bundleHandler(name: string): Promise<Bundle & { readonly inputs: readonly (readonly [string, number])[] }> {
  const result = await build({ ...settings, entryPoints: [`functions/handlers/${name}.ts`] });
  const [output] = result.outputFiles;
  const inputs = Object.entries(Object.values(result.metafile.outputs)[0]?.inputs ?? {}).map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const);
  const sources = inputs.filter(([path, bytes]) => bytes > 0 && path.startsWith("functions/")).map(([path]) => path);
  return { bytes: output?.contents.length ?? 0, code: output?.text ?? "", clients: await clientsNamed(sources), inputs };
}

async function clientsNamed(sources: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { readFile } = await import("node:fs/promises");
  const found = new Map<string, Set<string>>();
  for (const source of sources) {
    const text = await readFile(source, "utf8");
    for (const [, names = "", client = ""] of text.matchAll(/import (?!type)\{([^}]*)\} from "(@aws-sdk\/(?:client-[a-z0-9-]+|s3-request-presigner))"/g)) {
      const set = found.get(client) ?? new Set<string>();
      for (const name of names.split(",").map((part) => part.trim()).filter((part) => part !== "" && !part.startsWith("type "))) set.add(name);
      found.set(client, set);
    }
  }
  return found;
}

/** The same clients and commands, and nothing else. */
export async function bundleBare(clients: Bundle["clients"]): Promise<{ readonly bytes: number; readonly code: string }> {
  const lines = [...clients].map(([client, names], n) => `import { ${[...names].map((name) => `${name} as c${n}_${name}`).join(", ")} } from "${client}";`);
  const uses = [...clients].flatMap(([, names], n) => [...names].map((name) => `c${n}_${name}`));
  const contents = `${lines.join("\n")}\nexport const handler = async () => [${uses.join(", ")}].length;`;
  const result = await build({ ...settings, stdin: { contents, resolveDir: process.cwd(), loader: "ts" } });
  const [output] = result.outputFiles;
  return { bytes: output?.contents.length ?? 0, code: output?.text ?? "" };
}

/** Every handler's bundle beside its bare clients. */
export async function allBundles() {
  return await Promise.all(
    Object.keys(needs).map(async (name) => {
      const own = await bundleHandler(name);
      const bare = await bundleBare(own.clients);
      return { name, own, bare, ratio: own.bytes / bare.bytes };
    }),
  );
}
