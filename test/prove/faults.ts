import { type Breach, breaches } from "../support/fault-judge.ts";
import { type Plan, shrink, tell, type Verdict } from "./fault-plan.ts";
import { type Played, pairsOf, randomPlans, scripts, withOneMore } from "./fault-plans.ts";
import { type FaultPool, faultPool } from "./fault-pool.ts";
import { count, type Proof, progress, type Shown, type Size } from "./proof.ts";

/** One line of the table: what was played, and in how many histories which promise was broken. */
type Tally = {
  readonly what: string;
  readonly faults: string;
  played: number;
  readonly of?: number;
  readonly broken: Map<Breach, number>;
  readonly examples: Plan[];
};

const aTally = (what: string, faults: string, of?: number): Tally => ({
  what,
  faults,
  played: 0,
  ...(of !== undefined && { of }),
  broken: new Map(),
  examples: [],
});

function add(tally: Tally, plan: Plan, { violations }: Verdict): void {
  tally.played += 1;
  for (const breach of new Set(violations.map((violation) => violation.breach)))
    tally.broken.set(breach, (tally.broken.get(breach) ?? 0) + 1);
  if (violations.length > 0) tally.examples.push(plan);
  progress(`${tally.what}, ${tally.faults}: ${count(tally.played)} histories`);
}

const rowOf = ({ what, faults, played, of, broken }: Tally): (string | number)[] => [
  what,
  faults,
  played,
  of === undefined ? "" : `${count(of)} (${((100 * played) / Math.max(1, of)).toFixed(1)} %)`,
  ...breaches.map((breach) => broken.get(breach) ?? 0),
];

const product = "duebell";
const controls = ["send-then-record", "powertools idempotency"];
const mostExamples = 3;

/** The histories of every script without a fault, and with each one. */
async function playSingles(pool: FaultPool): Promise<{ calm: Played[]; singles: Played[]; tally: Tally }> {
  const none = scripts.map((script): Plan => ({ sender: product, script, faults: [] }));
  const calm: Played[] = [];
  const tally = aTally(product, "none or one");
  const keep =
    (kept: Played[]) =>
    (plan: Plan, verdict: Verdict): void => {
      kept.push({ plan, trace: verdict.trace });
      add(tally, plan, verdict);
    };
  await pool.play(none.values(), { wantsTraces: true, onVerdict: keep(calm) });
  const singles: Played[] = [];
  await pool.play(calm.values().flatMap(withOneMore), { wantsTraces: true, onVerdict: keep(singles) });
  return { calm, singles, tally: { ...tally, of: tally.played } };
}

/** A control under the same single faults, and under some of several: it must break its promise. */
async function playControl(pool: FaultPool, sender: string, { calm, size }: { calm: Played[]; size: Size }) {
  const [most, several] = size.quick ? [300, 200] : [Number.POSITIVE_INFINITY, 2_000];
  const tally = aTally(sender, "none to six");
  const onVerdict = (plan: Plan, verdict: Verdict): void => add(tally, plan, verdict);
  const own: Played[] = [];
  const none = calm.map(({ plan }) => ({ ...plan, sender })).values();
  await pool.play(none, {
    wantsTraces: true,
    onVerdict: (plan, verdict) => {
      own.push({ plan, trace: verdict.trace });
      onVerdict(plan, verdict);
    },
  });
  await pool.play(pairsOf(own).plans.take(most), { onVerdict });
  const random = randomPlans(own, { seed: size.seed, sender, fewest: 2, most: 6 });
  await pool.play(random.take(several), { onVerdict });
  return tally;
}

async function prove(size: Size): Promise<Shown> {
  const pool = faultPool();
  const begun = Date.now();
  try {
    const { calm, singles, tally: single } = await playSingles(pool);
    const tallies = [];
    for (const sender of controls) tallies.push(await playControl(pool, sender, { calm, size }));
    const left = Math.max(2_000, begun + size.ms - Date.now());
    const seeded = randomPlans(calm, { seed: size.seed, sender: product, fewest: 3, most: 6 });
    const several = aTally(product, `three to six, seed ${size.seed}`);
    const most = size.quick ? 2_000 : 200_000;
    const untilSeveral = Date.now() + left / 4;
    await pool.play(seeded.take(most), { until: untilSeveral, onVerdict: (plan, it) => add(several, plan, it) });
    const { total, plans } = pairsOf(singles);
    const pairs = aTally(product, "two", total);
    await pool.play(plans, { until: begun + size.ms, onVerdict: (plan, it) => add(pairs, plan, it) });
    const own = [single, pairs, several];
    return {
      head: ["harness", "faults", "histories", "of all", ...breaches],
      rows: [...own, ...tallies].map(rowOf),
      missed: [...(await brokenPromises(own)), ...blind(tallies)],
    };
  } finally {
    await pool.end();
  }
}

/** The smallest histories found that break a promise. */
async function brokenPromises(own: readonly Tally[]): Promise<string[]> {
  const examples = own.flatMap((tally) => tally.examples.slice(0, mostExamples));
  const smallest = [];
  for (const plan of examples) smallest.push(await tell(await shrink(plan)));
  return [...new Set(smallest)];
}

/** A harness that lets a control pass is blind, whatever it says of the rest. */
const blind = (tallies: readonly Tally[]): string[] =>
  tallies
    .filter(({ broken }) => !broken.get("duplicate"))
    .map(({ what }) => `${what} sent nothing twice: the harness is blind`);

/** No promise is broken whatever goes wrong at any call, at any two, and at many of up to six; two controls fail under the same. */
export const faults: Proof = { name: "faults", share: 0.6, prove };
