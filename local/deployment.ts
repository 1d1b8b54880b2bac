import { type RestApi, readRestApi } from "./deployment-api.ts";
import { type Compute, readCompute } from "./deployment-compute.ts";
import { type Events, readEvents } from "./deployment-events.ts";
import { readStorage, type Storage } from "./deployment-storage.ts";
import { readSubscriptions, type Subscriptions } from "./deployment-subscriptions.ts";
import type { Statement } from "./iam/policy.ts";
import { readRoles } from "./iam/roles.ts";
import { ignoredTypes } from "./ignored-types.ts";
import type { Place } from "./resource-types.ts";
import { type Resource, readResources, type SynthesizedApp } from "./template.ts";

/** Everything the stacks say must exist, in the laptop's own words. */
export interface Deployment extends Compute, Storage, Events, Subscriptions {
  readonly place: Place;
  /** What each role may do, by the role's ARN. */
  readonly roles: ReadonlyMap<string, readonly Statement[]>;
  /** Absent where no stack has a REST API. */
  readonly api: RestApi | undefined;
}

const read = new Set([
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Resource",
  "AWS::ApiGateway::Method",
  "AWS::ApiGateway::Stage",
  "AWS::DynamoDB::Table",
  "AWS::Events::EventBus",
  "AWS::Events::Rule",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::Lambda::Permission",
  "AWS::Logs::SubscriptionFilter",
  "AWS::S3::Bucket",
  "AWS::SES::ConfigurationSet",
  "AWS::SMSVOICE::ConfigurationSet",
  "AWS::SNS::Subscription",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
  "AWS::Scheduler::Schedule",
  "AWS::SecretsManager::Secret",
]);

function refuseUnknown(resources: readonly Resource[]): void {
  for (const { stack, logicalId, type } of resources) {
    if (!read.has(type)) throw new Error(`${stack}/${logicalId}: the laptop does not know the resource type ${type}`);
  }
}

/** Reads a synthesized app; a resource type, property or policy the laptop does not understand is an error that names it. */
export function readDeployment(app: SynthesizedApp, place: Place): Deployment {
  const resources = readResources(app, place, new Set(Object.keys(ignoredTypes)));
  refuseUnknown(resources);
  return {
    place,
    roles: readRoles(resources),
    ...readCompute(resources),
    ...readStorage(resources),
    ...readEvents(resources),
    ...readSubscriptions(resources, place),
    api: readRestApi(resources),
  };
}
