import { enableCompileCache, flushCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { FunctionError, InvokeMessage, ReplyMessage, WorkerSetup } from "./lambda-messages.ts";
import { installVirtualDate } from "./virtual-date.ts";

// The thread that runs one function. The clock goes in before the handler is imported, so that nothing keeps the real one.
const setup = workerData as WorkerSetup;
enableCompileCache(setup.compileCache);
installVirtualDate(setup.clock);

type Handler = (event: unknown, context: object) => Promise<unknown>;

function functionError(cause: unknown): FunctionError {
  if (!(cause instanceof Error)) return { errorType: "string", errorMessage: String(cause) };
  return { errorType: cause.name, errorMessage: cause.message, trace: (cause.stack ?? "").split("\n") };
}

function context(requestId: string): object {
  const deadline = performance.now() + setup.timeoutMilliseconds;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: setup.functionArn,
    memoryLimitInMB: String(setup.memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}

async function load(): Promise<Handler> {
  const module: unknown = await import(setup.entry);
  const handler = typeof module === "object" && module !== null && "handler" in module ? module.handler : undefined;
  if (typeof handler !== "function") throw new Error(`${setup.entry} exports no handler`);
  // A thread that is ended keeps nothing of its own accord.
  flushCompileCache();
  return handler as Handler;
}

const loading = load();
// Reported with each invocation; unhandled here it would end the thread before the first answer.
loading.catch(() => undefined);

/** Resolves once everything that was logged is with the host: what follows from a line is then under way before the answer is. */
const logged = (): Promise<void> => new Promise((resolve) => process.stdout.write("", () => resolve()));

async function answer({ id, event }: InvokeMessage): Promise<ReplyMessage> {
  try {
    const handler = await loading;
    const result = await handler(JSON.parse(event), context(id));
    await logged();
    return { id, payload: JSON.stringify(result ?? null) };
  } catch (cause) {
    return { id, error: functionError(cause) };
  }
}

parentPort?.on("message", (message: InvokeMessage) => {
  answer(message).then((reply) => parentPort?.postMessage(reply));
});
