import { AuthorizationType, LambdaIntegration, type RestApi } from "aws-cdk-lib/aws-apigateway";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { acknowledge } from "../acknowledgements.ts";

/** HTTP methods the service answers. */
export type HttpMethod = "GET" | "PUT" | "POST";

/** One route of the API, answered by one function. */
export interface ApiRouteProps {
  readonly method: HttpMethod;
  /** With parameters in braces, such as `/v1/billers/{biller}`. */
  readonly path: `/${string}`;
  readonly target: IFunction;
}

/** Adds a route for callers who sign their requests with IAM credentials. */
export function addSignedRoute(api: RestApi, route: ApiRouteProps): void {
  const method = addRoute(api, route, AuthorizationType.IAM);
  acknowledge(
    method,
    "AwsSolutions-COG4",
    "Its callers are systems with IAM credentials, not people with a user account.",
  );
}

/** Adds a route that anyone may call, for the written `reason`. */
export function addPublicRoute(api: RestApi, route: ApiRouteProps, reason: string): void {
  const method = addRoute(api, route, AuthorizationType.NONE);
  acknowledge(method, "AwsSolutions-APIG4", reason);
  acknowledge(method, "AwsSolutions-COG4", reason);
}

function addRoute(api: RestApi, { method, path, target }: ApiRouteProps, authorizationType: AuthorizationType) {
  const integration = new LambdaIntegration(target, { proxy: true, allowTestInvoke: false });
  return api.root.resourceForPath(path).addMethod(method, integration, { authorizationType });
}
