import { isPayable, statusOf } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { fetchLimitOf } from "../domain/biller-page.ts";
import type { BillerId } from "../domain/ids.ts";
import {
  type BillWithDetail,
  type LiveBill,
  type SaidBill,
  saidBill,
  termsAt,
  withLiveBill,
} from "../domain/live-bill.ts";
import { minuteMs } from "../domain/local-time.ts";
import type { LiveState, PageFacts } from "../domain/page-view.ts";
import type { Ports } from "../ports.ts";

/** What a biller's own system is asked with, and what it said is kept in. */
export type RefreshPorts = Pick<Ports, "liveBills" | "liveBillCache" | "clock">;

/** A stored bill with what is needed to ask its biller about it. */
export type RefreshFacts = BillWithDetail & { readonly biller: Biller };

/** The bill as its biller's own system said last, and what became of asking it; without `live` there was nobody or nothing to ask. */
export type RefreshedBill = BillWithDetail & { readonly live?: LiveState };

/** What was said longer ago than this serves nobody. */
const servedMs = 24 * 60 * minuteMs;

/**
 * What is known of a bill from its biller's own system: `stale` where that was asked and did not answer, `not-asked` where nobody asked;
 * without `live` it never said anything that serves.
 */
export type Said =
  | { readonly outcome: "fresh"; readonly live: LiveBill }
  | { readonly outcome: "not-asked"; readonly live?: LiveBill }
  | { readonly outcome: "stale"; readonly reason: string; readonly live?: LiveBill };

/** Whose system did not answer, and why, as operators are told: ids and codes alone. */
export type LiveFailure = { readonly biller: BillerId; readonly reason: string };

/**
 * The bill as it is now by its biller's own system, where the biller has one and something may be owed: what was said within the last
 * minute serves, else the system is asked if `ask`, within its time-out and the biller's limit. Failing that, what it said last serves
 * for a day, and then what is stored. Nothing is written but what was said.
 */
export async function refreshBill(
  ports: RefreshPorts,
  facts: RefreshFacts,
  how: { readonly ask: boolean },
): Promise<RefreshedBill> {
  const { bill, detail, biller } = facts;
  const said = await hearOf(ports, facts, how);
  if (!said) return { bill, detail };
  const overlaid = said.live ? withLiveBill(facts, biller, said.live) : { bill, detail };
  return { ...overlaid, live: pageLive(said, bill) };
}

/** What a page says of how old its figures are. */
export function pageLive({ live, ...said }: Said, bill: BillWithDetail["bill"]): LiveState {
  return { ...said, at: live?.at ?? termsAt(bill), nothingDue: live?.fetched.outcome === "nothing-due" };
}

/** What operators are told where the biller's own system was asked and did not answer; else undefined. */
export const liveFailureOf = ({ biller, live }: Pick<PageFacts, "biller" | "live">): LiveFailure | undefined =>
  live?.outcome === "stale" ? { biller: biller.id, reason: live.reason } : undefined;

/** What the biller's own system says of a bill: as `refreshBill`, which puts it over the bill. Undefined where nobody or nothing is to be asked. */
export async function hearOf(
  ports: RefreshPorts,
  facts: RefreshFacts,
  { ask }: { readonly ask: boolean },
): Promise<Said | undefined> {
  if (!isLive(ports, facts)) return undefined;
  const kept = await ports.liveBillCache.get(facts.bill.code, { consistent: true });
  const known = kept && serves(ports, facts.bill, kept) ? kept : undefined;
  if (known && ports.clock.now() - known.at < minuteMs) return { outcome: "fresh", live: known };
  const older = known ? { live: known } : {};
  if (!ask) return { outcome: "not-asked", ...older };
  const asked = await askBiller(ports, facts, kept);
  return "at" in asked ? { outcome: "fresh", live: asked } : { outcome: "stale", reason: asked.reason, ...older };
}

/** Whether the biller's own system is to be heard: a bill that nothing is asked for is what its payments say. */
export const isLive = (ports: Pick<Ports, "clock">, { bill, biller }: RefreshFacts): boolean =>
  biller.billFetch !== undefined && isPayable(statusOf(bill, ports.clock.now()));

/** Whether what the biller's own system said still serves: the stored terms are not newer, and no day has passed. */
export const serves = ({ clock }: Pick<Ports, "clock">, bill: BillWithDetail["bill"], { at }: SaidBill): boolean =>
  at >= termsAt(bill) && clock.now() - at < servedMs;

/** What the biller's system says now, or why it says nothing: `limit-reached` where it was asked too often, else as the port has it. */
async function askBiller(
  ports: RefreshPorts,
  { bill, detail, biller }: RefreshFacts,
  known: LiveBill | undefined,
): Promise<LiveBill | { readonly reason: string }> {
  // Terms that the biller tells us while its system is asked are newer than its answer; payments until then may be in it.
  const askedAt = ports.clock.now();
  if (!biller.billFetch) return { reason: "not-configured" };
  const isPermitted = await ports.liveBillCache.permit(biller.id, askedAt, fetchLimitOf(biller.billFetch));
  if (!isPermitted) return { reason: "limit-reached" };
  const answer = await ports.liveBills.fetch(biller, bill, detail);
  if (answer.outcome === "failed") return { reason: answer.reason };
  const live = saidBill(answer, { bill, askedAt, answeredAt: ports.clock.now() }, known);
  await ports.liveBillCache.put(bill.code, live);
  return live;
}
