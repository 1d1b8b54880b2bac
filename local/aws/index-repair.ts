import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { isJsonObject, type JsonObject } from "../json.ts";

interface Level {
  readonly open: () => Promise<void>;
  readonly iterator: (range: { gte: string; lt: string }) => AsyncIterable<[string, JsonObject]>;
  readonly batch: (changes: readonly Change[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

type Change =
  | { readonly type: "put"; readonly key: string; readonly value: JsonObject }
  | { readonly type: "del"; readonly key: string };

interface IndexEntry {
  readonly index: string;
  readonly key: string;
  readonly item: JsonObject;
}

interface DynaliteInternals {
  readonly getIndexActions: (
    indexes: readonly JsonObject[],
    existing: undefined,
    item: JsonObject,
    table: JsonObject,
  ) => { readonly puts: readonly IndexEntry[] };
}

const ownRequire = createRequire(import.meta.url);
const requireOfDynalite = createRequire(ownRequire.resolve("dynalite"));
const { getIndexActions } = ownRequire("dynalite/db") as DynaliteInternals;
const { Level } = requireOfDynalite("level") as {
  readonly Level: new (path: string, options: { readonly valueEncoding: "json" }) => Level;
};

/** Everything under a prefix, its keys without it; dynalite separates the parts of a key by `~`. */
async function* under(store: Level, prefix: string): AsyncGenerator<[string, JsonObject]> {
  const range = { gte: `${prefix}~`, lt: `${prefix}\x7f` };
  for await (const [key, value] of store.iterator(range)) yield [key.slice(prefix.length + 1), value];
}

async function repairTable(store: Level, name: string, table: JsonObject): Promise<void> {
  const indexes = table["GlobalSecondaryIndexes"];
  if (!Array.isArray(indexes)) return;
  const prefixOf = (index: string): string => `index-global~${name}~${index}`;
  const expected = new Map<string, JsonObject>();
  for await (const [, item] of under(store, `item-${name}`)) {
    const { puts } = getIndexActions(indexes as readonly JsonObject[], undefined, item, table);
    for (const entry of puts) expected.set(`${prefixOf(entry.index)}~${entry.key}`, entry.item);
  }
  const stale: Change[] = [];
  for (const index of indexes.filter(isJsonObject)) {
    const prefix = prefixOf(String(index["IndexName"]));
    for await (const [rest] of under(store, prefix)) {
      const key = `${prefix}~${rest}`;
      if (!expected.delete(key)) stale.push({ type: "del", key });
    }
  }
  await store.batch([...stale, ...[...expected].map(([key, value]): Change => ({ type: "put", key, value }))]);
}

/**
 * Makes the indexes that dynalite keeps in `folder` agree with its items again: it writes first the index and then the item, so
 * that a kill between the two leaves an item without its entry, or an entry that no item has. Throws where another process has
 * the folder open.
 */
export async function repairIndexes(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const store = new Level(folder, { valueEncoding: "json" });
  await store.open().catch((cause: unknown) => {
    throw new Error(`${folder} cannot be opened; perhaps another laptop uses it`, { cause });
  });
  try {
    const tables: [string, JsonObject][] = [];
    for await (const table of under(store, "table")) tables.push(table);
    for (const [name, table] of tables) await repairTable(store, name, table);
  } finally {
    await store.close();
  }
}
