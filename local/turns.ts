/** Lets pieces of work run one after the other, in the order in which they were asked for. */
export interface Turns {
  readonly take: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whether something runs or waits. */
  readonly busy: () => boolean;
}

/** Turns, with nothing running. */
export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  return {
    busy: () => count > 0,
    take: (work) => {
      count += 1;
      const mine = last.then(work, work).finally(() => {
        count -= 1;
      });
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
