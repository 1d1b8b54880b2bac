import { toIso } from "../../functions/domain/local-time.ts";
import type { Proof } from "./proof.ts";
import { type Outage, outageOfADay } from "./sweep-outage.ts";

const wrongs = ["twice", "outsideWindow", "late", "untold"] as const satisfies readonly (keyof Outage)[];

/** What an outage broke, in words; nothing when it was caught up as promised. */
export const wrongsOf = (outage: Outage): string[] =>
  wrongs
    .filter((name) => outage[name] > 0)
    .map((name) => `${outage[name]} ${name}, down from ${toIso(outage.downFrom)}`);

/** A sweep that was down for a day catches up: every step sent or superseded, none twice, none outside its window. */
export const outage: Proof = {
  name: "outage",
  share: 0.1,
  async prove({ quick, ms, seed }) {
    const until = Date.now() + ms;
    const [bills, most] = quick ? [60, 8] : [400, 100];
    const outages: Outage[] = [];
    for (let n = 0; n < most && (n === 0 || Date.now() < until); n++) outages.push(await outageOfADay(bills, seed + n));
    const sum = (of: (it: Outage) => number): number => outages.reduce((total, it) => total + of(it), 0);
    return {
      head: [
        "days without a sweep",
        "bills",
        "sent",
        "superseded",
        "twice",
        "outside the window",
        "too late",
        "untold",
      ],
      rows: [
        [
          outages.length,
          sum((it) => it.bills),
          sum((it) => it.sent),
          sum((it) => it.superseded),
          ...wrongs.map((name) => sum((it) => it[name])),
        ],
      ],
      missed: outages.flatMap(wrongsOf),
    };
  },
};
