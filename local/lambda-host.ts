import { randomUUID } from "node:crypto";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import type { VirtualClock } from "./clock.ts";
import type { LambdaFunction } from "./deployment-compute.ts";
import {
  type FunctionThread,
  type InvocationResult,
  startFunctionThread,
  type ThreadOptions,
} from "./function-thread.ts";
import type { Place } from "./resource-types.ts";

/** Takes one line a function wrote to its log. */
export type LogLine = (line: { readonly function: string; readonly text: string }) => void;

/** Runs the functions of the stacks, each in a thread of its own, started at its first event. */
export interface LambdaHost {
  /** Runs the handler with `event`; never rejects. Function by its name in AWS or its handler's name; an unknown one throws. */
  readonly invoke: (nameOrHandler: string, event: unknown) => Promise<InvocationResult>;
  /** Ends a function's thread at once, as if its environment had died; the next event starts a new one. */
  readonly kill: (nameOrHandler: string) => Promise<void>;
  /** The function with this name, handler name or ARN. */
  readonly find: (nameOrHandlerOrArn: string) => LambdaFunction | undefined;
  /** The function whose credentials have this access key id. */
  readonly byAccessKey: (accessKeyId: string) => LambdaFunction | undefined;
  /** Adds a listener to the lines the functions log; called before what the function answered is known. */
  readonly onLine: (listen: (target: LambdaFunction, text: string) => void) => void;
  /** Ends every thread; whatever is asked of it later fails. */
  readonly stop: () => Promise<void>;
}

/** What the host needs to know. */
export interface LambdaHostOptions {
  readonly functions: readonly LambdaFunction[];
  readonly place: Place;
  readonly clock: VirtualClock;
  readonly root: URL;
  readonly log: LogLine;
}

const compileCache = fileURLToPath(new URL("../node_modules/.cache/duebell/compiled", import.meta.url));

/** The access key id a function signs with: the laptop knows callers by it. */
export const accessKeyOf = (index: number): string => `AKIALOCAL${String(index).padStart(11, "0")}`;

function environmentOf(
  { place }: LambdaHostOptions,
  target: LambdaFunction,
  accessKeyId: string,
): Record<string, string> {
  return {
    ...target.environment,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL: place.origin,
    // Profiles of the person at the keyboard must not reach the functions.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_LAMBDA_FUNCTION_NAME: target.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${target.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    _HANDLER: "index.handler",
    LAMBDA_TASK_ROOT: "/var/task",
    TZ: "UTC",
  };
}

function threadFor(
  options: LambdaHostOptions,
  target: LambdaFunction,
  { onLine, onEnd }: Pick<ThreadOptions, "onLine" | "onEnd">,
): FunctionThread {
  const { clock, functions, root } = options;
  return startFunctionThread({
    setup: {
      clock: clock.shared,
      compileCache,
      entry: new URL(target.entry, root).href,
      functionName: target.name,
      functionArn: target.arn,
      memoryMegabytes: target.memoryMegabytes,
      timeoutMilliseconds: target.timeoutSeconds * 1000,
    },
    environment: environmentOf(options, target, accessKeyOf(functions.indexOf(target))),
    onLine,
    onEnd,
  });
}

const afterTheEnd: InvocationResult = {
  outcome: "failed",
  error: { errorType: "Runtime.ExitError", errorMessage: "the laptop has ended" },
};

/** A host for `functions`; nothing runs before the first event. */
export function lambdaHost(options: LambdaHostOptions): LambdaHost {
  const { functions } = options;
  const threads = new Map<string, FunctionThread>();
  const ending = new Set<Promise<void>>();
  const listeners: ((target: LambdaFunction, text: string) => void)[] = [];
  let stopped = false;
  const find = (name: string): LambdaFunction | undefined =>
    functions.find((one) => one.name === name || one.handler === name || one.arn === name);
  const threadOf = (target: LambdaFunction): FunctionThread => {
    const known = threads.get(target.name);
    if (known !== undefined) return known;
    const started = threadFor(options, target, {
      onLine: (text) => {
        options.log({ function: target.handler, text });
        for (const listen of listeners) listen(target, text);
      },
      onEnd: () => {
        if (threads.get(target.name) === started) threads.delete(target.name);
      },
    });
    threads.set(target.name, started);
    return started;
  };
  const kill = async (name: string): Promise<void> => {
    const thread = threads.get(find(name)?.name ?? "");
    if (thread === undefined) return;
    const end = thread.kill("the function's environment was ended");
    ending.add(end);
    await end.finally(() => ending.delete(end));
  };
  return {
    find,
    kill,
    onLine: (listen) => listeners.push(listen),
    byAccessKey: (key) => functions.find((_one, index) => accessKeyOf(index) === key),
    invoke: async (name, event) => {
      const target = find(name);
      if (target === undefined) throw new Error(`There is no function ${name}`);
      if (stopped) return afterTheEnd;
      return await threadOf(target).invoke(randomUUID(), event);
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...threads.keys()].map(kill));
      await Promise.all(ending);
    },
  };
}
