import * as z from "zod";
import type { Resource } from "./template.ts";
import { ignoring, typed } from "./typed-resource.ts";

/** One method of the REST API. */
export interface Route {
  /** As API Gateway names it: `/v1/billers/{biller}`. */
  readonly resourcePath: string;
  readonly resourceId: string;
  /** `GET`, …, or `ANY`. */
  readonly method: string;
  /** ARN of the function behind it. */
  readonly functionArn: string;
}

/** The REST API and its routes. */
export interface RestApi {
  readonly id: string;
  readonly stage: string;
  readonly routes: readonly Route[];
  readonly binaryMediaTypes: readonly string[];
  /** Answers of so many bytes and more are compressed for who takes that; absent: none. */
  readonly compressFrom?: number;
}

const apiSchema = z.strictObject({
  BinaryMediaTypes: z.array(z.string()).default([]),
  MinimumCompressionSize: z.number().optional(),
  ...ignoring("Name", "Description", "EndpointConfiguration", "Tags", "DisableExecuteApiEndpoint", "Policy"),
  ...ignoring("SecurityPolicy", "EndpointAccessMode"),
});

const resourceSchema = z.strictObject({ ParentId: z.string(), PathPart: z.string(), RestApiId: z.string() });

const methodSchema = z.strictObject({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  RestApiId: z.string(),
  Integration: z.looseObject({ Type: z.literal("AWS_PROXY"), Uri: z.string() }),
  ...ignoring("AuthorizationType", "ApiKeyRequired", "MethodResponses", "OperationName", "RequestValidatorId"),
});

const stageSchema = z.strictObject({
  StageName: z.string(),
  ...ignoring(
    "RestApiId",
    "DeploymentId",
    "Description",
    "Tags",
    "AccessLogSetting",
    "MethodSettings",
    "TracingEnabled",
  ),
  ...ignoring("Variables", "CacheClusterEnabled", "CacheClusterSize"),
});

function functionArn(uri: string, where: string): string {
  const match = /:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri);
  if (match?.[1] === undefined) throw new Error(`${where}: the laptop does not understand the integration ${uri}`);
  return match[1];
}

/** Reads the one REST API of the stacks; more than one, or an integration that is not a Lambda proxy, is an error. */
export function readRestApi(resources: readonly Resource[]): RestApi | undefined {
  const apis = typed(resources, "AWS::ApiGateway::RestApi", apiSchema);
  const api = apis[0];
  if (api === undefined) return undefined;
  if (apis.length > 1) throw new Error(`${apis[1]?.where}: the laptop serves one REST API only`);
  const parts = new Map(
    typed(resources, "AWS::ApiGateway::Resource", resourceSchema).map(({ ref, properties }) => [ref, properties]),
  );
  const pathOf = (id: string): string => {
    const part = parts.get(id);
    return part === undefined ? "" : `${pathOf(part.ParentId)}/${part.PathPart}`;
  };
  return {
    id: api.ref,
    stage: typed(resources, "AWS::ApiGateway::Stage", stageSchema)[0]?.properties.StageName ?? "prod",
    binaryMediaTypes: api.properties.BinaryMediaTypes,
    ...(api.properties.MinimumCompressionSize === undefined
      ? {}
      : { compressFrom: api.properties.MinimumCompressionSize }),
    routes: typed(resources, "AWS::ApiGateway::Method", methodSchema).map(({ properties, where }) => ({
      resourcePath: pathOf(properties.ResourceId) || "/",
      resourceId: properties.ResourceId,
      method: properties.HttpMethod,
      functionArn: functionArn(properties.Integration.Uri, where),
    })),
  };
}
