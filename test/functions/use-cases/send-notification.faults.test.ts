import { describe, expect, it } from "vitest";
import { carelessSenders } from "../../prove/careless-senders.ts";
import { type Plan, play, scriptOf, senders, shrink, tell } from "../../prove/fault-plan.ts";
import { type Played, pairsOf, randomPlans, scripts, withOneMore } from "../../prove/fault-plans.ts";
import { playHistory } from "../../support/fault-history.ts";
import { violations } from "../../support/fault-judge.ts";
import { faultScripts } from "../../support/fault-scripts.ts";

// The whole of it, and more, is `npm run prove`.

const calmOf = async (script: string, sender = "duebell"): Promise<Played> => {
  const plan: Plan = { sender, script, faults: [] };
  return { plan, trace: (await play(plan)).trace };
};

/** The first plan that breaks a promise, told as its smallest; how many were played before the time was over. */
async function firstBroken(plans: Iterable<Plan>, mostMs = Number.POSITIVE_INFINITY) {
  const until = Date.now() + mostMs;
  let played = 0;
  for (const plan of plans) {
    if ((await play(plan)).violations.length > 0) return { played, broken: await tell(await shrink(plan)) };
    played += 1;
    if (Date.now() > until) break;
  }
  return { played, broken: undefined };
}

describe.each(scripts)("%s", (script) => {
  it("keeps every promise when nothing goes wrong", async () => {
    const history = await playHistory(scriptOf({ script }));
    expect(violations(history, scriptOf({ script }))).toEqual([]);
    expect(history.mayBeAccepted.length).toBeGreaterThanOrEqual(2);
  });

  it("keeps every promise whatever goes wrong at any one call", async () => {
    const calm = await calmOf(script);
    const { broken, played } = await firstBroken(withOneMore(calm));
    expect(broken).toBeUndefined();
    expect(played).toBeGreaterThan(400);
  });

  it("keeps every promise when several things go wrong, messages come twice, reads are stale and the index lags", async () => {
    const calm = [await calmOf(script)];
    const some = randomPlans(calm, { seed: 1, sender: "duebell", fewest: 2, most: 4 });
    const { broken, played } = await firstBroken(some, 1_000);
    expect(broken).toBeUndefined();
    expect(played).toBeGreaterThan(10);
  });
});

describe("the harness itself", () => {
  it.each(Object.keys(senders).filter((sender) => sender !== "duebell"))("catches %s", async (sender) => {
    const calm = await calmOf("a bill that is delivered and never paid", sender);
    const broken = new Set<string>();
    for (const plan of withOneMore(calm)) {
      for (const { breach } of (await play(plan)).violations) broken.add(breach);
      if (broken.has("duplicate")) break;
    }
    expect(broken).toContain("duplicate");
  });

  it.each(Object.entries(carelessSenders))("sees what is %s", async (breach, sender) => {
    const seen = new Set<string>();
    for (const script of Object.values(faultScripts))
      for (const violation of violations(await playHistory(script, { sender }), script)) seen.add(violation.breach);
    expect(seen).toContain(breach);
  });

  it("plays every pair of faults once, in an order that is spread over them all", async () => {
    const calm = await calmOf("a bill that is delivered and never paid");
    const singles = [];
    for (const plan of [...withOneMore(calm)].slice(-12)) singles.push({ plan, trace: (await play(plan)).trace });
    const { total, plans } = pairsOf(singles);
    const all = [...plans].map(({ faults }) => JSON.stringify(faults));
    expect(new Set(all).size).toBe(total);
    expect(all.toSorted()).toEqual(
      singles
        .flatMap((single) => [...withOneMore(single)])
        .map(({ faults }) => JSON.stringify(faults))
        .toSorted(),
    );
  });

  it("finds the smallest history that breaks a promise", async () => {
    const sender = "send-then-record";
    const calm = [await calmOf("a bill that is delivered and never paid", sender)];
    for (const plan of randomPlans(calm, { seed: 1, sender, fewest: 5, most: 6 })) {
      if ((await play(plan)).violations.length === 0) continue;
      const smallest = await shrink(plan);
      expect(smallest.faults.length).toBeLessThanOrEqual(1);
      expect(smallest.whims === undefined || smallest.faults.length === 0).toBe(true);
      expect(await tell(smallest)).toContain("duplicate: ");
      break;
    }
    expect.assertions(3);
  });
});
