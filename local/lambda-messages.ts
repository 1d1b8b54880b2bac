/** What a worker thread is started with. */
export interface WorkerSetup {
  readonly clock: SharedArrayBuffer;
  /** `file:` URL of the handler's source. */
  readonly entry: string;
  /** Where compiled sources are kept, so that the next thread starts sooner. */
  readonly compileCache: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly timeoutMilliseconds: number;
}

/** From the host to a worker: one event, as JSON text. */
export interface InvokeMessage {
  readonly id: string;
  readonly event: string;
}

/** A failed invocation as Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** From a worker to the host: what became of one event. */
export type ReplyMessage =
  | { readonly id: string; readonly payload: string }
  | { readonly id: string; readonly error: FunctionError };
