import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Values by key, in the order in which the keys first came; a change is on disk when the call returns. */
export interface Kept<V> {
  readonly entries: () => ReadonlyMap<string, V>;
  readonly put: (key: string, value: V) => void;
  readonly drop: (key: string) => void;
}

/** What outlives the laptop beside the tables and objects, even a `kill -9`. */
export interface KeptState {
  /** Whether an earlier run left something. */
  readonly found: boolean;
  /** Whether the run before came to its own end; true where there was none. */
  readonly endedWell: boolean;
  /** The values of one kind; the caller knows their type, since nobody else writes them. */
  readonly section: <V>(name: string) => Kept<V>;
  /** From here on changes are written; those before are written now. To be called once it is sure that no other laptop uses the folder. */
  readonly begin: () => void;
  /** Notes that the laptop came to its own end; later changes are lost. */
  readonly end: () => void;
}

type Sections = Map<string, Map<string, unknown>>;

const fileName = "state.ndjson";

/** So much may be appended before the file is written anew with only what still counts. */
const largestGrowth = 64 * 1024 * 1024;

const lineOf = (...change: readonly unknown[]): string => `${JSON.stringify(change)}\n`;

const sectionIn = (sections: Sections, name: string): Map<string, unknown> => {
  const found = sections.get(name) ?? new Map<string, unknown>();
  sections.set(name, found);
  return found;
};

function readSections(file: string): Sections {
  const sections: Sections = new Map();
  const lines = readFileSync(file, "utf8").split("\n");
  // What stands behind the last line end was being written when the laptop was killed: nobody was answered on its strength.
  for (const [index, line] of lines.slice(0, -1).entries()) {
    try {
      const [name, key, ...value] = JSON.parse(line) as [string, string, unknown?];
      if (value.length === 0) sectionIn(sections, name).delete(key);
      else sectionIn(sections, name).set(key, value[0]);
    } catch {
      throw new Error(`${file}: line ${index + 1} is damaged; start with an empty folder, or bring the file back`);
    }
  }
  return sections;
}

const holdsSomething = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** What the run before left in `folder`; throws where there are tables or objects without the state that belongs to them. */
function openFolder(folder: string): { readonly found: boolean; readonly sections: Sections } {
  const file = join(folder, fileName);
  mkdirSync(folder, { recursive: true });
  if (existsSync(file)) return { found: true, sections: readSections(file) };
  if (holdsSomething(join(folder, "dynamodb")) || holdsSomething(join(folder, "objects"))) {
    throw new Error(
      `${folder} holds tables but no ${fileName}, without which their link codes and the clock are lost; bring the file back, or start with an empty folder`,
    );
  }
  // Before any table is there, so that tables without a state are always a loss.
  writeFileSync(file, "");
  return { found: false, sections: new Map() };
}

interface Log {
  readonly append: (line: string) => void;
  readonly close: () => void;
}

/** Writes the file anew, whole or not at all, and appends to it from then on. */
function startLog(folder: string, sections: Sections): Log {
  const file = join(folder, fileName);
  let descriptor: number | undefined;
  let grown = 0;
  const rewrite = (): void => {
    const fresh = openSync(`${file}.new`, "w");
    for (const [name, values] of sections)
      for (const [key, value] of values) appendFileSync(fresh, lineOf(name, key, value));
    renameSync(`${file}.new`, file);
    if (descriptor !== undefined) closeSync(descriptor);
    [descriptor, grown] = [fresh, 0];
  };
  rewrite();
  return {
    append: (line) => {
      if (descriptor === undefined) return;
      appendFileSync(descriptor, line);
      grown += line.length;
      if (grown > largestGrowth) rewrite();
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/** The state kept in `folder`, in memory only where there is none. Throws where the folder holds tables without it, or it is damaged. */
export function openKeptState(folder?: string): KeptState {
  const { found, sections } =
    folder === undefined ? { found: false, sections: new Map() as Sections } : openFolder(folder);
  let log: Log | undefined;
  const section = <V>(name: string): Kept<V> => {
    const values = sectionIn(sections, name) as Map<string, V>;
    return {
      entries: () => values,
      put: (key, value) => {
        values.set(key, value);
        log?.append(lineOf(name, key, value));
      },
      drop: (key) => {
        if (values.delete(key)) log?.append(lineOf(name, key));
      },
    };
  };
  const ended = section<true>("ended");
  return {
    found,
    endedWell: !found || ended.entries().size > 0,
    section,
    begin: () => {
      ended.drop("well");
      if (folder !== undefined) log = startLog(folder, sections);
    },
    end: () => {
      ended.put("well", true);
      log?.close();
    },
  };
}

/** Values that nobody keeps. */
export const unkept = <V>(): Kept<V> => openKeptState().section<V>("");
