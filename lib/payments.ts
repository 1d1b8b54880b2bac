import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addPublicRoute } from "./constructs/api-route.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { incoming, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";

const paymentEvents = ["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"] as const;

/** Money in: webhooks of providers, and `payment.*` events on the bus; both end in the payments queue. */
export class Payments extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Payments");
    const { table, links, channels, bus, secrets, webhooks } = variables(foundation);
    const { api, queues, settings } = foundation;

    const receiveWebhook = new ServiceFunction(this, foundation, {
      handler: "receive-webhook",
      timeout: Duration.seconds(10),
      environment: { ...secrets, ...webhooks },
    });
    for (const method of ["GET", "POST"] as const) {
      const route = { method, path: "/webhooks/{provider}/{biller}", target: receiveWebhook } as const;
      addPublicRoute(
        api,
        route,
        "Providers cannot sign with IAM: the function checks their own signature on the raw body.",
      );
    }

    new QueueWorker(this, foundation, {
      handler: "record-payment",
      from: "payments",
      batchSize: 10,
      concurrency: settings.concurrency.events,
      environment: ({ deadLetters }) => ({ ...table, ...links, ...channels, ...bus, ...deadLetters }),
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "payments-unmatched",
      impact: "Money arrived that matches no bill: a customer who paid may still be reminded and has no receipt.",
      remedy:
        "Look at the payment.unmatched event and ask the biller which bill is meant; it counts once the bill is registered.",
      metric: outcomesOf("record-payment", "unmatched"),
      above: 0,
    });
    incoming(this, foundation.bus, { types: paymentEvents, target: toQueue(queues.get("payments")) });
  }
}
