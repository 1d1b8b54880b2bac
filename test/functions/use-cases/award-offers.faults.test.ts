import { describe, expect, it } from "vitest";
import { budgetCounter } from "../../../functions/domain/offer.ts";
import { paymentKey } from "../../../functions/domain/payment.ts";
import { awardOffers } from "../../../functions/use-cases/award-offers.ts";
import { type Awarder, type BudgetPlay, cashback, playBudgets } from "../../support/budget-town.ts";
import { type Fault, type FaultMode, faultModes } from "../../support/fault-injector.ts";
import { seeded } from "../../support/seeded.ts";

/** What a careless hand would write: it reads what was taken, sees that there is room, grants, and counts afterwards. */
const naive: Awarder = async (ports, payment, { biller, bill }) => {
  for (const { offer: id } of payment.awards ?? []) {
    const offer = await ports.offers.get(biller.id, id);
    const own = (await ports.payments.get(payment.code, paymentKey(payment), { consistent: true })) ?? payment;
    if (!offer || own.awards?.find((award) => award.offer === id)?.state !== "planned") continue;
    const name = budgetCounter(offer);
    const counter = (await ports.counters.get(name)) ?? { name, n: 0, sum: 0, version: 0 };
    const of = { biller: biller.id, customer: bill.customer.id, offer: id };
    const isLeft = counter.n < (offer.budget?.count ?? 100);
    const isFree = (await ports.customerOffers.count(of)) < (offer.perCustomer ?? 100);
    const state = isLeft && isFree ? "granted" : "denied";
    const awards = own.awards.map((award) => (award.offer === id ? { ...award, state: state as "granted" } : award));
    await ports.payments.save({ ...own, awards, version: own.version + 1 }, own.version);
    if (state === "denied") continue;
    await ports.customerOffers.take(of, paymentKey(payment), 100);
    await ports.counters.save({ ...counter, n: counter.n + 1, version: counter.version + 1 }, counter.version);
  }
};

const budgetOfOne: BudgetPlay = {
  awarder: awardOffers,
  offers: [cashback("first", { budget: { count: 1 } })],
  customers: ["10023", "10024"],
  least: [1],
};
const budgetOfTwo: BudgetPlay = { ...budgetOfOne, offers: [cashback("first", { budget: { count: 2 } })], least: [2] };
const oneForEach: BudgetPlay = {
  awarder: awardOffers,
  offers: [
    cashback("first", { perCustomer: 1, budget: { amount: { value: 7_000, currency: "INR" } } }),
    cashback("second", { perCustomer: 1 }),
  ],
  customers: ["10023", "10023"],
  least: [1, 1],
};
const oneCode: BudgetPlay = {
  awarder: awardOffers,
  offers: [cashback("coupon", { kind: "coupon", perCustomer: 1, stacking: "with-others" })],
  customers: ["10023", "10024"],
  codes: ["AAAA-0001"],
  least: [1],
};
const plays = { budgetOfOne, budgetOfTwo, oneForEach, oneCode };

const modes = faultModes.filter((mode) => mode !== "lost");

/** The wrongs of every play, each with the faults that brought it. */
async function wrongsOf(play: BudgetPlay, plans: Iterable<readonly Fault[]>): Promise<readonly string[]> {
  const wrongs: string[] = [];
  for (const faults of plans) {
    const { wrong } = await playBudgets({ ...play, faults });
    wrongs.push(...wrong.map((what) => `${what} after ${faults.map(({ at, mode }) => `${mode}@${at}`).join(" and ")}`));
  }
  return wrongs;
}

/** Every fault alone, then every two; calls that only faults bring about are reached by the margin. */
function* upToTwo(calls: number, two: readonly FaultMode[]): Iterable<readonly Fault[]> {
  for (let at = 0; at < calls; at++) for (const mode of modes) yield [{ at, mode }];
  for (let first = 0; first < calls; first++)
    for (let second = first + 1; second < calls + margin; second++)
      for (const a of two)
        for (const b of two)
          yield [
            { at: first, mode: a },
            { at: second, mode: b },
          ];
}
const margin = 6;
/** Those that differ for a protocol without a clock and without queues of its own. */
const telling: readonly FaultMode[] = [
  "crash-after",
  "lost-reply",
  "time-out",
  "refused-though-done",
  "redelivery",
  "reorder",
];

