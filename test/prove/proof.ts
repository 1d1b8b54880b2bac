/** How much is to be proved. */
export type Size = {
  readonly quick: boolean;
  /** How long this proof may take, in milliseconds of the machine's clock; what takes a fixed time takes it anyway. */
  readonly ms: number;
  readonly seed: number;
};

/** What a proof shows: a table, and each figure that was missed, in words. */
export type Shown = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly missed: readonly string[];
};

/** One of the proofs; `share` is its part of the time there is. */
export type Proof = {
  readonly name: string;
  readonly share: number;
  /** Its quick size is what `npm test` runs. */
  readonly inTestsAlready?: boolean;
  readonly prove: (size: Size) => Promise<Shown>;
};

/** A whole number as people write it. */
export const count = (n: number): string => n.toLocaleString("en-US");

/** A table in the way of Markdown, its columns aligned: texts to the left, numbers to the right. */
export function tableOf({ head, rows }: Pick<Shown, "head" | "rows">): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? count(cell) : cell)));
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => (row[column] ?? "").length)));
  const isNumber = head.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const line = (row: readonly string[]): string => {
    const padded = widths.map((width, n) =>
      isNumber[n] ? (row[n] ?? "").padStart(width) : (row[n] ?? "").padEnd(width),
    );
    return `| ${padded.join(" | ")} |`;
  };
  const rule = `|${widths.map((width, n) => (isNumber[n] ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  return [line(head), rule, ...cells.map(line)].join("\n");
}

let toldAt = 0;

/** Says how far a long proof has come, every half minute, where a person may watch. */
export function progress(text: string): void {
  if (Date.now() - toldAt < 30_000) return;
  toldAt = Date.now();
  process.stderr.write(`${text}\n`);
}
