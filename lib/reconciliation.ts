import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { ScheduledFunction } from "./constructs/scheduled-function.ts";
import { outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

/** Copies of the workers that ask gateways: their limits on requests are each account's own, and low. */
const askers = 2;

/** The gateways asked: a payment that somebody named, and once a day all of the last days. */
export class Reconciliations extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Reconciliations");
    const { table, live, gateways, payments, reconciliations } = variables(foundation);
    const asking = { ...table, ...live, ...gateways, ...payments };

    new QueueWorker(this, foundation, {
      handler: "look-up-payment",
      from: "look-ups",
      batchSize: 5,
      concurrency: foundation.settings.concurrency.events,
      environment: ({ deadLetters }) => ({ ...asking, ...deadLetters }),
    });
    new ScheduledFunction(this, foundation, {
      handler: "start-reconciliation",
      dailyAtHour: foundation.settings.reconciliationHour,
      timeout: Duration.seconds(300),
      environment: { ...table, ...reconciliations },
      impact: "The days were not compared with the gateways: payments whose webhooks were lost stay missed.",
      remedy:
        "Read the error in the log of start-reconciliation, then invoke it by hand: it may run any number of times.",
    });
    new QueueWorker(this, foundation, {
      handler: "reconcile-payments",
      from: "reconciliations",
      batchSize: 1,
      concurrency: askers,
      environment: ({ deadLetters }) => ({ ...asking, ...deadLetters }),
    });
    const list = new ServiceFunction(this, foundation, {
      handler: "get-reconciliations",
      timeout: Duration.seconds(10),
      environment: table,
    });
    addSignedRoute(foundation.api, {
      method: "GET",
      path: "/v1/billers/{biller}/reconciliations",
      target: list,
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "reconciliation-missing",
      impact: "A gateway held payments that nobody told us of: webhooks seem not to arrive, and payers were reminded.",
      remedy:
        "See which gateway in the biller's reconciliations, then check its webhook there: address, secret, events.",
      metric: outcomesOf("reconcile-payments", "missing"),
      above: 0,
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "reconciliation-extra",
      impact: "Payments are counted here that their gateway does not hold: bills may be called paid that are not.",
      remedy:
        "Look the payments up in the gateway's dashboard, then see who told of them: a webhook, the bus or an import.",
      metric: outcomesOf("reconcile-payments", "extra"),
      above: 0,
    });
  }
}
