import { Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { ConfigurationSet, EmailSendingEvent, EventDestination, SuppressionReasons } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { defaultBus, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";

/** What carriers report later: SES by the default bus, WhatsApp by webhook; both end in the deliveries queue. */
export class DeliveryReceipts extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "DeliveryReceipts");
    const { table } = variables(foundation);
    const awsBus = defaultBus(this);
    const { settings, queues } = foundation;

    const emails = new ConfigurationSet(this, "Emails", {
      configurationSetName: settings.sesConfigurationSet,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    emails.addEventDestination("DefaultBus", {
      destination: EventDestination.eventBus(awsBus),
      // Opens and clicks are left out: counting them would put a pixel and foreign links into a bill.
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    new Rule(this, "OnEmailReport", {
      eventBus: awsBus,
      eventPattern: {
        source: ["aws.ses"],
        resources: [
          Stack.of(this).formatArn({
            service: "ses",
            resource: "configuration-set",
            resourceName: settings.sesConfigurationSet,
          }),
        ],
      },
      targets: [toQueue(queues.get("deliveries"))],
    });

    new QueueWorker(this, foundation, {
      handler: "record-delivery",
      from: "deliveries",
      batchSize: 10,
      concurrency: settings.concurrency.events,
      environment: table,
    });
  }
}
