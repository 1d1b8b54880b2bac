import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { conflict } from "../domain/errors.ts";
import type { LinkCode } from "../domain/link-code.ts";
import { type BillWithDetail, lastDueOf, type SaidBill, termsAt, withLiveBill } from "../domain/live-bill.ts";
import type { Moment } from "../domain/local-time.ts";
import { amendedBill, changesNothing, digestOf, storedTerms } from "../domain/registration.ts";
import type { Ports } from "../ports.ts";
import {
  hearOf,
  isLive,
  pageLive,
  type RefreshedBill,
  type RefreshFacts,
  type RefreshPorts,
  serves,
} from "./refresh-bill.ts";

type WritePorts = Pick<Ports, "bills" | "clock">;

/** A bill as it is stored now, with what its biller's own system said; `amended` where that took a write. */
export type AdoptedBill = RefreshedBill & { readonly amended: boolean };

const mostTries = 5;

/**
 * As `refreshBill`, and what the biller's own system said is written to the bill as an amendment of that moment, so that what is held is
 * what was said. Throws conflict when others keep writing the bill.
 */
export async function adoptLiveBill(
  ports: RefreshPorts & WritePorts,
  facts: RefreshFacts,
  how: { readonly ask: boolean },
): Promise<AdoptedBill> {
  const { bill, detail } = facts;
  const said = await hearOf(ports, facts, how);
  if (!said) return { bill, detail, amended: false };
  const adopted = said.live ? await adopt(ports, facts, said.live) : { bill, detail, amended: false };
  return { ...adopted, live: pageLive(said, adopted.bill) };
}

/**
 * Before money is counted: the total that the biller's own system said last, and a page may have asked for, is written to the bill, also
 * where the money was paid before that. Nobody is asked.
 */
export async function adoptLastSaid(
  ports: WritePorts & Pick<Ports, "liveBillCache">,
  code: LinkCode,
  biller: Biller | undefined,
): Promise<void> {
  if (!biller?.billFetch) return;
  const bill = await ports.bills.get(code, { consistent: true });
  if (!bill || !("title" in bill) || !isLive(ports, { bill, biller })) return;
  const live = lastDueOf(await ports.liveBillCache.get(code, { consistent: true }));
  if (live && serves(ports, bill, live)) await adopt(ports, { bill, biller }, live);
}

async function adopt(ports: WritePorts, { biller, ...facts }: RefreshFacts, live: SaidBill): Promise<AdoptedBill> {
  let held: BillWithDetail = facts;
  for (let tries = 0; tries < mostTries; tries++) {
    const known = { ...(await withStoredDetail(ports, held)), biller };
    // Others may have made it something that the answer no longer is about.
    const next = isLive(ports, known) && live.at >= termsAt(held.bill) ? amendmentBy(live, known, ports) : undefined;
    if (!next) return { bill: known.bill, detail: known.detail, amended: false };
    const { bill, detail } = next;
    if (detail && bill.detailDigest && bill.detailDigest !== held.bill.detailDigest)
      await ports.bills.saveDetail(bill.code, bill.detailDigest, detail);
    if (await ports.bills.save(bill, held.bill.version)) return { ...next, amended: true };
    const found = await ports.bills.get(bill.code, { consistent: true });
    if (found && "title" in found) held = { bill: found };
  }
  throw conflict("the bill is being changed by others at the same time");
}

/** The bill with its detail, since items are replaced and the rest of the detail is to stay. */
async function withStoredDetail({ bills }: WritePorts, { bill, detail }: BillWithDetail): Promise<BillWithDetail> {
  if (detail || bill.detailDigest === undefined) return { bill, detail };
  return { bill, detail: await bills.getDetail(bill.code, bill.detailDigest, { consistent: true }) };
}

/** The stored bill amended by what was said; undefined where it says the same. */
function amendmentBy(
  live: SaidBill,
  { biller, ...stored }: RefreshFacts,
  { clock }: Pick<Ports, "clock">,
): BillWithDetail | undefined {
  const said = withLiveBill(stored, biller, hasWholeDetail(stored) ? live : withoutItems(live));
  const detailDigest = said.detail && digestOf(said.detail);
  const terms = { ...storedTerms(said.bill), ...(detailDigest && { detailDigest }) };
  if (changesNothing(stored.bill, terms)) return undefined;
  const now = clock.now();
  // As old as what was said, so that the same answer still counts beside it.
  const amended = { ...amendedBill(stored.bill, terms, { biller, now }), amendedAt: live.at, ...toldAtOf(said.bill) };
  return { bill: withStandingCursor(stored.bill, amended, now), detail: said.detail };
}

/** Items in place of a detail that cannot be read would lose the rest of it for good. */
const hasWholeDetail = ({ bill, detail }: BillWithDetail): boolean =>
  bill.detailDigest === undefined || detail !== undefined;

function withoutItems(live: SaidBill): SaidBill {
  if (live.fetched.outcome === "nothing-due") return live;
  const { items: _items, ...fetched } = live.fetched;
  return { ...live, fetched };
}

const toldAtOf = ({ toldAt }: Bill): Pick<Bill, "toldAt"> => (toldAt === undefined ? {} : { toldAt });

/** A stop whose time has come stays where it stands in the index: the message about it is on its way. */
function withStandingCursor(stored: Bill, amended: Bill, now: Moment): Bill {
  const [before, after] = [stored.progress.cursor, amended.progress.cursor];
  const isSame = before?.step === after?.step && before?.hop === after?.hop && before?.channel === after?.channel;
  if (!before || !after || !isSame || before.at > now || after.at > now) return amended;
  return { ...amended, progress: { ...amended.progress, cursor: before } };
}
