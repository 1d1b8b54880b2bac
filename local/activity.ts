/** Counts what is under way, so that "nothing happens any more" can be awaited. */
export interface Activity {
  /** Runs `work` and counts it until it has ended; work it starts before its end is counted without a gap. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** Starts `work` and counts it; a failure goes to `onError`. */
  readonly start: (work: () => Promise<unknown>) => void;
  /** Resolves as soon as nothing is under way. */
  readonly quiet: () => Promise<void>;
}

/** A counter with nothing under way; `onError` hears of failures nobody awaits. */
export function activity(onError: (cause: unknown) => void): Activity {
  let count = 0;
  let waiting: (() => void)[] = [];
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    count += 1;
    try {
      return await work();
    } finally {
      count -= 1;
      if (count === 0) {
        const done = waiting;
        waiting = [];
        for (const resolve of done) resolve();
      }
    }
  };
  return {
    run,
    start: (work) => {
      run(work).catch(onError);
    },
    quiet: () =>
      count === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
  };
}
