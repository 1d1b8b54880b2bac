import { Duration } from "aws-cdk-lib";
import { EventBus, type IEventBus, type IRuleTarget, Match, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction, SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { pascalCase } from "./constructs/service-alarm.ts";
import type { WorkQueue } from "./queues.ts";

/** The source of every event the service itself puts on the bus. */
export const ownSource = "duebell";

const delivery = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

/** The account's default bus, on which AWS services report. */
export function defaultBus(scope: Construct): IEventBus {
  return EventBus.fromEventBusName(scope, "DefaultBus", "default");
}

/** A function that takes events; what it fails or never got ends in `deadLetters`. */
export function toFunction(target: IFunction, deadLetters: IQueue): IRuleTarget {
  return new LambdaFunction(target, { ...delivery, deadLetterQueue: deadLetters });
}

/** A work queue that takes events; what could not be delivered to it joins its dead letters. */
export function toQueue({ queue, deadLetters }: WorkQueue): IRuleTarget {
  return new SqsQueue(queue, { ...delivery, deadLetterQueue: deadLetters });
}

/** Leads events of these types, put on our bus by anyone but ourselves, to `target`: our own `bill.canceled` must not cancel again. */
export function incoming(
  scope: Construct,
  bus: EventBus,
  { types, target }: { types: readonly [string, ...string[]]; target: IRuleTarget },
): void {
  new Rule(scope, `On${pascalCase(types[0].replaceAll(".", "-"))}`, {
    eventBus: bus,
    eventPattern: { source: Match.anythingBut(ownSource), detailType: [...types] },
    targets: [target],
  });
}
