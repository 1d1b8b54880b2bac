import type { CallLog } from "../call-log.ts";
import type { LambdaFunction } from "../deployment-compute.ts";
import { allows, type Statement } from "../iam/policy.ts";
import type { LambdaHost } from "../lambda-host.ts";
import type { Place } from "../resource-types.ts";
import { presignedFault, signerOf } from "./caller.ts";
import { accessDenied, awsError } from "./errors.ts";
import { type HttpRequest, jsonAnswer, type MaybeAnswer } from "./http-message.ts";
import { type AwsRequest, type AwsService, isAwsService, readAwsRequest } from "./request.ts";

/** One call as a hook sees it; `count` is how many times this function has made this call, this one included. */
export interface HookedCall {
  readonly function: string;
  readonly service: string;
  readonly action: string;
  readonly count: number;
  /** `before` it takes effect, or `after`, when only the answer is missing. */
  readonly phase: "before" | "after";
}

/** Asked at each call; `kill-worker` ends the caller's thread there and then, so that it never sees the answer. */
export type CallHook = (call: HookedCall) => "kill-worker" | undefined;

/** Answers every AWS call of the functions. */
export interface Gateway {
  /** Undefined where the request was signed for none of the laptop's services. */
  readonly handle: (request: HttpRequest) => Promise<MaybeAnswer> | undefined;
  /** Adds a hook; the function it returns takes it away again. */
  readonly onCall: (hook: CallHook) => () => void;
}

/** What the gateway stands on; `backends` answer the calls that are allowed. */
export interface GatewayOptions {
  readonly place: Place;
  readonly host: LambdaHost;
  readonly roles: ReadonlyMap<string, readonly Statement[]>;
  readonly calls: CallLog;
  readonly now: () => number;
  readonly backends: Readonly<Record<AwsService, (request: AwsRequest) => Promise<MaybeAnswer>>>;
}

const secret = "local";

/** The first of the call's needs that no policy grants, as AWS words it; each is logged. */
function denial({ roles, calls }: GatewayOptions, caller: LambdaFunction, request: AwsRequest): string | undefined {
  const { service, action, needs } = request;
  const statements = roles.get(caller.roleArn) ?? [];
  for (const need of needs) {
    const allowed = allows(statements, need);
    calls.add({ function: caller.handler, service, action, resource: need.resource, allowed });
    if (allowed) continue;
    const who = `${caller.roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/${caller.name}`;
    return `User: ${who} is not authorized to perform: ${need.action} on resource: ${need.resource} because no identity-based policy allows the ${need.action} action`;
  }
  return undefined;
}

interface Hooks {
  readonly add: (hook: CallHook) => () => void;
  /** Whether some hook asks for the caller's end. */
  readonly askForEnd: (caller: LambdaFunction, request: AwsRequest, phase: HookedCall["phase"]) => boolean;
}

function callHooks(): Hooks {
  const hooks = new Set<CallHook>();
  const counts = new Map<string, number>();
  return {
    add: (hook) => {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    askForEnd: (caller, { service, action }, phase) => {
      const key = `${caller.handler} ${service} ${action}`;
      const count = (counts.get(key) ?? 0) + (phase === "before" ? 1 : 0);
      counts.set(key, count);
      const call = { function: caller.handler, service, action, count, phase };
      return [...hooks].map((hook) => hook(call)).includes("kill-worker");
    },
  };
}

/** The gateway: who calls, what for, may it, and where to. */
export function gateway(options: GatewayOptions): Gateway {
  const hooks = callHooks();
  const answer = async (caller: LambdaFunction, request: AwsRequest): Promise<MaybeAnswer> => {
    const end = async (): Promise<MaybeAnswer> => {
      await options.host.kill(caller.name);
      return "hang";
    };
    if (hooks.askForEnd(caller, request, "before")) return await end();
    const refusal = denial(options, caller, request);
    if (refusal !== undefined) return accessDenied(request.service, refusal);
    const result = await options.backends[request.service](request);
    return hooks.askForEnd(caller, request, "after") ? await end() : result;
  };
  const handle = async (service: AwsService, http: HttpRequest): Promise<MaybeAnswer> => {
    const signer = signerOf(http);
    const caller = options.host.byAccessKey(signer?.accessKeyId ?? "");
    if (caller === undefined) {
      const message = "The security token included in the request is invalid.";
      return awsError(service, { code: "UnrecognizedClientException", status: 403, message });
    }
    const fault = signer?.presigned === true ? presignedFault(http, secret, options.now()) : undefined;
    if (fault !== undefined) return accessDenied(service, fault);
    try {
      return await answer(caller, readAwsRequest(service, http, options.place));
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      return awsError(service, { code: "SerializationException", status: 400, message: cause.message });
    }
  };
  return {
    onCall: hooks.add,
    handle: (http) => {
      const signer = signerOf(http);
      // Calls of the API itself may be signed too; they are not ours.
      if (signer === undefined || signer.service === "execute-api") return undefined;
      if (isAwsService(signer.service)) return handle(signer.service, http);
      return Promise.resolve(jsonAnswer(501, { message: `The laptop has no ${signer.service}` }));
    },
  };
}
