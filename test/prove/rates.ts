import { missedPacing, simulatePacing } from "./pacing.ts";
import type { Proof } from "./proof.ts";

/** A line that has just begun is not yet used fully: the figure is of as many seconds of sending at least. */
const leastSeconds = 1_000;
const bills = { quick: 100_000, full: 1_000_000 };

const rounded = (n: number, digits: number): string => n.toFixed(digits);

/**
 * A million bills due in one minute, at 1, 20, 80 and 1,000 messages a second: the rate is used and never passed, no key is
 * too hot, and a small biller beside is not starved. One fixed seed: the same in every run.
 */
export const rates: Proof = {
  name: "rates",
  share: 0.05,
  async prove({ quick }) {
    const rows = await simulatePacing(quick ? bills.quick : bills.full);
    return {
      head: [
        "rate",
        "bills",
        "use",
        "breaches",
        "late p50 (s)",
        "late p99 (s)",
        "index writes/s",
        "line writes/s",
        "writes/bill",
      ],
      rows: rows.map((row) => [
        row.what,
        row.bills,
        row.utilization === undefined ? "" : rounded(row.utilization, 3),
        row.breaches,
        Math.round(row.latenessP50),
        Math.round(row.latenessP99),
        row.indexWritesPerSecond,
        row.paceWritesPerSecond,
        rounded(row.paceWritesPerBill, 2),
      ]),
      missed: missedPacing(rows, leastSeconds),
    };
  },
};
