import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";

const BillFetchAccess = z.object(
  {
    authorization: z
      .string("must be text")
      .check(
        z.maxLength(4_000, "must be 4000 characters at most"),
        z.regex(/^[\x20-\x7e]+$/, "must be printable ASCII"),
      ),
  },
  "must be {authorization}",
);

/** What a biller's own system wants in the `authorization` header: `<prefix>/<biller>/bill-fetch`, five minutes old at most; undefined when there is none. */
export function secretsManagerBillFetch({
  prefix,
  ...options
}: SecretsOptions & { readonly prefix: string }): (biller: BillerId) => Promise<string | undefined> {
  const read = secretsOf<z.output<typeof BillFetchAccess>>(BillFetchAccess, options);
  return async (biller) => (await read(`${prefix}/${biller}/bill-fetch`))?.authorization;
}
