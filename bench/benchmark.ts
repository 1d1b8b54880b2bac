/** One table of a result: what stands in its columns, and its rows. */
export type Table = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

/** What one benchmark found. */
export type Result = {
  readonly tables: readonly Table[];
  /** What is to be said about the figures: gaps, what a row means. */
  readonly remarks: readonly string[];
  /** Bounds that are passed, one sentence each; only counts and bytes have bounds. */
  readonly breaches: readonly string[];
};

/** What a run asks for. */
export type Options = {
  /** Fewer variants, fewer rounds. */
  readonly quick: boolean;
  /** A Lambda of which `bundles` lists the files. */
  readonly detail?: string;
  /** Lowers the ceilings of `bundles` to what is measured; never raises one. */
  readonly tighten: boolean;
};

/** One benchmark: a name for the command line, what it measures, and how. */
export type Benchmark = {
  readonly name: string;
  readonly title: string;
  readonly method: readonly string[];
  /** What is missing on this machine; undefined where it can run. */
  readonly missing?: () => string | undefined;
  readonly run: (options: Options) => Promise<Result>;
};

/** A ratio as it is shown: two decimals. */
export const ratio = (value: number): string => value.toFixed(2);

/** The middle value; the mean of the two middle ones where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
