/** One AWS call as `/sandbox/calls` shows it; `function` is the handler's name, or the service that acted (`events`, `scheduler`). */
export interface LoggedCall {
  readonly function: string;
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly at: string;
}

/** Every AWS call made, oldest first; only the latest 50,000 are kept. */
export interface CallLog {
  readonly add: (call: Omit<LoggedCall, "at">) => void;
  readonly find: (filter?: { readonly function?: string; readonly service?: string }) => readonly LoggedCall[];
}

const limit = 50_000;

/** An empty log that stamps calls with `now`. */
export function callLog(now: () => number): CallLog {
  let calls: LoggedCall[] = [];
  return {
    add: (call) => {
      calls.push({ ...call, at: new Date(now()).toISOString() });
      if (calls.length > limit * 1.2) calls = calls.slice(-limit);
    },
    find: (filter = {}) =>
      calls.filter(
        (call) =>
          (filter.function === undefined || call.function === filter.function) &&
          (filter.service === undefined || call.service === filter.service),
      ),
  };
}
