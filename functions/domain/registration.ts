import { EmailAddress, PhoneNumber } from "./addresses.ts";
import type { Bill, BillDetail, BillInput, BillTerms, Customer } from "./bill.ts";
import type { Biller } from "./biller.ts";
import { heldStill, isClosing } from "./decision.ts";
import { type BillId, channels } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import { earliest, localOf, type Moment } from "./local-time.ts";
import { cursorAt, type Progress } from "./progress.ts";
import { doneAtEnd, planAgain } from "./reminder.ts";
import { shortHash } from "./short-hash.ts";

/** What a registration says, with everything that was left out filled in: from the stored bill, the biller's settings, or today. */
export function termsOf(
  input: BillInput,
  biller: Biller,
  known: { readonly stored?: Bill; readonly now: Moment },
): BillTerms {
  const { customer, asOf: _asOf, items, metadata, ...rest } = input;
  const today = localOf(known.now, biller.timeZone).date;
  const issuedOn = input.issuedOn ?? known.stored?.issuedOn ?? earliest(today, input.dueDate);
  const { consents: given = [], ...person } = customer;
  // In one order, so that the same consents in another change nothing.
  const consents = channels.filter((channel) => given.includes(channel));
  const settled: Customer = {
    ...person,
    language: customer.language ?? biller.language,
    timeZone: customer.timeZone ?? biller.timeZone,
    ...(consents.length > 0 && { consents }),
  };
  const detail = detailOf(input);
  return {
    ...rest,
    customer: settled,
    issuedOn,
    zone: biller.timeZone,
    ...(detail && { detailDigest: digestOf(detail) }),
  };
}

/** The same for the same detail, in whatever order its metadata came. */
const digestOf = ({ items = [], metadata = {} }: BillDetail): string =>
  shortHash(
    JSON.stringify([
      items.map(({ name, amount }) => [name, amount.value, amount.currency]),
      Object.entries(metadata).toSorted(),
    ]),
  );

/** What of a registration is stored beside the bill; undefined when there is nothing. */
export function detailOf({ items, metadata }: BillInput): BillDetail | undefined {
  if (!items?.length && !metadata) return undefined;
  return { ...(items?.length && { items }), ...(metadata && { metadata }) };
}

const revealed = (value: unknown): unknown =>
  value instanceof PhoneNumber || value instanceof EmailAddress ? value.reveal() : value;

/** Whether two values hold the same data; addresses are compared unmasked, absent keys equal undefined ones. */
function sameData(left: unknown, right: unknown): boolean {
  const a = revealed(left);
  const b = revealed(right);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameData(Reflect.get(a, key), Reflect.get(b, key)));
}

/** The terms that a stored bill holds. */
function storedTerms(bill: Bill): BillTerms {
  const {
    customer,
    title,
    category,
    amountDue,
    exactness,
    minimum,
    early,
    late,
    issuedOn,
    dueDate,
    expiresOn,
    zone,
    detailDigest,
  } = bill;
  return {
    customer,
    title,
    amountDue,
    exactness,
    issuedOn,
    dueDate,
    zone,
    ...present({ category, minimum, early, late, expiresOn, detailDigest }),
  };
}

/** The object without its undefined members. */
const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Whether a registration would change nothing of the stored bill. */
export const changesNothing = (stored: Bill, terms: BillTerms): boolean => sameData(storedTerms(stored), terms);

/** A bill registered for the first time, waiting for its first step. */
export function newBill(
  identity: { code: LinkCode; billId: BillId; asOf?: Moment },
  terms: BillTerms,
  known: { biller: Biller; now: Moment },
): Bill {
  const { biller, now } = known;
  const bill: Bill = {
    ...terms,
    ...identity,
    biller: biller.id,
    version: 1,
    registeredAt: now,
    payments: {},
    progress: { done: [] },
  };
  return { ...bill, progress: planned(bill, biller, now) };
}

/** The stored bill with new terms; steps that have not ended are planned again. */
export function amendedBill(
  stored: Bill,
  terms: BillTerms,
  known: { biller: Biller; now: Moment; asOf?: Moment },
): Bill {
  const {
    code,
    billId,
    biller,
    registeredAt,
    canceled,
    pausedAt,
    pausedUntil,
    resumedAt,
    remind,
    payments,
    progress,
    version,
  } = stored;
  const kept = present({ canceled, pausedAt, pausedUntil, resumedAt, remind, asOf: known.asOf ?? stored.asOf });
  const bill: Bill = {
    ...terms,
    ...kept,
    code,
    billId,
    biller,
    registeredAt,
    payments,
    progress,
    version: version + 1,
    amendedAt: known.now,
  };
  return { ...bill, progress: planned(bill, known.biller, known.now) };
}

/** The progress of a bill after something about it changed: what has ended and what was claimed stays. */
export function planned(bill: Bill, biller: Biller, now: Moment): Progress {
  const { cursor, ...rest } = bill.progress;
  const stop = planAgain(bill, biller, now);
  const done = stop && !isClosing(stop) ? rest.done : doneAtEnd(bill);
  return {
    ...rest,
    done,
    ...(stop && { cursor: { ...cursorAt(stop, bill.biller, now), ...heldStill(cursor, stop) } }),
  };
}
