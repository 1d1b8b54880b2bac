import * as z from "zod";
import type { Target } from "./deployment-events.ts";
import { readPolicy, type Statement } from "./iam/policy.ts";
import type { Json } from "./json.ts";
import { logFilter } from "./log-filter.ts";
import type { Place } from "./resource-types.ts";
import type { Resource } from "./template.ts";
import { ignoring, typed } from "./typed-resource.ts";

/** A log group of CloudWatch Logs whose lines go to a function. */
export interface LogSubscription {
  readonly name: string;
  readonly logGroup: string;
  /** ARN of the log group, as CloudWatch Logs names itself to the function. */
  readonly logGroupArn: string;
  readonly target: Target;
  /** Whether a line fits the subscription's pattern. */
  readonly takes: (line: string) => boolean;
}

/** An SNS topic with the queues that subscribed to it. */
export interface TopicResource {
  readonly arn: string;
  /** Who may publish to it beside its own account. */
  readonly policy: readonly Statement[];
  /** `raw`: the queue gets the message as it is, not in SNS's envelope. */
  readonly subscriptions: readonly { readonly raw: boolean; readonly target: Target }[];
}

/** What is brought to a function or a queue because it subscribed to it. */
export interface Subscriptions {
  readonly logSubscriptions: readonly LogSubscription[];
  /** The topics to which queues subscribed; those that only tell people, of alarms, are left out. */
  readonly topics: readonly TopicResource[];
}

const filterSchema = z.strictObject({
  LogGroupName: z.string(),
  DestinationArn: z.string(),
  FilterPattern: z.string(),
  ...ignoring("FilterName", "Distribution"),
});

const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(["sqs", "email", "email-json", "sms", "https"]),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string() }).optional(),
  ...ignoring("Region", "DeliveryPolicy"),
});

const topicPolicySchema = z.strictObject({
  PolicyDocument: z.record(z.string(), z.unknown()),
  Topics: z.array(z.string()),
});

function readTopics(resources: readonly Resource[]): readonly TopicResource[] {
  const subscriptions = typed(resources, "AWS::SNS::Subscription", subscriptionSchema).filter(
    ({ properties }) => properties.Protocol === "sqs",
  );
  const policies = typed(resources, "AWS::SNS::TopicPolicy", topicPolicySchema);
  return [...new Set(subscriptions.map(({ properties }) => properties.TopicArn))].map((arn) => ({
    arn,
    policy: policies
      .filter(({ properties }) => properties.Topics.includes(arn))
      .flatMap(({ properties, where }) => readPolicy(properties.PolicyDocument as Json, where)),
    subscriptions: subscriptions
      .filter(({ properties }) => properties.TopicArn === arn)
      .map(({ properties: { Endpoint, RawMessageDelivery, RedrivePolicy } }) => ({
        raw: RawMessageDelivery,
        target: {
          arn: Endpoint,
          ...(RedrivePolicy === undefined ? {} : { deadLetterArn: RedrivePolicy.deadLetterTargetArn }),
        },
      })),
  }));
}

/** Reads the subscriptions to log groups and topics; a filter pattern the laptop does not know, or a protocol that is neither a queue's nor a person's, is an error. */
export function readSubscriptions(resources: readonly Resource[], { region, account }: Place): Subscriptions {
  return {
    logSubscriptions: typed(resources, "AWS::Logs::SubscriptionFilter", filterSchema).map(
      ({ logicalId, where, properties: { LogGroupName, DestinationArn, FilterPattern } }) => ({
        name: logicalId,
        logGroup: LogGroupName,
        logGroupArn: `arn:aws:logs:${region}:${account}:log-group:${LogGroupName}:*`,
        target: { arn: DestinationArn },
        takes: logFilter(FilterPattern, where),
      }),
    ),
    topics: readTopics(resources),
  };
}
