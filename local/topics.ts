import { randomUUID } from "node:crypto";
import type { CallLog } from "./call-log.ts";
import type { TopicResource } from "./deployment-subscriptions.ts";
import { allows } from "./iam/policy.ts";
import type { Deliver } from "./target-delivery.ts";

/** SNS topics, a double of our own: what an AWS service publishes goes to the queues that subscribed. */
export interface Topics {
  /** Publishes to every topic in the name of a service (`social-messaging`); a topic whose policy does not admit it gets nothing, and the call is logged as denied. */
  readonly publish: (service: string, message: string) => void;
}

/** What the topics stand on. */
export interface TopicsOptions {
  readonly topics: readonly TopicResource[];
  readonly account: string;
  readonly calls: CallLog;
  readonly now: () => number;
  readonly deliver: Deliver;
}

/** The message as a queue gets it without raw delivery (SNS: "HTTP/HTTPS notification JSON format", which is that of SQS too). */
const enveloped = (topicArn: string, message: string, now: number): string =>
  JSON.stringify({
    Type: "Notification",
    MessageId: randomUUID(),
    TopicArn: topicArn,
    Message: message,
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: "1",
    Signature: "local",
    SigningCertURL: "https://sns.invalid/local.pem",
    UnsubscribeURL: "https://sns.invalid/unsubscribe",
  });

/** The topics of the stacks. */
export function topics({ topics: declared, account, calls, now, deliver }: TopicsOptions): Topics {
  const admitted = ({ arn, policy }: TopicResource, service: string): boolean => {
    const context = { "aws:SourceAccount": account };
    const asked = { action: "sns:Publish", resource: arn, principal: `${service}.amazonaws.com`, context };
    const allowed = allows(policy, asked);
    calls.add({ function: service, service: "sns", action: "Publish", resource: arn, allowed });
    return allowed;
  };
  return {
    publish: (service, message) => {
      for (const topic of declared.filter((each) => admitted(each, service))) {
        for (const { raw, target } of topic.subscriptions) {
          const input = raw ? message : enveloped(topic.arn, message, now());
          deliver({ ...target, input }, null, { principal: "sns.amazonaws.com", arn: topic.arn });
        }
      }
    },
  };
}
