import { Duration } from "aws-cdk-lib";
import { FilterPattern, type ILogGroup, SubscriptionFilter } from "aws-cdk-lib/aws-logs";
import { LambdaDestination } from "aws-cdk-lib/aws-logs-destinations";
import { Construct } from "constructs";
import { alarmOnDeadLetters } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";
import { deadLetterQueue } from "./queues.ts";

/** The event code of the log line that tells of an opened page, as `record-open` takes it. */
export const linkOpened = "open-payment-link.link-opened";

/** Opens are counted outside the request: the page's log tells of each, and its subscription brings that line to the counter. */
export class LinkOpens extends Construct {
  constructor(scope: Construct, foundation: Foundation, logGroup: ILogGroup) {
    super(scope, "LinkOpens");
    const deadLetters = deadLetterQueue(this, "RecordOpenDeadLetters");
    alarmOnDeadLetters(deadLetters, foundation.alarms, {
      name: "record-open-dead-letters",
      impact: "Some opened links are missing from timelines and from the bus; no message and no payment depends on it.",
      remedy: "Read the error in the log of record-open, then invoke the function with each message of this queue.",
    });
    const { table, links, bus } = variables(foundation);
    const recordOpen = new ServiceFunction(this, foundation, {
      handler: "record-open",
      timeout: Duration.seconds(30),
      environment: { ...table, ...bus, LINK_KEYS_SECRET: links.LINK_KEYS_SECRET },
      deadLetters,
    });
    new SubscriptionFilter(this, "OnLinkOpened", {
      logGroup,
      destination: new LambdaDestination(recordOpen),
      filterPattern: FilterPattern.stringValue("$.event", "=", linkOpened),
    });
  }
}
