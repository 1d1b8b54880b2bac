import type { Clock } from "../../functions/ports.ts";

/** A record of work in progress or done: until when it counts, and until when nobody else may do the work. */
export type LockRecord = {
  readonly key: string;
  readonly status: string;
  readonly expiresAt: number;
  readonly lockedUntil: number;
  readonly answer?: unknown;
};

/** Conditional writes of the kind that libraries for idempotency rest on. */
export type LockTable = {
  /** Writes where there is no record, an expired one, or one whose lock has run out; else answers the one that is there. */
  put(record: LockRecord): Promise<LockRecord | undefined>;
  read(key: string): Promise<LockRecord | undefined>;
  update(record: LockRecord): Promise<void>;
  delete(key: string): Promise<void>;
};

/** A lock table in memory, in the time of `clock`. */
export function memoryLockTable(clock: Clock): LockTable {
  const records = new Map<string, LockRecord>();
  return {
    async put(record) {
      const known = records.get(record.key);
      const now = clock.now();
      const isDone = known && known.status === "COMPLETED";
      if (known && known.expiresAt >= now && (isDone || known.lockedUntil >= now)) return known;
      records.set(record.key, record);
      return undefined;
    },
    read: async (key) => records.get(key),
    async update(record) {
      records.set(record.key, record);
    },
    async delete(key) {
      records.delete(key);
    },
  };
}
