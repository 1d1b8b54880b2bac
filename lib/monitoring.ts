import { Duration, Stack } from "aws-cdk-lib";
import type { RestApi } from "aws-cdk-lib/aws-apigateway";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledgements.ts";
import type { StageSettings } from "./config.ts";
import { type AlarmBoard, ServiceAlarm } from "./constructs/service-alarm.ts";

/** Where alarms are told, and the alarms that belong to no single feature. */
export class Monitoring extends Construct implements AlarmBoard {
  readonly stage: string;
  readonly topic: ITopic;

  constructor(scope: Construct, settings: StageSettings) {
    super(scope, "Monitoring");
    this.stage = settings.stage;
    this.topic =
      settings.alarmTopicArn === undefined
        ? this.#ownTopic(settings)
        : Topic.fromTopicArn(this, "Alarms", settings.alarmTopicArn);
  }

  /** Rings when the API itself fails callers. */
  watchApi(api: RestApi): void {
    new ServiceAlarm(this, this, {
      name: "api-failing",
      impact: "Billing systems, customers opening their link or providers reporting to us get server errors.",
      remedy: "Find the route in the access log, then the same minute in the log group of its function.",
      metric: new Metric({
        namespace: "AWS/ApiGateway",
        metricName: "5XXError",
        dimensionsMap: { ApiName: api.restApiName, Stage: this.stage },
        statistic: "Sum",
        period: Duration.minutes(5),
      }),
      above: 5,
    });
  }

  #ownTopic(settings: StageSettings): Topic {
    const topic = new Topic(this, "Alarms", { enforceSSL: true });
    // A topic with a policy of its own no longer lets CloudWatch in by default.
    topic.grantPublish(
      new ServicePrincipal("cloudwatch.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    if (settings.alarmEmail !== undefined) {
      const subscription = topic.addSubscription(new EmailSubscription(settings.alarmEmail));
      acknowledge(
        subscription,
        "Serverless-SNSRedrivePolicy",
        "An alarm that could not be mailed is still in the alarm's history; nobody would read its dead letter.",
      );
    }
    return topic;
  }
}
