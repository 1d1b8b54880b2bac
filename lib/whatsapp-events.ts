import { CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Foundation } from "./foundation.ts";

/** What End User Messaging Social reports: a topic that only that service writes to, led to the deliveries queue as it is. */
export class WhatsAppEvents extends Construct {
  constructor(scope: Construct, { settings, queues }: Foundation) {
    super(scope, "WhatsAppEvents");
    // The service publishes in its own name, so that its account must be named: other accounts' events are not ours.
    const social = new ServicePrincipal("social-messaging.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
    });
    // SNS's own key cannot be opened to another service.
    const key = new Key(this, "Key", {
      description: `WhatsApp events of duebell-${settings.stage} on their way to its queue.`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({ principals: [social], actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"] }),
    );
    const topic = new Topic(this, "Topic", {
      topicName: `duebell-${settings.stage}-whatsapp`,
      masterKey: key,
      enforceSSL: true,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({ principals: [social], actions: ["sns:Publish"], resources: [topic.topicArn] }),
    );
    const { queue, deadLetters } = queues.get("deliveries");
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: deadLetters }));
    new CfnOutput(Stack.of(this), "WhatsAppTopicArn", { value: topic.topicArn });
  }
}
