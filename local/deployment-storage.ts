import * as z from "zod";
import { readPolicy, type Statement } from "./iam/policy.ts";
import type { Json } from "./json.ts";
import type { Resource } from "./template.ts";
import { ignoring, typed } from "./typed-resource.ts";

/** One DynamoDB table, its definition as `CreateTable` takes it. */
export interface TableResource {
  readonly name: string;
  readonly arn: string;
  readonly definition: {
    readonly KeySchema: readonly Key[];
    readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
    readonly GlobalSecondaryIndexes: readonly {
      readonly IndexName: string;
      readonly KeySchema: readonly Key[];
      readonly Projection: unknown;
    }[];
  };
}

interface Key {
  readonly AttributeName: string;
  readonly KeyType: string;
}

/** One SQS queue. */
export interface QueueResource {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  readonly policy: readonly Statement[];
}

/** One S3 bucket. */
export interface BucketResource {
  readonly name: string;
  readonly versioned: boolean;
  /** Whether it tells the default event bus of every object created. */
  readonly notifiesEventBridge: boolean;
}

/** One secret, with how its first value is made. */
export interface SecretResource {
  readonly name: string;
  readonly arn: string;
  readonly text?: string;
  readonly generate?: { readonly template: string; readonly key?: string; readonly length: number };
}

/** What keeps state. */
export interface Storage {
  readonly tables: readonly TableResource[];
  readonly queues: readonly QueueResource[];
  readonly buckets: readonly BucketResource[];
  readonly secrets: readonly SecretResource[];
  /** Names of the SES configuration sets. */
  readonly configurationSets: readonly string[];
  /** Names of the configuration sets of End User Messaging SMS. */
  readonly smsConfigurationSets: readonly string[];
}

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.string() }));

const tableSchema = z.strictObject({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.unknown(),
        ...ignoring("ContributorInsightsSpecification"),
      }),
    )
    .default([]),
  BillingMode: z.literal("PAY_PER_REQUEST"),
  ...ignoring("DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "SSESpecification", "TableName", "Tags"),
  ...ignoring("TimeToLiveSpecification", "ContributorInsightsSpecification", "TableClass"),
});

const redriveSchema = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() });

const queueSchema = z.strictObject({
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: redriveSchema.optional(),
  DelaySeconds: z.literal(0).optional(),
  ...ignoring(
    "QueueName",
    "SqsManagedSseEnabled",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "MessageRetentionPeriod",
  ),
  ...ignoring("ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy", "Tags", "MaximumMessageSize"),
});

const queuePolicySchema = z.strictObject({
  PolicyDocument: z.record(z.string(), z.unknown()),
  Queues: z.array(z.string()),
});

const bucketSchema = z.strictObject({
  VersioningConfiguration: z.strictObject({ Status: z.string() }).optional(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().default(true) }).optional(),
    })
    .optional(),
  ...ignoring(
    "BucketName",
    "BucketEncryption",
    "LifecycleConfiguration",
    "OwnershipControls",
    "PublicAccessBlockConfiguration",
  ),
  ...ignoring("LoggingConfiguration", "Tags", "CorsConfiguration"),
});

const secretSchema = z.strictObject({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .strictObject({
      SecretStringTemplate: z.string().default("{}"),
      GenerateStringKey: z.string().optional(),
      PasswordLength: z.number().default(32),
      ...ignoring("ExcludeCharacters", "ExcludeLowercase", "ExcludeNumbers", "ExcludePunctuation", "ExcludeUppercase"),
      ...ignoring("IncludeSpace", "RequireEachIncludedType"),
    })
    .optional(),
  ...ignoring("Name", "Description", "KmsKeyId", "Tags"),
});

// Event destinations of its own are unknown here: every report goes to the default bus, as it does without any.
const smsSetSchema = z.strictObject({ ...ignoring("ConfigurationSetName", "Tags") });

function readTables(resources: readonly Resource[]): readonly TableResource[] {
  return typed(resources, "AWS::DynamoDB::Table", tableSchema).map(({ ref, arn, properties }) => ({
    name: ref,
    arn,
    definition: {
      KeySchema: properties.KeySchema,
      AttributeDefinitions: properties.AttributeDefinitions,
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    },
  }));
}

function readQueues(resources: readonly Resource[]): readonly QueueResource[] {
  const policies = typed(resources, "AWS::SQS::QueuePolicy", queuePolicySchema);
  return typed(resources, "AWS::SQS::Queue", queueSchema).map(({ ref, arn, properties }) => ({
    name: ref.replace(/^.*\//, ""),
    url: ref,
    arn,
    visibilitySeconds: properties.VisibilityTimeout,
    ...(properties.RedrivePolicy === undefined
      ? {}
      : {
          redrive: {
            deadLetterArn: properties.RedrivePolicy.deadLetterTargetArn,
            maxReceiveCount: properties.RedrivePolicy.maxReceiveCount,
          },
        }),
    policy: policies
      .filter((policy) => policy.properties.Queues.includes(ref))
      .flatMap((policy) => readPolicy(policy.properties.PolicyDocument as Json, policy.where)),
  }));
}

function readBuckets(resources: readonly Resource[]): readonly BucketResource[] {
  return typed(resources, "AWS::S3::Bucket", bucketSchema).map(({ ref, properties }) => ({
    name: ref,
    versioned: properties.VersioningConfiguration?.Status === "Enabled",
    notifiesEventBridge: properties.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled ?? false,
  }));
}

function readSecrets(resources: readonly Resource[]): readonly SecretResource[] {
  return typed(resources, "AWS::SecretsManager::Secret", secretSchema).map(({ ref, properties }) => {
    const generate = properties.GenerateSecretString;
    return {
      name: ref.replace(/^.*:secret:/, "").replace(/-local0$/, ""),
      arn: ref,
      ...(properties.SecretString === undefined ? {} : { text: properties.SecretString }),
      ...(generate === undefined
        ? {}
        : {
            generate: {
              template: generate.SecretStringTemplate,
              length: generate.PasswordLength,
              ...(generate.GenerateStringKey === undefined ? {} : { key: generate.GenerateStringKey }),
            },
          }),
    };
  });
}

/** Reads tables, queues, buckets, secrets and the configuration sets of carriers. */
export function readStorage(resources: readonly Resource[]): Storage {
  return {
    tables: readTables(resources),
    queues: readQueues(resources),
    buckets: readBuckets(resources),
    secrets: readSecrets(resources),
    configurationSets: typed(resources, "AWS::SES::ConfigurationSet", z.looseObject({})).map(({ ref }) => ref),
    smsConfigurationSets: typed(resources, "AWS::SMSVOICE::ConfigurationSet", smsSetSchema).map(({ ref }) => ref),
  };
}
