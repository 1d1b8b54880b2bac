import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type * as z from "zod/mini";
import { DuebellError, providerError } from "../../domain/errors.ts";
import type { Moment } from "../../domain/local-time.ts";
import type { Clock } from "../../ports.ts";

const maxAgeMs = 5 * 60_000;
const maxEntries = 200;

/** Where secrets are read from, and by whose time they grow old. */
export type SecretsOptions = { readonly clock: Clock; readonly client?: SecretsManagerClient };

/** Reads the secret of a name, five minutes old at most; undefined when there is none. */
export type ReadSecret<T> = (name: string) => Promise<T | undefined>;

function parsed<T>(name: string, text: string | undefined, schema: z.ZodMiniType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text ?? "");
  } catch {
    // Without the cause: JSON's own message quotes the secret.
    throw providerError(`The secret ${name} is not JSON text.`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(" "));
  throw providerError(`The secret ${name} is malformed: ${faults.join("; ")}.`);
}

/** Secrets of one shape: JSON checked against `schema`, with errors that name the fault and never the value; one that cannot be read anew is an error, not its old value. */
export function secretsOf<T>(
  schema: z.ZodMiniType<T>,
  {
    clock,
    client = new SecretsManagerClient({ requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true } }),
  }: SecretsOptions,
): ReadSecret<T> {
  const known = new Map<string, { readonly at: Moment; readonly value: Promise<T | undefined> }>();
  const fetchSecret: ReadSecret<T> = async (name) => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
      return parsed(name, SecretString, schema);
    } catch (error) {
      if (error instanceof DuebellError) throw error;
      if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
      throw providerError(`The secret ${name} cannot be read.`, error);
    }
  };
  return (name) => {
    const now = clock.now();
    const entry = known.get(name);
    if (entry && Math.abs(now - entry.at) < maxAgeMs) return entry.value;
    // A flood of names that do not exist must not fill the memory.
    if (known.size >= maxEntries) known.clear();
    const value = fetchSecret(name);
    known.set(name, { at: now, value });
    value.catch(() => known.get(name)?.value === value && known.delete(name));
    return value;
  };
}
