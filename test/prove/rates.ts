import { simulatePacing } from "./pacing.ts";
import type { Proof } from "./proof.ts";

const leastUse = 0.97;
/** A line that has just begun is not yet used fully: the figure is of as many seconds of sending at least. */
const leastSeconds = 1_000;
const mostWrites = 1_000;
const bills = { quick: 100_000, full: 1_000_000 };

const rounded = (n: number, digits: number): string => n.toFixed(digits);

/** A million bills due in one minute, at 1, 20, 80 and 1,000 messages a second: the rate is used and never passed, and no key is too hot. */
export const rates: Proof = {
  name: "rates",
  share: 0.05,
  async prove({ quick }) {
    const rows = await simulatePacing(quick ? bills.quick : bills.full);
    const whole = rows.filter((row) => row.what.endsWith("/s") && row.bills >= row.perSecond * leastSeconds);
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
      missed: [
        ...rows.filter((row) => row.breaches > 0).map((row) => `${row.what}: ${row.breaches} breaches`),
        ...whole
          .filter(({ utilization = 0 }) => utilization < leastUse)
          .map(({ what, utilization = 0 }) => `${what}: ${rounded(utilization, 3)} of the rate is used`),
        ...rows
          .filter((row) => Math.max(row.indexWritesPerSecond, row.paceWritesPerSecond) > mostWrites)
          .map((row) => `${row.what}: a key takes more than ${mostWrites} writes a second`),
      ],
    };
  },
};
