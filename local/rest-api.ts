import { apiAnswer, apiEvent, functionFailed, type RouteMatch } from "./api-event.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "./aws/http-message.ts";
import type { CallLog } from "./call-log.ts";
import type { Deployment } from "./deployment.ts";
import type { Route } from "./deployment-api.ts";
import { compressed } from "./http-compression.ts";
import { allows } from "./iam/policy.ts";
import type { LambdaHost, LogLine } from "./lambda-host.ts";

/** What the REST API stands on. */
export interface RestApiOptions {
  readonly deployment: Deployment;
  readonly host: LambdaHost;
  readonly calls: CallLog;
  readonly now: () => number;
  readonly log: LogLine;
}

/** API Gateway, a double of our own: the routes of the stacks, without authorization, throttling and web ACL. */
export interface RestApiServer {
  /** The answer of the function behind the route; 403 where there is no route, as API Gateway answers. */
  readonly handle: (request: HttpRequest, sourceIp: string) => Promise<HttpAnswer>;
}

const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

function matchRoute(route: Route, request: HttpRequest): RouteMatch | undefined {
  if (route.method !== "ANY" && route.method !== request.method) return undefined;
  const expected = route.resourcePath.split("/").filter((part) => part !== "");
  const given = request.path.split("/").filter((part) => part !== "");
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    const found = name?.[2] === "+" ? given.slice(index).join("/") : given[index];
    if (found === undefined || found === "") return undefined;
    if (name?.[1] === undefined) {
      if (part !== found) return undefined;
      continue;
    }
    const value = decode(found);
    if (value === undefined) return undefined;
    parameters[name[1]] = value;
    if (name[2] === "+") return { route, parameters };
  }
  return expected.length === given.length ? { route, parameters } : undefined;
}

// A fixed part beats a parameter, as in API Gateway; compared part by part from the left.
const rank = ({ route }: RouteMatch): string =>
  route.resourcePath
    .split("/")
    .map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0"))
    .join("") + (route.method === "ANY" ? "1" : "0");

/** Serves the stacks' REST API. */
export function restApi({ deployment, host, calls, now, log }: RestApiOptions): RestApiServer {
  const { api, place } = deployment;
  const admitted = (route: Route): boolean => {
    const target = host.find(route.functionArn);
    if (target === undefined)
      throw new Error(`${route.resourcePath}: no function with a source is called ${route.functionArn}`);
    const path = route.resourcePath.replaceAll(/\{[^}]*\}/g, "*");
    const sourceArn = `arn:aws:execute-api:${place.region}:${place.account}:${api?.id}/${api?.stage}/${route.method}${path}`;
    const call = { action: "lambda:InvokeFunction", resource: target.arn, principal: "apigateway.amazonaws.com" };
    const allowed = allows(target.resourcePolicy, { ...call, context: { "aws:SourceArn": sourceArn } });
    if (!allowed)
      calls.add({ function: "apigateway", service: "lambda", action: "InvokeFunction", resource: target.arn, allowed });
    return allowed;
  };
  return {
    handle: async (request, sourceIp) => {
      const matches = (api?.routes ?? [])
        .map((route) => matchRoute(route, request))
        .filter((match) => match !== undefined);
      const match = matches.sort((left, right) => rank(left).localeCompare(rank(right)))[0];
      if (api === undefined || match === undefined) return jsonAnswer(403, { message: "Missing Authentication Token" });
      if (!admitted(match.route)) return functionFailed;
      const event = apiEvent(match, request, { api, account: place.account, now: now(), sourceIp });
      const result = await host.invoke(match.route.functionArn, event);
      if (result.outcome === "returned") {
        const answer = apiAnswer(result.payload, api.binaryMediaTypes, request.headers["accept"]);
        return compressed(answer, request.headers["accept-encoding"] ?? "", api.compressFrom);
      }
      log({
        function: host.find(match.route.functionArn)?.handler ?? "",
        text: `${result.error.errorType}: ${result.error.errorMessage}`,
      });
      return functionFailed;
    },
  };
}
