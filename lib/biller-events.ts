import { Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { ownSource, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";

/** What a biller's desk can ask to be told of: each `DeskEventName`. */
export const deskEvents = [
  "bill.paid",
  "bill.part-paid",
  "bill.overpaid",
  "bill.refunded",
  "payment.duplicate",
  "payment.late",
  "payment.unmatched",
  "customer.answered",
] as const;

/** What billers are told of: their own systems by signed webhooks, their people by e-mail. */
export class BillerEvents extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "BillerEvents");
    this.#systems(foundation);
    this.#desks(foundation);
  }

  /** Every event of ours, to the webhook of its biller. */
  #systems(foundation: Foundation): void {
    const { table, live } = variables(foundation);
    const { bus, queues, settings } = foundation;
    new Rule(this, "OnOwnEvent", {
      eventBus: bus,
      eventPattern: { source: [ownSource] },
      targets: [toQueue(queues.get("biller-events"))],
    });
    new QueueWorker(this, foundation, {
      handler: "post-event",
      from: "biller-events",
      // Few at once: a batch lasts as long as the slowest system in it.
      batchSize: 5,
      concurrency: settings.concurrency.events,
      environment: ({ queue, deadLetters }) => ({ ...table, ...live, ...queue, ...deadLetters }),
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "biller-webhook-gone",
      impact: "A biller's own system answers that it wants no events any more: it does not learn of payments.",
      remedy: "Find the biller in the log of post-event, and ask it for its new webhook or take the old one out.",
      metric: outcomesOf("post-event", "gone"),
      above: 0,
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "biller-webhook-unsigned",
      impact: "Events for a biller wait because there is no secret to sign them with: it does not learn of payments.",
      remedy: "Find the biller in the log of post-event, and put its secret webhook into Secrets Manager.",
      metric: outcomesOf("post-event", "no-secret"),
      above: 0,
    });
  }

  /** What a desk may be told of. */
  #desks(foundation: Foundation): void {
    const { table, email } = variables(foundation);
    const { bus, queues, settings } = foundation;
    new Rule(this, "OnDeskEvent", {
      eventBus: bus,
      eventPattern: { source: [ownSource], detailType: [...deskEvents] },
      targets: [toQueue(queues.get("desk-events"))],
    });
    new QueueWorker(this, foundation, {
      handler: "tell-desk",
      from: "desk-events",
      batchSize: 5,
      concurrency: settings.concurrency.events,
      environment: ({ deadLetters }) => ({
        ...table,
        SES_CONFIGURATION_SET: email.SES_CONFIGURATION_SET,
        ...deadLetters,
      }),
    });
  }
}
