import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addPublicRoute } from "./constructs/api-route.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { type AlarmBoard, anyOutcomeOf, outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { incoming, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";

const paymentEvents = ["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"] as const;

/** Platforms of Bharat BillPay add `/bills/fetchReceipt` to the address they are given. */
const webhookRoutes = [
  ["GET", "/webhooks/{provider}/{biller}"],
  ["POST", "/webhooks/{provider}/{biller}"],
  ["POST", "/webhooks/{provider}/{biller}/bills/fetchReceipt"],
] as const;

/** Money in: webhooks of providers, and `payment.*` events on the bus; both end in the payments queue. */
export class Payments extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Payments");
    const { table, links, channels, bus, bucket, secrets, webhooks } = variables(foundation);
    const { api, queues, settings } = foundation;

    const receiveWebhook = new ServiceFunction(this, foundation, {
      handler: "receive-webhook",
      timeout: Duration.seconds(10),
      environment: { ...secrets, ...webhooks, ...bucket },
    });
    for (const [method, path] of webhookRoutes) {
      addPublicRoute(
        api,
        { method, path, target: receiveWebhook },
        "Providers cannot sign with IAM: the function checks their own signature on the raw body.",
      );
    }
    alarmsOnWebhooks(this, foundation.alarms);

    new QueueWorker(this, foundation, {
      handler: "record-payment",
      from: "payments",
      batchSize: 10,
      concurrency: settings.concurrency.events,
      environment: ({ deadLetters }) => ({ ...table, ...links, ...channels, ...bus, ...deadLetters }),
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "payments-unmatched",
      impact:
        "Money arrived that matches no bill, is in another currency than its bill, or may be counted already: a customer who paid may still be reminded and has no receipt.",
      remedy:
        "Look at the biller's proposals and ask which bill is meant; it counts once the bill is registered, or decide its proposal.",
      metric: anyOutcomeOf("record-payment", ["unmatched", "wrong-currency", "already-held"]),
      above: 0,
    });
    incoming(this, foundation.bus, { types: paymentEvents, target: toQueue(queues.get("payments")) });
  }
}

function alarmsOnWebhooks(scope: Construct, board: AlarmBoard): void {
  new ServiceAlarm(scope, board, {
    name: "webhooks-refused",
    impact:
      "Somebody forges webhooks, or a provider signs with a secret that we do not have: then its payments do not arrive.",
    remedy: "Find provider and biller in the log of receive-webhook, and compare the secret with the provider's.",
    metric: outcomesOf("receive-webhook", "refused"),
    above: 20,
  });
  new ServiceAlarm(scope, board, {
    name: "webhooks-malformed",
    impact: "A provider told of something, genuinely signed, that could not be read: a payment may be missing.",
    remedy: "Find the body in the import bucket under webhooks/, by biller, provider and day, and read what it tells.",
    metric: outcomesOf("receive-webhook", "malformed"),
    above: 0,
  });
}
