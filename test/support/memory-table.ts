import { EmailAddress, PhoneNumber } from "../../functions/domain/addresses.ts";
import type { Lane } from "../../functions/domain/link-code.ts";
import type { Clock, DueEntry, ReadOptions } from "../../functions/ports.ts";

/** What one row holds: a value, and where it waits in the due index, if it does. */
export type MemoryRow = { readonly value: unknown; readonly lane?: Lane; readonly due?: string };

/** How the table misbehaves within what DynamoDB promises; each is asked anew for every call. */
export type MemoryTableOptions = {
  readonly clock: Clock;
  /** Milliseconds of the clock until the due index shows a write; 0 unless told. */
  readonly lagMs?: () => number;
  /** Whether a read that is not consistent misses the newest write of its row; never unless told. */
  readonly staleReads?: () => boolean;
};

type IndexChange = { readonly pk: string; readonly sk: string; readonly row: MemoryRow; readonly visibleAt: number };

/** A deep copy that leaves out what is undefined, as marshalling does; masked addresses are immutable and stay. */
export function copyOf<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (value instanceof PhoneNumber || value instanceof EmailAddress) return value;
  // The fault harness copies more than it does anything else: a plain loop takes less than half the time of mapped entries.
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member: unknown = Reflect.get(value, name);
    if (member !== undefined) copy[name] = copyOf(member);
  }
  return copy as T;
}

const idOf = (pk: string, sk: string): string => `${pk}\n${sk}`;
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** One table in memory with the sparse due index beside it: every value goes in and comes out as a copy. */
export class MemoryTable {
  readonly #options: MemoryTableOptions;
  readonly #rows = new Map<string, Map<string, { now: MemoryRow | undefined; before: MemoryRow | undefined }>>();
  readonly #index = new Map<string, { lane: Lane; entry: DueEntry }>();
  #pending: IndexChange[] = [];

  constructor(options: MemoryTableOptions) {
    this.#options = options;
  }

  /** The value under a key; the one before it where a stale read is due. */
  get(pk: string, sk: string, options?: ReadOptions): unknown {
    const held = this.#rows.get(pk)?.get(sk);
    return copyOf((this.#isStale(options) ? held?.before : held?.now)?.value);
  }

  /** The rows of a partition in the order of their sort keys. */
  query(pk: string, options?: ReadOptions): readonly { readonly sk: string; readonly value: unknown }[] {
    const stale = this.#isStale(options);
    return [...(this.#rows.get(pk) ?? [])]
      .map(([sk, held]) => ({ sk, row: stale ? held.before : held.now }))
      .flatMap(({ sk, row }) => (row ? [{ sk, value: copyOf(row.value) }] : []))
      .sort((a, b) => byText(a.sk, b.sk));
  }

  put(pk: string, sk: string, row: MemoryRow): void {
    this.#write(pk, sk, copyOf(row));
  }

  delete(pk: string, sk: string): void {
    this.#write(pk, sk, undefined);
  }

  /** What the index shows of a lane now, in the order of due key and key. */
  indexed(lane: Lane): readonly DueEntry[] {
    this.#showPending();
    return [...this.#index.values()]
      .filter((held) => held.lane === lane)
      .map(({ entry }) => ({ ...entry }))
      .sort(compareEntries);
  }

  #isStale(options: ReadOptions | undefined): boolean {
    return !options?.consistent && (this.#options.staleReads?.() ?? false);
  }

  #write(pk: string, sk: string, row: MemoryRow | undefined): void {
    const partition = this.#rows.get(pk) ?? new Map();
    this.#rows.set(pk, partition);
    partition.set(sk, { now: row, before: partition.get(sk)?.now });
    const visibleAt = this.#options.clock.now() + (this.#options.lagMs?.() ?? 0);
    this.#pending.push({ pk, sk, row: row ?? { value: undefined }, visibleAt });
  }

  /** Applies the changes whose time has come; those of one item always in the order in which they were made. */
  #showPending(): void {
    const now = this.#options.clock.now();
    const waiting = new Set<string>();
    this.#pending = this.#pending.filter(({ pk, sk, row, visibleAt }) => {
      const id = idOf(pk, sk);
      if (visibleAt > now || waiting.has(id)) return Boolean(waiting.add(id));
      if (row.lane === undefined || row.due === undefined) this.#index.delete(id);
      else this.#index.set(id, { lane: row.lane, entry: { pk, sk, due: row.due } });
      return false;
    });
  }
}

/** The order of the index: due keys first, entries of the same one in an order that does not change. */
export const compareEntries = (a: DueEntry, b: DueEntry): number =>
  byText(a.due, b.due) || byText(a.pk, b.pk) || byText(a.sk, b.sk);
