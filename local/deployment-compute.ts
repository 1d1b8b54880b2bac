import * as z from "zod";
import { readPolicy, type Statement } from "./iam/policy.ts";
import type { Json } from "./json.ts";
import type { Resource } from "./template.ts";
import { ignoring, type TypedResource, typed } from "./typed-resource.ts";

/** What becomes of an asynchronous invocation that keeps failing. */
export interface AsyncFailure {
  /** Retries after the first attempt: 0 to 2, AWS's default is 2. */
  readonly retries: number;
  /** ARN of the queue told of what failed for good. */
  readonly onFailureArn?: string;
  /** A destination gets the invocation record, a dead-letter queue the bare event. */
  readonly onFailureForm?: "destination" | "dead-letter";
}

/** One Lambda function. */
export interface LambdaFunction {
  /** The handler file's name, as the product calls the behavior (`sweep-due-lane`). */
  readonly handler: string;
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  /** Path of the handler's source, from the project's root. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  /** Name of the log group its lines go to. */
  readonly logGroup: string;
  readonly onAsyncFailure: AsyncFailure;
  /** Who may invoke it beside its own account. */
  readonly resourcePolicy: readonly Statement[];
}

/** A queue that feeds a function. */
export interface EventSourceMapping {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
  readonly maximumConcurrency: number;
}

/** Functions and what feeds them. */
export interface Compute {
  readonly functions: readonly LambdaFunction[];
  readonly mappings: readonly EventSourceMapping[];
}

const functionSchema = z.strictObject({
  Role: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
  PackageType: z.literal("Zip").optional(),
  ...ignoring("Architectures", "Code", "Description", "FunctionName", "Handler", "Runtime", "Tags"),
  ...ignoring("KmsKeyArn", "EphemeralStorage", "ReservedConcurrentExecutions", "TracingConfig", "RecursiveLoop"),
});

const invokeConfigSchema = z.strictObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
  Qualifier: z.literal("$LATEST"),
  ...ignoring("MaximumEventAgeInSeconds"),
});

const mappingSchema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  Enabled: z.literal(true).optional(),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }).optional(),
  ...ignoring("MaximumBatchingWindowInSeconds", "Tags"),
});

const permissionSchema = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

type FunctionResource = TypedResource<z.output<typeof functionSchema>>;

const matches = (resource: FunctionResource, nameOrArn: string): boolean =>
  nameOrArn === resource.ref || nameOrArn === resource.arn;

function resourcePolicy(resources: readonly Resource[], target: FunctionResource): readonly Statement[] {
  return typed(resources, "AWS::Lambda::Permission", permissionSchema)
    .filter(({ properties }) => matches(target, properties.FunctionName))
    .flatMap(({ properties, where }) => {
      const condition: Record<string, Json> = {};
      if (properties.SourceArn !== undefined) condition["ArnLike"] = { "aws:SourceArn": properties.SourceArn };
      if (properties.SourceAccount !== undefined)
        condition["StringEquals"] = { "aws:SourceAccount": properties.SourceAccount };
      const Statement = {
        Effect: "Allow",
        Action: properties.Action,
        Resource: target.arn,
        Principal: properties.Principal,
        Condition: condition,
      };
      return readPolicy({ Statement: [Statement] }, where);
    });
}

function asyncFailure(resources: readonly Resource[], target: FunctionResource): AsyncFailure {
  const config = typed(resources, "AWS::Lambda::EventInvokeConfig", invokeConfigSchema).find(({ properties }) =>
    matches(target, properties.FunctionName),
  )?.properties;
  const retries = config?.MaximumRetryAttempts ?? 2;
  const destination = config?.DestinationConfig?.OnFailure?.Destination;
  if (destination !== undefined) return { retries, onFailureArn: destination, onFailureForm: "destination" };
  const deadLetter = target.properties.DeadLetterConfig?.TargetArn;
  return deadLetter === undefined ? { retries } : { retries, onFailureArn: deadLetter, onFailureForm: "dead-letter" };
}

function readFunctions(resources: readonly Resource[]): readonly LambdaFunction[] {
  return typed(resources, "AWS::Lambda::Function", functionSchema).flatMap((resource) => {
    const entry = resource.metadata["duebell:entry"];
    // Functions of CDK's own custom resources have no source of ours; a trigger that names one fails at load.
    if (typeof entry !== "string") return [];
    const { Timeout, MemorySize, Environment, Role, LoggingConfig } = resource.properties;
    return [
      {
        handler: entry.replace(/^.*\//, "").replace(/\.[mc]?[jt]s$/, ""),
        name: resource.ref,
        arn: resource.arn,
        logicalId: resource.logicalId,
        entry,
        timeoutSeconds: Timeout,
        memoryMegabytes: MemorySize,
        environment: Environment.Variables,
        roleArn: Role,
        logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${resource.ref}`,
        onAsyncFailure: asyncFailure(resources, resource),
        resourcePolicy: resourcePolicy(resources, resource),
      },
    ];
  });
}

/** Reads functions, their resource policies and failure destinations, and the queues that feed them. */
export function readCompute(resources: readonly Resource[]): Compute {
  const functions = readFunctions(resources);
  const mappings = typed(resources, "AWS::Lambda::EventSourceMapping", mappingSchema).map(({ properties, where }) => {
    const target = functions.find(
      ({ name, arn }) => properties.FunctionName === name || properties.FunctionName === arn,
    );
    if (target === undefined)
      throw new Error(`${where}: no function with a source is called ${properties.FunctionName}`);
    return {
      queueArn: properties.EventSourceArn,
      functionName: target.name,
      batchSize: properties.BatchSize,
      reportsItemFailures: properties.FunctionResponseTypes.length > 0,
      maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? 5,
    };
  });
  return { functions, mappings };
}
