/** Bills of one biller, due in the same minute. */
export type Load = { readonly biller: string; readonly line: string; readonly bills: number };

/** What is simulated. */
export type Setting = {
  readonly perSecond: number;
  readonly loads: readonly Load[];
  /** How many Lambdas may run at once. */
  readonly concurrency: number;
  readonly lanes: number;
  readonly seed: number;
};

/** What was seen: when each bill was sent, and what was written in each second. */
export type Seen = {
  readonly dueAt: number;
  readonly startedAt: number;
  /** By bill, in the order of the loads. */
  readonly calls: Float64Array;
  readonly redates: number;
  readonly delays: number;
  /** Slots that were given and not used. */
  readonly lost: number;
  readonly busiestLane: number;
  readonly busiestPace: number;
  readonly paceWrites: number;
};
