import { Worker } from "node:worker_threads";
import type { FunctionError, InvokeMessage, ReplyMessage, WorkerSetup } from "./lambda-messages.ts";

/** What became of one invocation: what the handler returned, or how it failed. */
export type InvocationResult =
  | { readonly outcome: "returned"; readonly payload: unknown }
  | { readonly outcome: "failed"; readonly error: FunctionError };

/** One running worker thread of a function. */
export interface FunctionThread {
  readonly invoke: (id: string, event: unknown) => Promise<InvocationResult>;
  /** Ends the thread at once; what it was doing fails with `reason`. */
  readonly kill: (reason: string) => Promise<void>;
}

/** What a thread needs of its host. */
export interface ThreadOptions {
  readonly setup: WorkerSetup;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Called when the thread takes no more events, for whatever reason; perhaps twice. */
  readonly onEnd: () => void;
}

const entry = new URL("./lambda-worker.ts", import.meta.url);

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  outcome: "failed",
  error: { errorType, errorMessage },
});

const timedOut = (milliseconds: number): InvocationResult =>
  failed("Sandbox.Timedout", `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`);

function startWorker({ setup, environment, onLine }: ThreadOptions): Worker {
  const env = { ...environment };
  const worker = new Worker(entry, { workerData: setup, env, execArgv: [], stdout: true, stderr: true });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      for (const line of chunk.split("\n")) if (line !== "") onLine(line);
    });
  }
  return worker;
}

/** Starts a thread; a crash, a time-out or a kill fails every invocation it holds, as the end of a Lambda environment does. */
export function startFunctionThread(options: ThreadOptions): FunctionThread {
  const { timeoutMilliseconds } = options.setup;
  const worker = startWorker(options);
  const waiting = new Map<string, (result: InvocationResult) => void>();
  let reason = "Runtime exited";
  let ended: Promise<unknown> | undefined;
  const settle = (id: string, result: InvocationResult): void => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  };
  const kill = async (why: string): Promise<void> => {
    if (ended === undefined) {
      reason = why;
      options.onEnd();
      ended = worker.terminate();
    }
    await ended;
  };
  worker.on("message", (reply: ReplyMessage) => {
    if ("payload" in reply) settle(reply.id, { outcome: "returned", payload: JSON.parse(reply.payload) });
    else settle(reply.id, { outcome: "failed", error: reply.error });
  });
  worker.on("error", (cause: Error) => {
    reason = `Runtime exited with error: ${cause.message}`;
  });
  worker.on("exit", () => {
    for (const id of [...waiting.keys()]) settle(id, failed("Runtime.ExitError", reason));
    options.onEnd();
  });
  const invoke = (id: string, event: unknown): Promise<InvocationResult> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        settle(id, timedOut(timeoutMilliseconds));
        kill("another invocation of this function timed out").catch(() => undefined);
      }, timeoutMilliseconds);
      waiting.set(id, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      const message: InvokeMessage = { id, event: JSON.stringify(event) };
      worker.postMessage(message);
    });
  return { invoke, kill };
}
