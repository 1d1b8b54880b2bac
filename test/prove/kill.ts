import { killAgainAndAgain } from "./killed-laptop.ts";
import type { Proof } from "./proof.ts";

/** The laptop, killed at random moments under load and started again: what the carriers received is what ought to have been sent, once. */
export const kill: Proof = {
  name: "kill",
  share: 0.2,
  async prove({ quick, ms, seed }) {
    const [kills, billsADay] = quick ? [4, 30] : [24, 60];
    const killed = await killAgainAndAgain({ kills, billsADay, seed, until: Date.now() + ms });
    const { bills, received, unknown, twice, missing, untrue } = killed;
    const wrongs = { twice, missing, untrue };
    const fewest = quick ? 2 : 10;
    return {
      head: ["kills", "bills", "received", "left unknown", ...Object.keys(wrongs)],
      rows: [[killed.kills, bills, received, unknown, ...Object.values(wrongs)]],
      missed: [
        ...Object.entries(wrongs).flatMap(([what, n]) => (n > 0 ? [`${n} ${what}, seed ${seed}`] : [])),
        ...(killed.kills < fewest ? [`only ${killed.kills} kills`] : []),
      ],
    };
  },
};
