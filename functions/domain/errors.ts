/** One field that was refused: `path` in dotted form (`customer.addresses.sms`), `message` for a person. */
export type FieldError = { readonly path: string; readonly message: string };

/** The kinds of failure that cross a port or leave a use case. */
export type ErrorCode = "invalid-input" | "unauthorized" | "not-found" | "conflict" | "provider-error" | "not-ready";

/** A failure with a stable code; `retryable` says whether the same request may succeed later. */
export class DuebellError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly fields: readonly FieldError[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; fields?: readonly FieldError[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DuebellError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.fields = options.fields ?? [];
  }
}

/** Input that breaks a rule of the interface; names each field. */
export const invalidInput = (message: string, fields: readonly FieldError[] = []): DuebellError =>
  new DuebellError("invalid-input", message, { fields });

/** A signature, token or identity that does not hold. */
export const unauthorized = (message: string): DuebellError => new DuebellError("unauthorized", message);

/** Nothing is known under the name that was asked for. */
export const notFound = (message: string): DuebellError => new DuebellError("not-found", message);

/** The request contradicts what is stored (a canceled bill, a paid bill). */
export const conflict = (message: string): DuebellError => new DuebellError("conflict", message);

/** Something outside failed while answering; the caller may repeat. */
export const providerError = (message: string, cause?: unknown): DuebellError =>
  new DuebellError("provider-error", message, { retryable: true, cause });

/** The work must wait for something still under way; the queue brings it back. */
export const notReady = (message: string): DuebellError => new DuebellError("not-ready", message, { retryable: true });
