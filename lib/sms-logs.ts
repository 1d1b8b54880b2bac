import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FilterPattern, type ILogGroup, LogGroup, SubscriptionFilter } from "aws-cdk-lib/aws-logs";
import { LambdaDestination } from "aws-cdk-lib/aws-logs-destinations";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledgements.ts";
import type { StageSettings } from "./config.ts";
import { alarmOnDeadLetters } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";
import { deadLetterQueue } from "./queues.ts";

/** What SNS logs of each SMS: its two log groups, the subscriptions that bring every line to us, and the role SNS writes with. */
export class SmsLogs extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "SmsLogs");
    const groups = this.#groups(foundation.settings);
    this.#subscribe(groups, foundation);
    this.#allowWriting(groups, foundation.settings);
  }

  /** Made here, so that no line is written before the subscription stands; CloudFormation refuses to make a group that is there already. */
  #groups({ smsDeliveryLogs }: StageSettings): readonly ILogGroup[] {
    const { region, account } = Stack.of(this);
    const {
      makeGroups,
      retentionDays,
      group = `sns/${region}/${account}/DirectPublishToPhoneNumber`,
    } = smsDeliveryLogs;
    return [
      { id: "Successes", logGroupName: group },
      { id: "Failures", logGroupName: `${group}/Failure` },
    ].map(({ id, logGroupName }) =>
      makeGroups
        ? new LogGroup(this, id, { logGroupName, retention: retentionDays, removalPolicy: RemovalPolicy.DESTROY })
        : LogGroup.fromLogGroupName(this, id, logGroupName),
    );
  }

  #subscribe(groups: readonly ILogGroup[], foundation: Foundation): void {
    const deadLetters = deadLetterQueue(this, "ReceiveSmsLogDeadLetters");
    alarmOnDeadLetters(deadLetters, foundation.alarms, {
      name: "receive-sms-log-dead-letters",
      impact: "What became of some SMS is not recorded, so later hops may go to customers whom the SMS has reached.",
      remedy: "Read the error in the log of receive-sms-log, then invoke the function with each message of this queue.",
    });
    const { webhooks } = variables(foundation);
    const receive = new ServiceFunction(this, foundation, {
      handler: "receive-sms-log",
      timeout: Duration.seconds(30),
      environment: { DELIVERIES_QUEUE_URL: webhooks.DELIVERIES_QUEUE_URL },
      deadLetters,
    });
    for (const logGroup of groups) {
      new SubscriptionFilter(this, `On${logGroup.node.id}`, {
        logGroup,
        destination: new LambdaDestination(receive),
        filterPattern: FilterPattern.allEvents(),
      });
    }
  }

  /** SNS takes the role by an attribute of the account, which no stack can set: docs/deploy.md has the command. */
  #allowWriting(groups: readonly ILogGroup[], { smsDeliveryLogs }: StageSettings): void {
    // Without a condition on the account: SNS does not say that it sends one here.
    const role = new Role(this, "WriterRole", { assumedBy: new ServicePrincipal("sns.amazonaws.com") });
    const resources = groups.map(({ logGroupArn }) => logGroupArn);
    role.addToPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        resources,
      }),
    );
    if (!smsDeliveryLogs.makeGroups) {
      for (const arn of resources) {
        acknowledgeWildcard(
          role,
          arn,
          "The streams of one log group: SNS names them as it writes, one after the other.",
        );
      }
    }
    new CfnOutput(Stack.of(this), "SmsLogRoleArn", { value: role.roleArn });
  }
}
