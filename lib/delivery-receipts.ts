import { Stack } from "aws-cdk-lib";
import { type IEventBus, Match, Rule } from "aws-cdk-lib/aws-events";
import { ConfigurationSet, EmailSendingEvent, EventDestination, SuppressionReasons } from "aws-cdk-lib/aws-ses";
import { CfnConfigurationSet } from "aws-cdk-lib/aws-smsvoice";
import { Construct } from "constructs";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { defaultBus, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";
import { SmsLogs } from "./sms-logs.ts";
import { WhatsAppEvents } from "./whatsapp-events.ts";

/** What carriers report later, each in its own way; all of it ends in the deliveries queue. */
export class DeliveryReceipts extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "DeliveryReceipts");
    const { table, links, bus } = variables(foundation);
    const { settings } = foundation;
    const awsBus = defaultBus(this);
    this.#emails(foundation, awsBus);
    this.#endUserMessagingSms(foundation, awsBus);
    new SmsLogs(this, foundation);
    new WhatsAppEvents(this, foundation);

    new QueueWorker(this, foundation, {
      handler: "record-delivery",
      from: "deliveries",
      batchSize: 10,
      concurrency: settings.concurrency.events,
      environment: ({ deadLetters }) => ({ ...table, ...links, ...bus, ...deadLetters }),
    });
  }

  /** SES reports what its configuration set asks for, on the default bus. */
  #emails({ settings, queues }: Foundation, awsBus: IEventBus): void {
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
  }

  /** End User Messaging SMS reports on the default bus by itself; the event names no configuration set, but brings our own key back. */
  #endUserMessagingSms({ settings, queues }: Foundation, awsBus: IEventBus): void {
    new CfnConfigurationSet(this, "Texts", { configurationSetName: settings.smsConfigurationSet });
    new Rule(this, "OnTextReport", {
      eventBus: awsBus,
      eventPattern: {
        source: ["aws.sms-voice"],
        detailType: ["Text Message Delivery Status Updated"],
        detail: { context: { dispatchId: Match.exists() } },
      },
      targets: [toQueue(queues.get("deliveries"))],
    });
  }
}
