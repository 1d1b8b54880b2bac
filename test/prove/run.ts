import { parseArgs } from "node:util";
import { clocks } from "./clocks.ts";
import { type Plan, tell } from "./fault-plan.ts";
import { faults } from "./faults.ts";
import { kill } from "./kill.ts";
import { model } from "./model.ts";
import { outage } from "./outage.ts";
import { payments } from "./payments.ts";
import type { Proof } from "./proof.ts";
import { tableOf } from "./proof.ts";
import { rates } from "./rates.ts";

const proofs: readonly Proof[] = [faults, model, payments, outage, kill, rates, clocks];
const names = proofs.map(({ name }) => name).join(", ");

const { values } = parseArgs({
  options: {
    /** Small sizes, five minutes in all. */
    quick: { type: "boolean", default: false },
    minutes: { type: "string" },
    only: { type: "string" },
    seed: { type: "string", default: "20261121" },
    /** A plan of the fault harness, as it printed it. */
    replay: { type: "string" },
  },
});

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

async function proveAll(chosen: readonly Proof[]): Promise<void> {
  const ms = Number(values.minutes ?? (values.quick ? 4 : 60)) * 60_000;
  const whole = chosen.reduce((sum, { share }) => sum + share, 0);
  const shown = [];
  for (const { name, share, prove } of chosen) {
    const begun = performance.now();
    const size = { quick: values.quick, seed: Number(values.seed), ms: (ms * share) / whole };
    const result = await prove(size);
    shown.push({ ...result, title: `${name} (${Math.round((performance.now() - begun) / 1_000)} s)` });
  }
  say(shown.map((it) => `\n## ${it.title}\n\n${tableOf(it)}`).join("\n"));
  const missed = shown.flatMap((it) => it.missed.map((what) => `${it.title}: ${what}`));
  for (const what of missed) say(`\nMISSED ${what}`);
  if (missed.length > 0) process.exitCode = 1;
  else say("\nEvery figure is reached.");
}

const chosen = proofs.filter(({ name, inTestsAlready = false }) =>
  values.only === undefined ? !(values.quick && inTestsAlready) : name === values.only,
);
if (values.replay !== undefined) {
  say(await tell(JSON.parse(values.replay) as Plan));
} else if (chosen.length === 0) {
  process.stderr.write(`There is no proof ${values.only}; there are ${names}.\n`);
  process.exitCode = 2;
} else {
  await proveAll(chosen);
}
