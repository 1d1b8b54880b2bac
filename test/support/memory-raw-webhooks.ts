import { createHash } from "node:crypto";
import { toIso } from "../../functions/domain/local-time.ts";
import type { RawWebhooks } from "../../functions/money-ports.ts";

/** Bodies of webhooks in memory, by their keys. */
export type MemoryRawWebhooks = RawWebhooks & { readonly kept: ReadonlyMap<string, Uint8Array> };

/** Keeps each body once for each day. */
export function memoryRawWebhooks(): MemoryRawWebhooks {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    keep: async ({ biller, provider, body, at }) => {
      const name = createHash("sha256").update(body).digest("hex");
      const key = `webhooks/${biller}/${provider}/${toIso(at).slice(0, 10)}/${name}.json`;
      if (!kept.has(key)) kept.set(key, Uint8Array.from(body));
      return key;
    },
  };
}
