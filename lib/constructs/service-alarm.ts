import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { HandlerName } from "../../functions/config.ts";

/** At least two words that end in a full stop: an alarm without one does not compile. */
export type Sentence = `${string} ${string}.`;

/** Where alarms go, and the stage they belong to. */
export interface AlarmBoard {
  readonly stage: string;
  readonly topic: ITopic;
}

/** What an alarm tells the person it wakes, and when it does. */
export interface ServiceAlarmProps {
  /** kebab-case; also the heading in docs/runbook.md that says the rest. */
  readonly name: string;
  /** What customers or billers lose while it rings. */
  readonly impact: Sentence;
  /** The first thing to do. */
  readonly remedy: Sentence;
  readonly metric: IMetric;
  /** Rings above this value. */
  readonly above: number;
  /** Consecutive periods it must hold; 1 unless told. */
  readonly periods?: number;
  /** Rings below `above` instead, and when the metric is silent: for what must keep happening. */
  readonly mustKeepHappening?: boolean;
}

/** An alarm that says what is at stake and what to do, and leads to its heading in the runbook. */
export class ServiceAlarm extends Alarm {
  constructor(scope: Construct, board: AlarmBoard, props: ServiceAlarmProps) {
    super(scope, `${pascalCase(props.name)}Alarm`, {
      alarmName: `duebell-${board.stage}-${props.name}`,
      alarmDescription: `${props.impact} ${props.remedy} Runbook: docs/runbook.md#${props.name}`,
      metric: props.metric,
      threshold: props.above,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: props.mustKeepHappening
        ? ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: props.mustKeepHappening ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(board.topic));
  }
}

/** The alarm of a dead-letter queue: it rings at the first message and until the queue is empty again. */
export function alarmOnDeadLetters(
  deadLetters: IQueue & Construct,
  board: AlarmBoard,
  says: Pick<ServiceAlarmProps, "name" | "impact" | "remedy">,
): ServiceAlarm {
  const metric = deadLetters.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(1),
    statistic: "Maximum",
  });
  return new ServiceAlarm(deadLetters, board, { ...says, metric, above: 0 });
}

/** How often a function had this outcome in a quarter of an hour, as its middleware counts it. */
export function outcomesOf(handler: HandlerName, outcome: string): Metric {
  return new Metric({
    namespace: "Duebell",
    metricName: outcome,
    dimensionsMap: { service: handler },
    statistic: "Sum",
    period: Duration.minutes(15),
  });
}

/** How often these functions had an outcome together: the silence of one does not hide the others. */
export function outcomesOfAll(handlers: readonly HandlerName[], outcome: string): MathExpression {
  return summed(handlers.map((handler) => outcomesOf(handler, outcome)));
}

/** How often a function had any of these outcomes. */
export function anyOutcomeOf(handler: HandlerName, outcomes: readonly string[]): MathExpression {
  return summed(outcomes.map((outcome) => outcomesOf(handler, outcome)));
}

function summed(metrics: readonly Metric[]): MathExpression {
  const counted = metrics.map((metric, n) => [`m${n}`, metric] as const);
  return new MathExpression({
    expression: `SUM([${counted.map(([id]) => `FILL(${id}, 0)`).join(", ")}])`,
    usingMetrics: Object.fromEntries(counted),
    period: Duration.minutes(15),
  });
}

/** `send-notification-sms` becomes `SendNotificationSms`: a behavior's name as its construct id. */
export function pascalCase(name: string): string {
  return name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
