import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { DuebellError, type ErrorCode, invalidInput } from "../domain/errors.ts";
import { countOutcomes, errorIds, log } from "./log.ts";

/** A request as a handler sees it: decoded, header names in lower case. */
export type HttpRequest = {
  readonly method: string;
  /** The route that fits, as the API calls it: `/{header}/{code}`. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body byte for byte, for signatures. */
  readonly rawBody: Buffer;
  readonly body: string;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A body that is no text, in base64, instead of `body`. */
  readonly bodyBase64?: string;
  /** What is counted as a metric of the function, such as a gateway that did not answer. */
  readonly counts?: readonly string[];
};

/** A JSON answer. */
export const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: JSON.stringify(value),
});

const statusOfCode: Readonly<Record<ErrorCode, number>> = {
  "invalid-input": 400,
  unauthorized: 401,
  "not-found": 404,
  conflict: 409,
  "provider-error": 502,
  "not-ready": 503,
};

/** Every error as RFC 9457 problem details; what is not ours is said to be a fault of the service and nothing more. */
export function problem(error: unknown): HttpResponse {
  const own = error instanceof DuebellError ? error : undefined;
  const status = own ? statusOfCode[own.code] : 500;
  const code = own?.code ?? "internal-error";
  const detail = own?.message ?? "Something went wrong here; try again later.";
  const errors = own && own.fields.length > 0 ? { errors: own.fields } : {};
  const body = {
    type: `https://duebell.dev/problems/${code}`,
    title: code.replaceAll("-", " "),
    status,
    detail,
    code,
    ...errors,
  };
  return {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

const lowerCased = (headers: Record<string, string | undefined> | null): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  );

const defined = (values: Record<string, string | undefined> | null): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

function requestOf(event: APIGatewayProxyEvent): HttpRequest {
  const rawBody = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  return {
    method: event.httpMethod,
    route: event.resource,
    params: Object.fromEntries(
      Object.entries(defined(event.pathParameters)).map(([name, value]) => [name, decoded(value)]),
    ),
    query: defined(event.queryStringParameters),
    headers: lowerCased(event.headers),
    rawBody,
    get body() {
      return textOf(rawBody);
    },
  };
}

/** The body as text; throws invalid-input for bytes that are no UTF-8. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidInput("The body is not valid UTF-8.", [{ path: "body", message: "must be UTF-8" }]);
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The shape of a Lambda behind the API: a request in, an answer out, every error a problem. */
export function httpHandler(respond: (request: HttpRequest, context: Context) => Promise<HttpResponse>) {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>(async (event: APIGatewayProxyEvent, context: Context) => {
    const answer = await respond(requestOf(event), context).catch(answerError);
    const { status, headers, body, bodyBase64, counts = [] } = answer;
    countOutcomes(Object.fromEntries(counts.map((outcome) => [outcome, 1])));
    log("info", "answered", { status, route: event.resource, method: event.httpMethod });
    const content = bodyBase64 === undefined ? { body: body ?? "" } : { body: bodyBase64, isBase64Encoded: true };
    return { statusCode: status, headers: { ...headers }, ...content };
  });
}

function answerError(error: unknown): HttpResponse {
  const answer = problem(error);
  if (answer.status >= 500) log("error", "failed", errorIds(error));
  return answer;
}
