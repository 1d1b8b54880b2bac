import { createHash } from "node:crypto";
import { canonicalAddress } from "../../functions/domain/addresses.ts";
import type { Biller } from "../../functions/domain/biller.ts";
import type { BillerId, Channel } from "../../functions/domain/ids.ts";
import type { ImportRecord, ImportReject } from "../../functions/domain/import.ts";
import type { Moment } from "../../functions/domain/local-time.ts";
import type { Notification, NotificationKey } from "../../functions/domain/notification.ts";
import { byPreference } from "../../functions/domain/suppression-reason.ts";
import { whatsAppSenderOf } from "../../functions/domain/whatsapp-number.ts";
import type {
  BillerStore,
  ImportStore,
  NotificationStore,
  ReadOptions,
  SmsReferenceStore,
  Suppression,
  SuppressionStore,
} from "../../functions/ports.ts";
import { copyOf, type MemoryTable } from "./memory-table.ts";

type FoundApps = ReturnType<BillerStore["findWithApps"]>;

/** Billers in memory; the cached read is fresh, as it may be. */
export function memoryBillerStore(table: MemoryTable): BillerStore {
  const get: BillerStore["get"] = async (biller) =>
    table.get(`BILLER#${biller}`, "PROFILE", { consistent: true }) as Biller | undefined;
  const ownerOf = (header: string): unknown => table.get(`HEADER#${header}`, "OWNER", { consistent: true });
  return {
    get,
    getCached: get,
    findByHeader: async (header) => ownerOf(header) as BillerId | undefined,
    async *list() {
      for (const { sk } of table.query("BILLERS", { consistent: true })) yield sk as BillerId;
    },
    findWithApps: async () =>
      table.query("APPS", { consistent: true }).map(({ value }) => value as Awaited<FoundApps>[number]),
    async put(biller) {
      const headers = [biller.header, ...biller.formerHeaders];
      if (headers.some((header) => (ownerOf(header) ?? biller.id) !== biller.id)) return "header-taken";
      for (const header of headers) table.put(`HEADER#${header}`, "OWNER", { value: biller.id });
      const known = table.get(`BILLER#${biller.id}`, "PROFILE", { consistent: true }) as Biller | undefined;
      table.put("BILLERS", biller.id, { value: biller.id });
      table.put(`BILLER#${biller.id}`, "PROFILE", { value: biller });
      const { apps } = biller;
      if (apps) table.put("APPS", `BILLER#${biller.id}`, { value: { headers, apps } });
      else table.delete("APPS", `BILLER#${biller.id}`);
      const [former, sender] = [known, biller].map((one) => one?.whatsapp && whatsAppSenderOf(one.whatsapp));
      if (former !== undefined) table.delete(`SENDER#${former}`, `BILLER#${biller.id}`);
      if (sender !== undefined) table.put(`SENDER#${sender}`, `BILLER#${biller.id}`, { value: biller.id });
      return known ? "replaced" : "created";
    },
    findByWhatsApp: async (phoneNumberId) =>
      table.query(`SENDER#${phoneNumberId}`, { consistent: true }).map(({ value }) => value as BillerId),
  };
}

/** Notifications in memory. */
export function memoryNotificationStore(table: MemoryTable): NotificationStore {
  const place = ({ code, step, hop }: NotificationKey): [string, string] => [`BILL#${code}`, `NTF#${step}#${hop}`];
  return {
    async record({ code, step, hop }, facts) {
      const [pk, sk] = place({ code, step, hop });
      const known = table.get(pk, sk, { consistent: true }) as Notification | undefined;
      const all: Notification = { ...copyOf(facts), ...known, code, step, hop };
      table.put(pk, sk, { value: all });
      return copyOf(all);
    },
    get: async (key, options) => table.get(...place(key), options) as Notification | undefined,
  };
}

/** References in memory, with what they lead to. */
export type MemorySmsReferenceStore = SmsReferenceStore & {
  find(providerReference: string): NotificationKey | undefined;
};

