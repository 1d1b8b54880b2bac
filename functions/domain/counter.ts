/**
 * A counter that several writers take from without transactions: it names who took last, so that whoever comes next finishes that
 * one's own write, should it have died, before it takes. A repeat finds what it took in its own item.
 */
export type Counter = {
  /** What is counted: `receipts/<biller>/<year>`, `offer/<biller>/<offer>`. */
  readonly name: string;
  /** How many were taken. */
  readonly n: number;
  /** The sum of what was taken, in minor units, where it is money; else 0. */
  readonly sum: number;
  /** Grows by one with every write; a write names the version it read. */
  readonly version: number;
  /** Who took the `n`th. */
  readonly owner?: CounterOwner;
};

/** The item a number was taken for: a payment, by its bill's link code and its key. */
export type CounterOwner = {
  readonly code: string;
  readonly key: string;
  /** What it took, in minor units, where that is money. */
  readonly value?: number;
};
