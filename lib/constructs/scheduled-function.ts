import { Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import type { HandlerName } from "../../functions/config.ts";
import type { Foundation } from "../foundation.ts";
import { deadLetterQueue } from "../queues.ts";
import { alarmOnDeadLetters, pascalCase, type Sentence } from "./service-alarm.ts";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function.ts";

/** When a schedule runs: for every lane once in so many minutes, or once a day at an hour of UTC. */
type Times = { readonly everyMinutes: number } | { readonly dailyAtHour: number };

/** A handler, when it runs, and what is at stake when a run fails for good. */
export type ScheduledFunctionProps<H extends HandlerName> = Omit<ServiceFunctionProps<H>, "deadLetters"> &
  Times & {
    readonly impact: Sentence;
    readonly remedy: Sentence;
  };

/** One schedule of a function: how it is told apart, what it hands over, and how long a run that failed is worth another try. */
interface Tick {
  readonly name: string;
  readonly expression: string;
  readonly input: object;
  readonly worthSeconds: number;
}

function ticksOf(times: Times, lanes: number): Tick[] {
  if ("dailyAtHour" in times) {
    const expression = `cron(0 ${times.dailyAtHour} * * ? *)`;
    return [{ name: "Daily", expression, input: {}, worthSeconds: 6 * 3_600 }];
  }
  const { everyMinutes } = times;
  const expression = `rate(${everyMinutes} ${everyMinutes === 1 ? "minute" : "minutes"})`;
  return Array.from({ length: lanes }, (_, lane) => ({
    name: `Lane${lane}`,
    expression,
    input: { lane: String(lane) },
    // A tick that is late is worth nothing: the next one sweeps from the same watermark.
    worthSeconds: Math.max(60, everyMinutes * 60),
  }));
}

/** A Lambda that runs by schedules of its own: one for every lane with the input `{"lane":"<n>"}`, or one a day without any. */
export class ScheduledFunction<H extends HandlerName> extends ServiceFunction<H> {
  constructor(scope: Construct, foundation: Foundation, props: ScheduledFunctionProps<H>) {
    const { impact, remedy, ...lambda } = props;
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
    for (const { name, expression, input, worthSeconds } of ticksOf(props, foundation.settings.lanes)) {
      new CfnSchedule(scope, `${id}${name}`, {
        scheduleExpression: expression,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: this.functionArn,
          roleArn: scheduler.roleArn,
          input: JSON.stringify(input),
          retryPolicy: { maximumEventAgeInSeconds: worthSeconds, maximumRetryAttempts: 2 },
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      }).node.addDependency(scheduler);
    }
  }
}
