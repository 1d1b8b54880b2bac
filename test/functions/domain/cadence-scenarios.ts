import fc from "fast-check";
import { type Addresses, EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import { type Bill, isPayable, statusOf } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import { withReminder } from "../../../functions/domain/extra-reminder.ts";
import { channels } from "../../../functions/domain/ids.ts";
import {
  addDays,
  type LocalDate,
  type LocalTime,
  type Moment,
  minuteMs,
  momentOf,
} from "../../../functions/domain/local-time.ts";
import { countPayment } from "../../../functions/domain/payment.ts";
import { newBill } from "../../../functions/domain/registration.ts";
import { aBill, aCustomer, aPayment } from "../../support/builders.ts";
import { biller, zone } from "./cadence-billers.ts";
import type { Fate } from "./cadence-fates.ts";
import type { CadenceWorld, Change, Outage, Reaction } from "./cadence-world.ts";

/** A bill of a biller, everything that happens to it, and what the carriers do. */
export type Scenario = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly now: Moment;
  readonly changes: readonly Change[];
  readonly fates: readonly Fate[];
  readonly outages: readonly Outage[];
  readonly reactions: readonly Reaction[];
};

const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const phone = new PhoneNumber("+919830012345");

const addresses = fc
  .record({ whatsapp: fc.boolean(), sms: fc.boolean(), email: fc.boolean() })
  .filter((has) => has.whatsapp || has.sms || has.email)
  .map(
    (has): Addresses => ({
      ...(has.whatsapp && { whatsapp: phone }),
      ...(has.sms && { sms: phone }),
      ...(has.email && { email: new EmailAddress("asha@example.org") }),
    }),
  );

const fate: fc.Arbitrary<Fate> = fc.record(
  {
    answer: fc.constantFrom(
      ...([
        ...(["accepted", "accepted", "accepted", "accepted", "accepted", "accepted"] as const),
        "unknown",
        "crash",
        "refused",
        "refused-for-now",
        "suppressed",
        "given-up",
        "day-full",
        "week-full",
        "spent",
      ] as const),
    ),
    report: fc.record({
      is: fc.constantFrom(
        "delivered" as const,
        "delivered" as const,
        "read" as const,
        "permanent-failure" as const,
        "temporary-failure" as const,
      ),
      afterMinutes: fc.constantFrom(0, 1, 10, 45, 300, 3_000, 20_000),
    }),
  },
  { requiredKeys: ["answer"] },
);

/** Moves the due date, never before the issue date. */
const amend =
  (days: number, changed: Addresses | undefined) =>
  (world: CadenceWorld): void => {
    const { bill, now } = world;
    const moved = addDays(bill.dueDate, days);
    const [, dueDate = moved] = [moved, bill.issuedOn].toSorted();
    const customer = changed ? { ...bill.customer, addresses: changed } : bill.customer;
    world.change({ ...bill, dueDate, customer, amendedAt: now });
  };

const pause =
  (hours: number) =>
  (world: CadenceWorld): void =>
    world.change({ ...world.bill, pausedAt: world.now, pausedUntil: world.now + hours * hourMs });

/** As `resume-reminders` does it. */
function resume(world: CadenceWorld): void {
  const { bill, now } = world;
  if (bill.pausedUntil === undefined || bill.pausedUntil <= now) return;
  const { cursor } = bill.progress;
  const progress =
    cursor && cursor.at === bill.pausedUntil ? { ...bill.progress, cursor: { ...cursor, at: now } } : bill.progress;
  world.change({ ...bill, pausedUntil: now, resumedAt: now, progress });
}

/** As `remind` does it. */
function remindNow(world: CadenceWorld): void {
  const { bill, biller, now } = world;
  const isPaused = bill.pausedUntil !== undefined && bill.pausedUntil > now;
  if (isPaused || !isPayable(statusOf(bill, now))) return;
  const notifications = [...world.notifications.values()];
  const changed = withReminder(bill, { biller, notifications }, now);
  if (changed !== bill) world.change(changed);
}

