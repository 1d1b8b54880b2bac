import type { SendResult } from "../ports.ts";
import { forNow, notBegun, type Refusals, unproven, withoutAnswer } from "./failed-call.ts";

/** Where a sending client connects, when not to AWS by the function's own environment. */
export type AwsConnection = {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

// Node keeps a connection for the next request also where only the number of connections is limited.
const ownConnection = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };

/**
 * Settings of a client that sends messages: one attempt, and an end at `timeoutMs`. Each call has a connection of its own: one kept
 * from the last batch may have been closed by the provider meanwhile, which is not to be told from a lost reply.
 */
export const sendingSettings = (timeoutMs: number) => ({
  maxAttempts: 1,
  requestHandler: {
    requestTimeout: timeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: ownConnection,
    httpsAgent: ownConnection,
  },
});

/** Refusals that every AWS service can give: they come before the operation itself, so that nothing was accepted. */
export const awsRefusals: ReadonlyArray<readonly [string, ReturnType<typeof forNow>]> = [
  // Operations must act, and the message waits for that: the send's own limit of attempts ends the wait.
  ...[
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationErrorException",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "OptInRequired",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
  ].map((name) => [name, forNow("not-authorized")] as const),
  ["Throttling", forNow("throttled")],
  ["ThrottlingException", forNow("throttled")],
];

/** The key of a refusal that a service tells by an error's `Reason`: it comes before the error's name alone. */
export const withReason = (name: string, reason: string): string => `${name}/${reason}`;

const kebab = (name: string): string =>
  name
    .replace(/Exception$/, "")
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-")
    .toLowerCase();

function statusOf(error: Error): number | undefined {
  const metadata = "$metadata" in error && typeof error.$metadata === "object" ? error.$metadata : undefined;
  const status = metadata && "httpStatusCode" in metadata ? metadata.httpStatusCode : undefined;
  return typeof status === "number" ? status : undefined;
}

/** What a service says beside an error's name, where its model has a `Reason`. */
const reasonOf = (error: Error): string => ("Reason" in error && typeof error.Reason === "string" ? error.Reason : "");

function afterFailure(error: unknown, refusals: Refusals<string>, signal: AbortSignal): SendResult {
  if (!(error instanceof Error)) return unproven("connection-lost");
  // Signing comes before the connection.
  if (error.name === "CredentialsProviderError") return forNow("no-credentials");
  const status = statusOf(error);
  if (status === undefined) return withoutAnswer(error, signal);
  // Without `$fault` it is no error of the service: the answer began and could not be read.
  if (!("$fault" in error)) return unproven(signal.aborted ? "timed-out" : "unreadable-answer");
  const listed = refusals.get(withReason(error.name, reasonOf(error))) ?? refusals.get(error.name);
  const refusal = status < 500 ? listed : undefined;
  return refusal ?? unproven(/^[A-Za-z]{1,60}$/.test(error.name) ? `${status}-${kebab(error.name)}` : `${status}`);
}

/** How one call to a sending service is made: its time-out, the batch's signal, and what its errors prove. */
export type Attempt = { readonly timeoutMs: number; readonly signal: AbortSignal; readonly refusals: Refusals<string> };

/** Makes one call that answers the provider's reference, and says what its end proves; never throws. */
export async function attemptOnce(
  call: (signal: AbortSignal) => Promise<string | undefined>,
  { timeoutMs, signal, refusals }: Attempt,
): Promise<SendResult> {
  if (signal.aborted) return notBegun;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const providerReference = await call(bounded);
    return providerReference ? { outcome: "accepted", providerReference } : unproven("unreadable-answer");
  } catch (error) {
    return afterFailure(error, refusals, bounded);
  }
}
