import type { Biller } from "../../functions/domain/biller.ts";
import type { CustomerId } from "../../functions/domain/ids.ts";
import { type Award, budgetCounter, type Offer } from "../../functions/domain/offer.ts";
import { type Payment, paymentKey } from "../../functions/domain/payment.ts";
import type { AwardPorts } from "../../functions/use-cases/award-offers.ts";
import { aBill, aBiller, aCustomer, anAward, anOffer, aPayment } from "./builders.ts";
import { type Fault, faultInjector } from "./fault-injector.ts";
import { jobBoard } from "./job-board.ts";
import { type MemoryPorts, memoryPorts } from "./memory-ports.ts";

/** Grants what was planned for a payment: the use case, or something that the harness ought to catch. */
export type Awarder = (
  ports: AwardPorts,
  payment: Payment,
  of: { readonly bill: ReturnType<typeof aBill>; readonly biller: Biller },
) => Promise<unknown>;

/** What is played: the offers, the payments that were planned an award of each, and what goes wrong. */
export type BudgetPlay = {
  readonly awarder: Awarder;
  readonly offers: readonly Offer[];
  /** The customer of each payment. */
  readonly customers: readonly string[];
  /** The codes of every coupon offer. */
  readonly codes?: readonly string[];
  readonly faults?: readonly Fault[];
  /** Awaits before each call of a port, so that Lambdas overtake each other; none unless told. */
  readonly delay?: () => number;
  /** How often each offer must be granted once every message came through. */
  readonly least?: readonly number[];
  /** How often a payment's message is handed out; five times unless told. */
  readonly receives?: number;
};

/** What came of a play: how many calls it took, what was wrong in the end, and what each offer granted and had counted. */
export type BudgetOutcome = {
  readonly calls: number;
  readonly wrong: readonly string[];
  readonly granted: readonly number[];
  readonly counted: readonly number[];
};

const biller = aBiller();
const awardValue = 3_500;

const plannedFor = (offer: Offer): Award =>
  anAward({
    ...{ offer: offer.id, kind: offer.kind, title: offer.title, state: "planned" },
    ...(offer.stacking !== "with-others" && { exclusive: true }),
    ...(offer.kind === "cashback" && { value: awardValue }),
  });

/** Payments that take their awards in Lambdas of their own, with what was wrong in the end. */
export async function playBudgets(play: BudgetPlay): Promise<BudgetOutcome> {
  const ports = memoryPorts();
  for (const offer of play.offers) {
    await ports.offers.put(offer);
    if (offer.kind === "coupon") await ports.couponPool.add({ biller: biller.id, offer: offer.id }, play.codes ?? []);
  }
  const awards = play.offers.map(plannedFor);
  const payments = play.customers.map((_, n) => aPayment({ paymentId: `pay_${n}`, awards }));
  for (const payment of payments) await ports.payments.add(payment);
  const injector = faultInjector(play.faults ?? [], {
    clock: ports.clock,
    holdUp: async () => {
      ports.clock.advance(20_000);
      await board.runNewestFirst();
    },
    later: (ms, effect) => board.later(ms, () => effect().catch(() => undefined), 1),
  });
  const board = jobBoard(ports.clock, injector.invoke);
  const wrapped = delayed(injector.wrap(ports), play.delay);
  payments.forEach((payment, n) => {
    const bill = aBill({ customer: aCustomer({ id: play.customers[n] ?? "" }) });
    board.later(0, () => play.awarder(wrapped, payment, { bill, biller }), play.receives);
  });
  // Another writer of the same payment, as the sender of its receipt is.
  board.later(0, () => writeBeside(wrapped, payments[0]));
  for (let next = board.next(); next < Number.POSITIVE_INFINITY; next = board.next()) {
    ports.clock.set(Math.max(next, ports.clock.now()));
    await board.runVisible();
  }
  return { calls: injector.trace.length, ...(await judge(ports, play, { payments, allTold: board.dead() === 0 })) };
}

async function writeBeside(ports: Pick<AwardPorts, "payments">, payment: Payment | undefined): Promise<void> {
  for (let saved = payment === undefined; payment && !saved; ) {
    const present = await ports.payments.get(payment.code, paymentKey(payment), { consistent: true });
    if (!present || present.resent) return;
    saved = await ports.payments.save({ ...present, resent: 1, version: present.version + 1 }, present.version);
  }
}

function delayed(ports: MemoryPorts, delay: (() => number) | undefined): AwardPorts {
  if (!delay) return ports;
  const slow = <P extends object>(port: P): P =>
    new Proxy(port, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver);
        if (typeof member !== "function") return member;
        return async (...args: readonly unknown[]) => {
          for (let n = delay(); n > 0; n--) await undefined;
          return await Reflect.apply(member, target, args);
        };
      },
    });
  const { payments, counters, offers, customerOffers, couponPool, events, clock, timer } = ports;
  const stores = { payments: slow(payments), counters: slow(counters), offers: slow(offers) };
  return {
    ...stores,
    customerOffers: slow(customerOffers),
    couponPool: slow(couponPool),
    events: slow(events),
    clock,
    timer,
  };
}

