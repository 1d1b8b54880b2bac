import { Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import type { HandlerName } from "../../functions/config.ts";
import type { Foundation } from "../foundation.ts";
import { deadLetterQueue } from "../queues.ts";
import { alarmOnDeadLetters, pascalCase, type Sentence } from "./service-alarm.ts";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function.ts";

/** A handler, how often it runs, and what is at stake when a run fails for good. */
export interface ScheduledFunctionProps<H extends HandlerName> extends Omit<ServiceFunctionProps<H>, "deadLetters"> {
  readonly everyMinutes: number;
  readonly impact: Sentence;
  readonly remedy: Sentence;
}

/** A Lambda that runs for every lane by a schedule of its own, with the input `{"lane":"<n>"}`. */
export class ScheduledFunction<H extends HandlerName> extends ServiceFunction<H> {
  constructor(scope: Construct, foundation: Foundation, props: ScheduledFunctionProps<H>) {
    const { everyMinutes, impact, remedy, ...lambda } = props;
    const id = pascalCase(props.handler);
    const deadLetters = deadLetterQueue(scope, `${id}DeadLetters`);
    super(scope, foundation, { ...lambda, deadLetters });
    alarmOnDeadLetters(deadLetters, foundation.alarms, { name: `${props.handler}-dead-letters`, impact, remedy });

    const scheduler = new Role(scope, `${id}SchedulerRole`, {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    });
    scheduler.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [this.functionArn] }));
    scheduler.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [deadLetters.queueArn] }));
    for (let lane = 0; lane < foundation.settings.lanes; lane += 1) {
      new CfnSchedule(scope, `${id}Lane${lane}`, {
        scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? "minute" : "minutes"})`,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: this.functionArn,
          roleArn: scheduler.roleArn,
          input: JSON.stringify({ lane: String(lane) }),
          // A tick that is late is worth nothing: the next one sweeps from the same watermark.
          retryPolicy: { maximumEventAgeInSeconds: Math.max(60, everyMinutes * 60), maximumRetryAttempts: 2 },
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      }).node.addDependency(scheduler);
    }
  }
}
