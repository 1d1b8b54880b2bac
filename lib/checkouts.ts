import { Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { ownSource, toQueue } from "./events.ts";
import { type Foundation, variables } from "./foundation.ts";

/** After which events nobody is to pay a bill any more. */
const ends = ["bill.paid", "bill.overpaid", "bill.canceled"];

/** Checkouts of bills that are settled or canceled, ended at their gateways. */
export class Checkouts extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Checkouts");
    const { table, links, live, checkouts } = variables(foundation);
    new Rule(this, "OnSettled", {
      eventBus: foundation.bus,
      eventPattern: { source: [ownSource], detailType: ends },
      targets: [toQueue(foundation.queues.get("checkouts"))],
    });
    new QueueWorker(this, foundation, {
      handler: "end-checkouts",
      from: "checkouts",
      batchSize: 5,
      concurrency: foundation.settings.concurrency.events,
      environment: ({ deadLetters }) => ({ ...table, ...links, ...live, ...checkouts, ...deadLetters }),
    });
  }
}
