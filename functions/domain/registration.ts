import { EmailAddress, PhoneNumber } from "./addresses.ts";
import type { Bill, BillDetail, BillTerms, Customer } from "./bill.ts";
import type { BillInput } from "./bill-input.ts";
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
  const { customer, asOf: _asOf, items, metadata, clickPayUrl, ...rest } = input;
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

/** A digest of a detail: the same for the same, in whatever order its metadata came. */
export const digestOf = ({ items = [], metadata = {}, clickPayUrl }: BillDetail): string =>
  shortHash(
    JSON.stringify([
      items.map(({ name, amount }) => [name, amount.value, amount.currency]),
      Object.entries(metadata).toSorted(),
      // Absent, it leaves the digest what it was before there was such a link.
      ...(clickPayUrl === undefined ? [] : [clickPayUrl]),
    ]),
  );

/** What of a registration is stored beside the bill; undefined when there is nothing. */
export function detailOf({ items, metadata, clickPayUrl }: BillInput): BillDetail | undefined {
  if (!items?.length && !metadata && !clickPayUrl) return undefined;
  return { ...(items?.length && { items }), ...(clickPayUrl && { clickPayUrl }), ...(metadata && { metadata }) };
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
export function storedTerms(bill: Bill): BillTerms {
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
    answers,
    pending,
    failed,
    payments,
    progress,
    version,
  } = stored;
  // In the currency it was told in it is no part of what is owed now.
  const underWay = stored.amountDue.currency === terms.amountDue.currency ? pending : undefined;
  const state = { canceled, pausedAt, pausedUntil, resumedAt, remind, answers, pending: underWay, failed };
  const kept = present({ ...state, formerly: formerlyOf(stored, terms), asOf: known.asOf ?? stored.asOf });
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

/** What of a bill's amount and due date new terms change, as it is until then; an amount in another currency compares with nothing. */
function formerlyOf(stored: BillTerms, terms: BillTerms): Bill["formerly"] {
  const { amountDue, dueDate } = stored;
  const sameCurrency = amountDue.currency === terms.amountDue.currency;
  const formerly = present({
    amountDue: sameCurrency && amountDue.value !== terms.amountDue.value ? amountDue.value : undefined,
    dueDate: dueDate === terms.dueDate ? undefined : dueDate,
  });
  return Object.keys(formerly).length > 0 ? formerly : undefined;
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