describe.each(Object.entries(plays))("two payments that want the same award at once (%s)", (_name, play) => {
  it("never get more than there is, and both know where they stand, whichever two things go wrong at whichever call", async () => {
    const { calls } = await playBudgets(play);
    expect(calls).toBeGreaterThan(10);
    expect((await wrongsOf(play, upToTwo(calls, telling))).slice(0, 5)).toEqual([]);
  }, 180_000);

  it("never get more than there is where the messages of both are lost with their Lambdas", async () => {
    const once = { ...play, receives: 1 };
    const { calls } = await playBudgets(once);
    expect((await wrongsOf(once, upToTwo(calls, ["crash-after", "time-out"]))).slice(0, 5)).toEqual([]);
  }, 120_000);

  it("get more than there is, or less, when what was read is believed until it is written", async () => {
    const { calls } = await playBudgets({ ...play, awarder: naive });
    const wrongs = await wrongsOf({ ...play, awarder: naive }, upToTwo(calls, ["crash-after", "redelivery"]));
    expect(wrongs.length).toBeGreaterThan(10);
  }, 60_000);
});

describe("many payments that want the same award at once", () => {
  it("get seven of a budget of seven, fifty of them at once", async () => {
    const customers = Array.from({ length: 50 }, (_, n) => `customer-${n}`);
    const offers = [cashback("first", { budget: { count: 7 } })];
    expect(await playBudgets({ awarder: awardOffers, offers, customers, least: [7] })).toMatchObject({
      wrong: [],
      granted: [7],
      counted: [7],
    });
  });

  it("get all of a large budget, however often they have to come again", async () => {
    const customers = Array.from({ length: 50 }, (_, n) => `customer-${n}`);
    const offers = [cashback("first", { budget: { amount: { value: 1_000_000, currency: "INR" } } })];
    const play = { awarder: awardOffers, offers, customers, receives: 20, least: [50] };
    expect(await playBudgets(play)).toMatchObject({ wrong: [], granted: [50] });
  });

  it("get three each where three are for each customer, and no more, though others share their budget", async () => {
    const customers = Array.from({ length: 30 }, (_, n) => `customer-${n % 5}`);
    const offers = [
      cashback("first", { perCustomer: 3, budget: { count: 12 } }),
      cashback("second", { perCustomer: 3 }),
    ];
    const play = { awarder: awardOffers, offers, customers, receives: 20 };
    expect(await playBudgets(play)).toMatchObject({ wrong: [], granted: [12, 15] });
  });

  it("never get more than there is, whatever goes wrong and whoever overtakes whom", async () => {
    const random = seeded(20_261_122);
    const wrongs: string[] = [];
    for (let run = 0; run < 300; run++) {
      const faults = Array.from({ length: 1 + random(5) }, () => ({
        at: random(150),
        mode: modes[random(modes.length)] ?? "error",
      }));
      const offers = [
        cashback("first", { perCustomer: 1 + random(2), budget: { count: 1 + random(4) } }),
        cashback("second", { perCustomer: 1, budget: { amount: { value: 3_500 * (1 + random(3)), currency: "INR" } } }),
        cashback("coupon", { kind: "coupon", stacking: "with-others" }),
      ];
      const customers = Array.from({ length: 2 + random(5) }, () => `customer-${random(3)}`);
      const play = { awarder: awardOffers, offers, customers, codes: ["AAAA-0001", "AAAA-0002", "AAAA-0003"], faults };
      const { wrong } = await playBudgets({ ...play, receives: 12, delay: () => random(12) });
      wrongs.push(...wrong.map((what) => `${what} in run ${run}`));
    }
    expect(wrongs).toEqual([]);
  }, 60_000);
});
