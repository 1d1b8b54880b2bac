import { notFound } from "../domain/errors.ts";
import type { BillerId } from "../domain/ids.ts";
import { toIso } from "../domain/local-time.ts";
import type { Reconciliation } from "../domain/reconciliation.ts";
import type { Ports } from "../ports.ts";

/** What the comparisons with the gateways found, as the API tells it. */
export type ReconciliationsAnswer = {
  readonly reconciliations: readonly (Omit<Reconciliation, "biller" | "at"> & { readonly at: string })[];
};

const limit = 100;

/** The newest hundred days of a biller at its gateways. Throws not-found. */
export async function getReconciliations(
  ports: Pick<Ports, "billers" | "reconciliations">,
  { biller }: { readonly biller: BillerId },
): Promise<ReconciliationsAnswer> {
  if (!(await ports.billers.get(biller))) throw notFound(`There is no biller ${biller}.`);
  const found = await ports.reconciliations.find(biller, { limit });
  return { reconciliations: found.map(({ biller: _, at, ...day }) => ({ ...day, at: toIso(at) })) };
}
