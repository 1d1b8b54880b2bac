import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPayable, statusOf } from "../../../functions/domain/bill.ts";
import { type Moment, minuteMs } from "../../../functions/domain/local-time.ts";
import { due, inRupees, liveBillWorld } from "../../support/live-bill-world.ts";

const mostMs = 20_000;
const threeDays = 3 * 24 * 60;

/** A payment of so many rupees, so many minutes from the start; the biller's system and we hear of it later, each in its own time. */
type Paid = { readonly rupees: number; readonly at: number; readonly billerLag: number; readonly ownLag: number };

/** What somebody does with the page; `lags` reads the stored bill late, `down` does not reach the biller's system. */
type Visit = { readonly at: number; readonly does: "page" | "start"; readonly lags: boolean; readonly down: boolean };

// Mostly soon, sometimes very late.
const lag = fc.oneof(fc.nat(3), fc.nat(90), fc.nat(2 * threeDays));
const payments = fc.array(
  fc.record<Paid>({ rupees: fc.integer({ min: 1, max: 700 }), at: fc.nat(threeDays), billerLag: lag, ownLag: lag }),
  { maxLength: 5 },
);
const visits = fc.array(
  fc.record<Visit>({
    at: fc.oneof(fc.nat(300), fc.nat(2 * threeDays)),
    does: fc.constantFrom("page", "start"),
    lags: fc.boolean(),
    down: fc.boolean(),
  }),
  { maxLength: 12 },
);
// No sum of payments: a total that another one explains by chance is another matter.
const registered = fc.constantFrom(100_000, 70_050, 130_050);

const total = 100_000;

type Life = { readonly payments: readonly Paid[]; readonly visits: readonly Visit[]; readonly registered: number };

/** Lives through all of it in order of time, and a little beyond the last thing that anybody hears. */
async function live(life: Life): Promise<void> {
  const world = await liveBillWorld({ amountDue: inRupees(life.registered) });
  const { ports, control } = world;
  const start = ports.clock.now();
  const momentOf = (minutes: number): Moment => start + minutes * minuteMs;
  const sumOf = (paid: readonly Paid[]): number => paid.reduce((sum, { rupees }) => sum + rupees * 100, 0);
  const owedOnce = (known: (paid: Paid) => boolean): number =>
    Math.max(0, total - sumOf(life.payments.filter((paid) => known(paid))));
  const answer = (): void => {
    const told = owedOnce(({ at, billerLag }) => momentOf(at + billerLag) <= ports.clock.now());
    ports.liveBills.answer = told > 0 ? due(told) : { outcome: "nothing-due" };
  };
  const visit = async ({ does, lags, down }: Omit<Visit, "at">): Promise<void> => {
    answer();
    if (down) ports.liveBills.answer = { outcome: "failed", reason: "unreachable" };
    const { version } = await world.stored();
    control.staleReads = () => lags && version > 1;
    await (does === "page" ? world.page() : world.start());
    control.staleReads = undefined;
  };
  // Where the biller registered another total, its system says the true one before anybody pays.
  await visit({ does: "start", lags: false, down: false });
  const events = [
    ...life.payments.map((paid, n) => ({
      at: paid.at + paid.ownLag,
      run: async () => void (await world.paid(paid.rupees * 100, momentOf(paid.at) + 1, `pay_${n}`)),
    })),
    ...life.visits.map((each) => ({ at: each.at, run: () => visit(each) })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, run } of events) {
    ports.clock.set(momentOf(at) + 2);
    await run();
    const bill = await world.stored();
    const paidByNow = ({ at: paidAt }: Paid): boolean => paidAt <= at;
    if (!isPayable(statusOf(bill, ports.clock.now()))) expect(owedOnce(paidByNow)).toBe(0);
  }
  const last = Math.max(0, ...life.payments.map((paid) => paid.at + Math.max(paid.billerLag, paid.ownLag)));
  ports.clock.set(Math.max(ports.clock.now(), momentOf(last)) + 2 * minuteMs);
  answer();
  const truth = owedOnce(() => true);
  expect((await world.page()).outstanding).toBe(truth);
  await world.start();
  expect((await world.page()).outstanding).toBe(truth);
}

describe("a bill whose biller and payers are heard late, in any order", () => {
  it("never closes while something is owed, and ends up asking for just that", async () => {
    await fc.assert(fc.asyncProperty(fc.record<Life>({ payments, visits, registered }), live), {
      numRuns: 200,
      interruptAfterTimeLimit: mostMs,
    });
  });
});