/** SNS message ids in memory. */
export function memorySmsReferenceStore(table: MemoryTable): MemorySmsReferenceStore {
  const find = (providerReference: string): NotificationKey | undefined =>
    table.get(`SMS#${providerReference}`, "REF") as NotificationKey | undefined;
  return {
    find,
    get: async (providerReference) => find(providerReference),
    async put(providerReference, { code, step, hop }) {
      table.put(`SMS#${providerReference}`, "REF", { value: { code, step, hop } });
    },
  };
}

/** What is known of an address on a channel: what stands, and the newest moments of a stop and of a consent. */
type KnownAddress = {
  readonly standing?: Suppression | undefined;
  readonly stoppedAt?: Moment | undefined;
  readonly consent?: Suppression | undefined;
  readonly lifted?: Suppression | undefined;
};

/** Suppressions in memory, under a hash without a secret. */
export function memorySuppressionStore(table: MemoryTable): SuppressionStore {
  const hashOf: SuppressionStore["hashOf"] = async (biller, channel, address) =>
    createHash("sha256")
      .update(`${biller}|${channel}|${canonicalAddress(channel, address)}`)
      .digest("base64url")
      .slice(0, 32);
  const known = (hash: string, channel: Channel, options?: ReadOptions): KnownAddress =>
    (table.get(`ADDRESS#${hash}`, `SUPPRESSION#${channel}`, options) ?? {}) as KnownAddress;
  const keep = (hash: string, channel: Channel, value: KnownAddress): void =>
    table.put(`ADDRESS#${hash}`, `SUPPRESSION#${channel}`, { value });
  return {
    hashOf,
    standing: async (hash, channel) => known(hash, channel).standing,
    get: async (biller, channel, address) => known(await hashOf(biller, channel, address), channel).standing,
    async put(hash, { channel, reason, at }) {
      const stored = known(hash, channel, { consistent: true });
      const outlasts = stored.standing?.reason === byPreference && reason !== byPreference;
      const before = outlasts && stored.standing ? { ...stored, standing: { ...stored.standing, reason } } : stored;
      if (outlasts) keep(hash, channel, before);
      if (at <= (before.stoppedAt ?? -1) || at < (before.consent?.at ?? 0)) return false;
      keep(hash, channel, { ...before, stoppedAt: at, standing: before.standing ?? { channel, reason, at } });
      return before.standing === undefined;
    },
    async lift(hash, { channel, reason, at }) {
      const before = known(hash, channel, { consistent: true });
      if (at <= (before.stoppedAt ?? -1) || at <= (before.consent?.at ?? -1)) return false;
      const lifted = before.standing ?? before.lifted;
      keep(hash, channel, { ...before, standing: undefined, lifted, consent: { channel, reason, at } });
      return before.standing !== undefined;
    },
  };
}

/** Import records in memory. */
export function memoryImportStore(table: MemoryTable): ImportStore {
  const place = ({ biller, importId }: Pick<ImportRecord, "biller" | "importId">): [string, string] => [
    `BILLER#${biller}`,
    `IMPORT#${importId}`,
  ];
  const stored = (record: ImportRecord): ImportRecord | undefined =>
    table.get(...place(record), { consistent: true }) as ImportRecord | undefined;
  return {
    async create(record) {
      if (!stored(record)) table.put(...place(record), { value: record });
    },
    get: async (biller, importId) =>
      table.get(...place({ biller, importId }), { consistent: true }) as ImportRecord | undefined,
    async save(record, readVersion) {
      if ((stored(record)?.version ?? 0) !== readVersion) return false;
      table.put(...place(record), { value: record });
      return true;
    },
    async keepRejects({ range, ...of }, rejects) {
      const [pk, sk] = place(of);
      table.put(pk, `${sk}#REJECTS#${String(range).padStart(6, "0")}`, { value: rejects });
    },
    async *findRejects(of) {
      const [pk, sk] = place(of);
      const rows = table.query(pk, { consistent: true }).filter((row) => row.sk.startsWith(`${sk}#REJECTS#`));
      for (const { value } of rows) yield* value as readonly ImportReject[];
    },
  };
}
