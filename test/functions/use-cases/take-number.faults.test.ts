import { describe, expect, it } from "vitest";
import { paymentKey } from "../../../functions/domain/payment.ts";
import { receiptCounter, receiptYear } from "../../../functions/domain/receipt-number.ts";
import { takeReceiptNumber } from "../../../functions/use-cases/take-number.ts";
import { type Fault, type FaultMode, faultModes } from "../../support/fault-injector.ts";
import { boundariesOf, type NumberPlay, playNumbers, type Taker } from "../../support/number-town.ts";
import { seeded } from "../../support/seeded.ts";

/** What a careless hand would write: it counts first and writes afterwards, and nobody finishes what another left. */
const naive: Taker = async (ports, payment, { biller }) => {
  const year = receiptYear(payment, biller);
  const name = receiptCounter(biller.id, year);
  const own = await ports.payments.get(payment.code, paymentKey(payment), { consistent: true });
  if (!own || own.number) return;
  const counter = await ports.counters.get(name);
  const [n, version] = [(counter?.n ?? 0) + 1, (counter?.version ?? 0) + 1];
  if (!(await ports.counters.save({ name, n, sum: 0, version }, counter?.version ?? 0))) {
    await naive(ports, payment, { biller } as Parameters<Taker>[2]);
    return;
  }
  await ports.payments.save({ ...own, number: { year, n }, version: own.version + 1 }, own.version);
  await ports.receiptNumbers.add(biller.id, { year, n, code: own.code, key: paymentKey(own) });
};

const plain: NumberPlay = { taker: takeReceiptNumber, payments: 2 };
const modes = faultModes.filter((mode) => mode !== "lost");

/** The wrongs of every play, each with the faults that brought it. */
async function wrongsOf(play: NumberPlay, plans: Iterable<readonly Fault[]>): Promise<readonly string[]> {
  const wrongs: string[] = [];
  for (const faults of plans) {
    const { wrong } = await playNumbers({ ...play, faults });
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

describe("two payments that take their numbers at once", () => {
  it("get one each without a gap, whichever two things go wrong at whichever call", async () => {
    const calls = await boundariesOf(plain);
    expect(calls).toBeGreaterThan(10);
    expect((await wrongsOf(plain, upToTwo(calls, telling))).slice(0, 5)).toEqual([]);
  }, 120_000);

  it("leave nothing unexplained where the messages of both are lost with their Lambdas", async () => {
    const play = { ...plain, payments: 3, receives: 1 };
    const calls = await boundariesOf(play);
    expect((await wrongsOf(play, upToTwo(calls, ["crash-after", "time-out"]))).slice(0, 5)).toEqual([]);
  }, 120_000);

  it("get the same number twice, or leave a gap, when nobody finishes what another left", async () => {
    const play = { ...plain, taker: naive };
    const calls = await boundariesOf(play);
    expect((await wrongsOf(play, upToTwo(calls, ["crash-after", "lost-reply"]))).length).toBeGreaterThan(10);
  }, 60_000);
});

describe("many payments that take their numbers at once", () => {
  it("get the numbers from 1 to 50", async () => {
    expect((await playNumbers({ ...plain, payments: 50 })).wrong).toEqual([]);
  });

  it("get one each without a gap, whatever goes wrong and whoever overtakes whom", async () => {
    const random = seeded(20_261_122);
    const wrongs: string[] = [];
    for (let run = 0; run < 400; run++) {
      const faults = Array.from({ length: 1 + random(5) }, () => ({
        at: random(90),
        mode: modes[random(modes.length)] ?? "error",
      }));
      const { wrong } = await playNumbers({
        ...plain,
        payments: 2 + random(6),
        faults,
        receives: 12,
        delay: () => random(12),
      });
      wrongs.push(...wrong.map((what) => `${what} in run ${run}`));
    }
    expect(wrongs).toEqual([]);
  }, 60_000);
});
