import { createHash } from "node:crypto";
import type { Json } from "./json.ts";

/** Where the laptop pretends to run; `origin` is the address of its one port, without a slash at its end. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly origin: string;
}

/** A resource as far as its name: enough to answer `Ref` and `Fn::GetAtt`. */
export interface Named {
  readonly stack: string;
  readonly logicalId: string;
  readonly property: (name: string) => Json | undefined;
}

/** How one resource type answers `Ref` and `Fn::GetAtt`. */
export interface ResourceType {
  readonly ref: (resource: Named, place: Place) => string;
  readonly attributes: Readonly<Record<string, (resource: Named, place: Place) => string>>;
}

const short = (...parts: string[]): string => createHash("sha256").update(parts.join("|")).digest("hex").slice(0, 10);

const nameBy =
  (property: string | undefined, limit = 64) =>
  (resource: Named): string => {
    const given = property === undefined ? undefined : resource.property(property);
    if (typeof given === "string") return given;
    const name = `${resource.stack}-${resource.logicalId}`;
    return name.length <= limit ? name : `${name.slice(0, limit - 11)}-${short(name)}`;
  };

const bucketName = (resource: Named): string => nameBy("BucketName", 63)(resource).toLowerCase();

const arn =
  (service: string, path: (resource: Named) => string) =>
  (resource: Named, place: Place): string =>
    `arn:aws:${service}:${place.region}:${place.account}:${path(resource)}`;

/** Roles and buckets lie in no region; buckets not even in an account. */
const roleArn = (resource: Named, place: Place): string =>
  `arn:aws:iam::${place.account}:role/${nameBy("RoleName")(resource)}`;
const bucketArn = (resource: Named): string => `arn:aws:s3:::${bucketName(resource)}`;

const byName = (property: string, [service, prefix]: readonly [string, string], limit = 64): ResourceType => {
  const name = nameBy(property, limit);
  return { ref: name, attributes: { Arn: arn(service, (resource) => `${prefix}${name(resource)}`) } };
};

const opaque: ResourceType = { ref: (resource) => short(resource.stack, resource.logicalId), attributes: {} };

const queueName = nameBy("QueueName", 80);
const logGroupName = nameBy("LogGroupName", 512);
const ruleName = nameBy("Name");
const rulePath = (resource: Named): string => {
  const bus = resource.property("EventBusName");
  const prefix = typeof bus === "string" && bus !== "default" ? `${bus.replace(/^.*\//, "")}/` : "";
  return `rule/${prefix}${ruleName(resource)}`;
};
// Secrets Manager adds six random characters to a name; here they are always the same.
const secretPath = (resource: Named): string => `secret:${nameBy("Name")(resource)}-local0`;
const schedulePath = (resource: Named): string =>
  `schedule/${String(resource.property("GroupName") ?? "default")}/${nameBy("Name")(resource)}`;
const secretArn = arn("secretsmanager", secretPath);
const topicArn = arn("sns", nameBy("TopicName", 256));
const tableType = byName("TableName", ["dynamodb", "table/"], 255);

/** The resource types whose names other resources use; a `Ref` or `Fn::GetAtt` to any other is an error. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "AWS::DynamoDB::Table": tableType,
  "AWS::DynamoDB::GlobalTable": tableType,
  "AWS::SQS::Queue": {
    ref: (resource, place) => `${place.origin}/${place.account}/${queueName(resource)}`,
    attributes: { Arn: arn("sqs", queueName), QueueName: queueName },
  },
  "AWS::SNS::Topic": { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: nameBy("TopicName", 256) } },
  "AWS::S3::Bucket": {
    ref: bucketName,
    attributes: {
      Arn: bucketArn,
      DomainName: (resource) => `${bucketName(resource)}.s3.amazonaws.com`,
      RegionalDomainName: (resource, place) => `${bucketName(resource)}.s3.${place.region}.amazonaws.com`,
    },
  },
  "AWS::SecretsManager::Secret": { ref: secretArn, attributes: { Id: secretArn } },
  "AWS::KMS::Key": {
    ref: opaque.ref,
    attributes: {
      Arn: arn("kms", (resource) => `key/${short(resource.stack, resource.logicalId)}`),
      KeyId: opaque.ref,
    },
  },
  "AWS::KMS::Alias": { ref: nameBy("AliasName"), attributes: {} },
  "AWS::IAM::Role": {
    ref: nameBy("RoleName"),
    attributes: { Arn: roleArn },
  },
  "AWS::Lambda::Function": byName("FunctionName", ["lambda", "function:"]),
  "AWS::Logs::LogGroup": {
    ref: logGroupName,
    // The streams too: so does CloudFormation say it.
    attributes: { Arn: arn("logs", (resource) => `log-group:${logGroupName(resource)}:*`) },
  },
  "AWS::Events::EventBus": byName("Name", ["events", "event-bus/"]),
  "AWS::Events::Rule": { ref: ruleName, attributes: { Arn: arn("events", rulePath) } },
  "AWS::Scheduler::Schedule": { ref: nameBy("Name"), attributes: { Arn: arn("scheduler", schedulePath) } },
  "AWS::Scheduler::ScheduleGroup": byName("Name", ["scheduler", "schedule-group/"]),
  "AWS::ApiGateway::RestApi": {
    ref: opaque.ref,
    attributes: { RootResourceId: (resource) => `${short(resource.stack, resource.logicalId)}-root` },
  },
  "AWS::ApiGateway::Resource": opaque,
  "AWS::ApiGateway::Deployment": opaque,
  "AWS::ApiGateway::Stage": { ref: nameBy("StageName"), attributes: {} },
  "AWS::ApiGateway::RequestValidator": opaque,
  "AWS::SES::ConfigurationSet": { ref: nameBy("Name"), attributes: {} },
  "AWS::SMSVOICE::ConfigurationSet": {
    ref: nameBy("ConfigurationSetName"),
    attributes: { Arn: arn("sms-voice", (r) => `configuration-set/${nameBy("ConfigurationSetName")(r)}`) },
  },
  "AWS::SES::EmailIdentity": { ref: nameBy("EmailIdentity"), attributes: {} },
  "AWS::CloudWatch::Alarm": byName("AlarmName", ["cloudwatch", "alarm:"], 255),
  "AWS::WAFv2::WebACL": { ref: opaque.ref, attributes: { Arn: arn("wafv2", (r) => `regional/webacl/${r.logicalId}`) } },
};
