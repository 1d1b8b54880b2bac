import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { budgetCounter } from "../../../functions/domain/offer.ts";
import type { Payment } from "../../../functions/domain/payment.ts";
import { receiptCounter } from "../../../functions/domain/receipt-number.ts";
import { awardOffers } from "../../../functions/use-cases/award-offers.ts";
import { giveWay, mostTakes } from "../../../functions/use-cases/give-way.ts";
import { takeReceiptNumber } from "../../../functions/use-cases/take-number.ts";
import { aBill, aBiller, anAward, anOffer, aPayment } from "../../support/builders.ts";
import { type MemoryPorts, memoryPorts } from "../../support/memory-ports.ts";
import { seeded } from "../../support/seeded.ts";

const [bill, biller, offer] = [aBill(), aBiller(), anOffer({ budget: { count: 1_000 } })];
const planned = anAward({ offer: offer.id, kind: offer.kind, title: offer.title, state: "planned" });

/** A world whose every call takes one to five milliseconds, and in which waiting takes its time. */
async function slowWorld() {
  const random = seeded(20_261_122);
  const rest = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  const ports = memoryPorts({ start: Date.now() });
  await ports.offers.put(offer);
  ports.control.beforeCall = () => rest(1 + random(5));
  const clock = { now: () => Date.now() };
  return { ...ports, clock, timer: { until: (at: number) => rest(Math.max(0, at - Date.now())) } };
}

type Take = (ports: Awaited<ReturnType<typeof slowWorld>>, payment: Payment) => Promise<unknown>;

/** How many of 200 payments that come at once are left after each time their messages were handed out. */
async function crowd(take: Take) {
  const ports = await slowWorld();
  let left = Array.from({ length: 200 }, (_, n) => aPayment({ paymentId: `pay_${n}`, awards: [planned] }));
  const added = Promise.all(left.map((payment) => ports.payments.add(payment)));
  await vi.runAllTimersAsync();
  await added;
  const perReceive: number[] = [];
  while (left.length > 0 && perReceive.length < 5) {
    const tried = Promise.allSettled(left.map((payment) => take(ports, payment)));
    await vi.runAllTimersAsync();
    const results = await tried;
    left = left.filter((_, n) => results[n]?.status === "rejected");
    perReceive.push(left.length);
  }
  return { perReceive, counted: countedIn(ports) };
}

/** What a counter says in the end, without waiting. */
const countedIn =
  ({ counters, control }: Pick<MemoryPorts, "counters" | "control">) =>
  async (name: string) => {
    control.beforeCall = undefined;
    return (await counters.get(name))?.n;
  };

describe("two hundred payments that take from the same at once", () => {
  beforeEach(() => {
    vi.useFakeTimers({ loopLimit: 500_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("all have their award of the offer before the queue brings any of them again", async () => {
    const { perReceive, counted } = await crowd((ports, payment) => awardOffers(ports, payment, { bill, biller }));
    expect(perReceive).toEqual([0]);
    expect(await counted(budgetCounter(offer))).toBe(200);
  });

  it("all have their receipt number before the queue brings any of them again", async () => {
    const { perReceive, counted } = await crowd((ports, payment) =>
      takeReceiptNumber(ports, payment, { bill, biller }),
    );
    expect(perReceive).toEqual([0]);
    expect(await counted(receiptCounter(biller.id, 2026))).toBe(200);
  });
});

describe("who gives way", () => {
  it("waits longer after each try, 200 ms at most, and at moments of its own", async () => {
    const { clock } = memoryPorts();
    const waits = async (key: string) => {
      const waited: number[] = [];
      const timer = { until: async (at: number) => void waited.push(at - clock.now()) };
      for (let attempt = 0; attempt < mostTakes; attempt++) await giveWay({ clock, timer }, key, attempt);
      return waited;
    };
    const [one, other] = [await waits("one"), await waits("other")];
    one.forEach((ms, attempt) => {
      expect(ms).toBeGreaterThanOrEqual(1);
      expect(ms).toBeLessThanOrEqual(Math.min(200, 5 * 2 ** attempt));
    });
    expect(one).not.toEqual(other);
    expect(await waits("one")).toEqual(one);
    expect(Math.max(...one)).toBeGreaterThan(100);
  });
});
