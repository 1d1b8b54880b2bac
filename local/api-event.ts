import { randomUUID } from "node:crypto";
import type { HttpAnswer, HttpRequest } from "./aws/http-message.ts";
import type { RestApi, Route } from "./deployment-api.ts";
import { isJsonObject } from "./json.ts";

/** A request that fits a route, with the values of the route's `{parameters}`. */
export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What the event says of where and when the request came in. */
export interface ApiSurroundings {
  readonly api: RestApi;
  readonly account: string;
  readonly now: number;
  readonly sourceIp: string;
}

function grouped(entries: Iterable<readonly [string, string]>): Record<string, string[]> {
  // A map, since a visitor may ask for names that every object has.
  const result = new Map<string, string[]>();
  for (const [name, value] of entries) result.set(name, [...(result.get(name) ?? []), value]);
  return Object.fromEntries(result);
}

const lastOf = (multi: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1) ?? ""]));

const orNull = <T extends object>(value: T): T | null => (Object.keys(value).length === 0 ? null : value);

function isBinary(types: readonly string[], contentType: string): boolean {
  const plain = contentType.split(";")[0]?.trim() ?? "";
  return types.some(
    (type) => type === "*/*" || type === plain || (type.endsWith("/*") && plain.startsWith(type.slice(0, -1))),
  );
}

/** The event of API Gateway's Lambda proxy integration for REST APIs (payload version 1.0); a body of a binary media type is base64. */
export function apiEvent({ route, parameters }: RouteMatch, request: HttpRequest, around: ApiSurroundings): object {
  const headers = grouped(Object.entries(request.headers));
  const query = grouped(request.query);
  const isBase64Encoded = isBinary(around.api.binaryMediaTypes, request.headers["content-type"] ?? "");
  const body = request.body.length === 0 ? null : request.body.toString(isBase64Encoded ? "base64" : "utf8");
  return {
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastOf(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull(parameters),
    stageVariables: null,
    requestContext: requestContext(route, request, around),
    body,
    isBase64Encoded,
  };
}

function requestContext(route: Route, request: HttpRequest, around: ApiSurroundings): object {
  const nobody = {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    user: null,
    userArn: null,
  };
  return {
    accountId: around.account,
    apiId: around.api.id,
    authorizer: null,
    domainName: request.headers["host"] ?? "",
    domainPrefix: around.api.id,
    extendedRequestId: "local",
    httpMethod: request.method,
    identity: { ...nobody, sourceIp: around.sourceIp, userAgent: request.headers["user-agent"] ?? null },
    path: request.path,
    protocol: "HTTP/1.1",
    requestId: randomUUID(),
    requestTime: new Date(around.now).toISOString(),
    requestTimeEpoch: around.now,
    resourceId: route.resourceId,
    resourcePath: route.resourcePath,
    stage: around.api.stage,
  };
}

const badGateway: HttpAnswer = {
  status: 502,
  headers: { "content-type": "application/json", "x-amzn-errortype": "InternalServerErrorException" },
  body: JSON.stringify({ message: "Internal server error" }),
};

const scalars = new Set(["string", "number", "boolean"]);

/**
 * The HTTP answer to what a handler returned; anything that is not a proxy result is a 502, as API Gateway answers it. A body in base64 is
 * decoded only where the first type the client accepts is a binary media type of the API (developer guide, "Return binary media from a
 * Lambda proxy integration").
 */
export function apiAnswer(payload: unknown, binaryMediaTypes: readonly string[], accept = ""): HttpAnswer {
  if (!isJsonObject(payload) || typeof payload["statusCode"] !== "number") return badGateway;
  const headers: Record<string, string | string[]> = {};
  const single = isJsonObject(payload["headers"]) ? payload["headers"] : {};
  for (const [name, value] of Object.entries(single))
    if (scalars.has(typeof value)) headers[name.toLowerCase()] = String(value);
  const multiple = isJsonObject(payload["multiValueHeaders"]) ? payload["multiValueHeaders"] : {};
  for (const [name, values] of Object.entries(multiple))
    if (Array.isArray(values)) headers[name.toLowerCase()] = values.map(String);
  headers["content-type"] ??= "application/json";
  const body = typeof payload["body"] === "string" ? payload["body"] : "";
  const isDecoded = payload["isBase64Encoded"] === true && isBinary(binaryMediaTypes, accept.split(",")[0] ?? "");
  return { status: payload["statusCode"], headers, body: isDecoded ? Buffer.from(body, "base64") : body };
}

/** API Gateway's answer where the function failed. */
export const functionFailed = badGateway;