const pay =
  (share: number, refunded: number) =>
  (world: CadenceWorld): void => {
    const amount = { value: Math.ceil(world.bill.amountDue.value * share), currency: "INR" };
    world.count(countPayment(world.bill, aPayment({ paymentId: `pay_${share}`, amount, refunded, paidAt: world.now })));
  };

const change = fc.oneof(
  fc
    .tuple(fc.integer({ min: -12, max: 12 }), fc.option(addresses, { nil: undefined }))
    .map(([days, changed]) => amend(days, changed)),
  fc.constantFrom(1, 30, 100, 400).map(pause),
  fc.constant(resume),
  fc.constant(remindNow),
  fc.constantFrom(100, 400).map((hours) => (world: CadenceWorld): void => {
    pause(hours)(world);
    resume(world);
  }),
  biller.map((other) => (world: CadenceWorld): void => {
    world.biller = other;
  }),
  fc.constantFrom(0.5, 1).map((share) => pay(share, 0)),
  fc.constant((world: CadenceWorld): void => {
    pay(1, 0)(world);
    world.change({ ...world.bill, amountDue: { ...world.bill.amountDue, value: world.bill.amountDue.value * 2 } });
  }),
  fc.constantFrom(0.5, 1).map((share) => pay(share, 124_900)),
  fc.constant((world: CadenceWorld): void => world.change({ ...world.bill, canceled: { at: world.now } })),
);

const reaction: fc.Arbitrary<Reaction> = fc.record({
  send: fc.integer({ min: 1, max: 4 }),
  afterMinutes: fc.constantFrom(0, 1, 5, 25, 100, 2_000),
  apply: change,
});

/** Hours after the registration, most of them while steps are under way. */
const hours = fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 600 }));

/** Everything that can happen, on dates around the days when clocks change. */
export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    biller,
    zone,
    addresses,
    category: fc.constantFrom("electricity", "electricity", "loan", "gas"),
    consents: fc.option(fc.subarray([...channels]), { freq: 2, nil: channels }),
    issued: fc.constantFrom("2026-03-05", "2026-04-02", "2026-10-01", "2026-10-28"),
    term: fc.integer({ min: 0, max: 14 }),
    expires: fc.option(fc.integer({ min: 0, max: 20 }), { freq: 3 }),
    registered: fc.integer({ min: -5 * 24, max: 12 * 24 }),
    changes: fc.array(fc.record({ hours, minutes: fc.nat(59), apply: change }), { maxLength: 3 }),
    reactions: fc.array(reaction, { maxLength: 4 }),
    fates: fc.array(fate, { minLength: 1, maxLength: 12 }),
    outages: fc.array(fc.record({ hours, days: fc.integer({ min: 0, max: 6 }) }), { maxLength: 2 }),
  })
  .map(({ biller, zone, addresses, category, consents, issued, term, expires, registered, ...more }) => {
    const { changes, outages, ...rest } = more;
    const issuedOn = issued as LocalDate;
    const dueDate = addDays(issuedOn, term);
    const now = momentOf(issuedOn, "08:20" as LocalTime, biller.timeZone) + registered * hourMs;
    const customer = aCustomer({ timeZone: zone, addresses, consents });
    const expiry = expires === null ? {} : { expiresOn: addDays(dueDate, expires) };
    const {
      code,
      billId,
      progress: _progress,
      ...terms
    } = aBill({ customer, category, issuedOn, dueDate, zone: biller.timeZone, ...expiry });
    return {
      bill: newBill({ code, billId }, terms, { biller, now }),
      biller,
      now,
      ...rest,
      changes: changes.map(({ hours, minutes, apply }) => ({ at: now + hours * hourMs + minutes * minuteMs, apply })),
      outages: outages.map(({ hours, days }) => ({
        from: now + hours * hourMs,
        to: now + hours * hourMs + days * dayMs,
      })),
    };
  });