type Ended = { readonly payments: readonly Payment[]; readonly allTold: boolean };

/** Everything that is not as promised, with what each offer granted and what its counter says. */
async function judge(
  ports: MemoryPorts,
  play: BudgetPlay,
  { payments, allTold }: Ended,
): Promise<Omit<BudgetOutcome, "calls">> {
  const stored = await Promise.all(
    payments.map(async (one) => (await ports.payments.get(one.code, paymentKey(one), { consistent: true })) ?? one),
  );
  const counters = await Promise.all(play.offers.map((offer) => ports.counters.get(budgetCounter(offer))));
  const counted = counters.map((counter) => counter?.n ?? 0);
  const heldBy = (offer: Offer) =>
    stored.flatMap((payment, n) => {
      const award = payment.awards?.find((one) => one.offer === offer.id && one.state === "granted");
      return award ? [{ award, customer: play.customers[n] as CustomerId, payment }] : [];
    });
  const held = play.offers.map(heldBy);
  const wrong = [
    ...play.offers.flatMap((offer, n) => wrongsOf(offer, held[n] ?? [], counted[n] ?? 0)),
    ...stored.flatMap((payment) => wrongsIn(payment, allTold)),
    ...(stored[0]?.resent ? [] : ["what another wrote was lost"]),
    ...(allTold ? [...untold(ports, held.flat()), ...wasted(play, held, counted)] : []),
  ];
  return { wrong, granted: held.map(({ length }) => length), counted };
}

type Held = { readonly award: Award; readonly customer: CustomerId; readonly payment: Payment };

function wrongsOf(offer: Offer, held: readonly Held[], counted: number): string[] {
  const { budget, perCustomer = Number.POSITIVE_INFINITY } = offer;
  const sum = held.reduce((total, { award }) => total + (award.value ?? 0), 0);
  const codes = held.flatMap(({ award }) => (award.coupon ? [award.coupon.code] : []));
  const most = Math.max(
    0,
    ...Object.values(Object.groupBy(held, ({ customer }) => customer)).map((own) => own?.length ?? 0),
  );
  const checks: readonly (readonly [boolean, string])[] = [
    [held.length > (budget?.count ?? Number.POSITIVE_INFINITY), "granted more often than its budget says"],
    [sum > (budget?.amount?.value ?? Number.POSITIVE_INFINITY), "granted more money than its budget says"],
    [most > perCustomer, "granted one customer too often"],
    [held.length > counted, "granted something that was not counted"],
    [codes.length !== new Set(codes).size, "gave a code twice"],
    [offer.kind === "coupon" && codes.length < held.length, "granted a coupon without a code"],
  ];
  return checks.flatMap(([isWrong, what]) => (isWrong ? [`${offer.id} ${what}`] : []));
}

function wrongsIn(payment: Payment, allTold: boolean): string[] {
  const { awards = [], paymentId } = payment;
  const exclusive = awards.filter((award) => award.exclusive && award.state === "granted");
  return [
    ...(exclusive.length > 1 ? [`${paymentId} has two exclusive awards`] : []),
    ...(allTold && awards.some(({ state }) => state === "planned") ? [`${paymentId} still waits for an award`] : []),
  ];
}

/** What nobody got of an offer though it was there, or though it was counted. */
const wasted = ({ offers, least = [] }: BudgetPlay, held: readonly (readonly Held[])[], counted: readonly number[]) =>
  offers.flatMap(({ id }, n) => [
    ...((held[n]?.length ?? 0) < (least[n] ?? 0) ? [`${id} was granted too seldom`] : []),
    ...((held[n]?.length ?? 0) < (counted[n] ?? 0) ? [`${id} was counted for nobody`] : []),
  ]);

/** Granted awards of which the bus heard nothing. */
function untold({ events }: MemoryPorts, held: readonly Held[]): string[] {
  const told = new Set(events.published.map(({ type, ids }) => `${type} ${ids?.["offer"]} ${ids?.["paymentId"]}`));
  return held
    .filter(({ award, payment }) => !told.has(`offer.awarded ${award.offer} ${payment.paymentId}`))
    .map(({ award, payment }) => `nobody heard of ${award.offer} for ${payment.paymentId}`);
}

/** The offer of the plays: ₹35 on each payment. */
export const cashback = (id: string, rest: Parameters<typeof anOffer>[0] = {}): Offer => anOffer({ id, ...rest });
