import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import type { HandlerName } from "../../functions/config.ts";
import { acknowledge } from "../acknowledgements.ts";
import type { Foundation } from "../foundation.ts";
import type { QueueName } from "../queues.ts";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function.ts";

/** A handler, the queue it works off and how. */
export interface QueueWorkerProps<H extends HandlerName>
  extends Omit<ServiceFunctionProps<H>, "timeout" | "deadLetters"> {
  readonly from: QueueName;
  /** Messages handed over at once, 1 to 10. */
  readonly batchSize: number;
  /** Copies that may run at once, 2 to 1000. */
  readonly concurrency: number;
}

/** A Lambda that works off one queue and reports each failed message by itself. */
export class QueueWorker<H extends HandlerName> extends ServiceFunction<H> {
  constructor(scope: Construct, foundation: Foundation, props: QueueWorkerProps<H>) {
    const { from, batchSize, concurrency, ...worker } = props;
    const { queue, workTime } = foundation.queues.get(from);
    super(scope, foundation, { ...worker, timeout: workTime });
    this.addEventSource(
      new SqsEventSource(queue, { batchSize, maxConcurrency: concurrency, reportBatchItemFailures: true }),
    );
    acknowledge(
      this,
      "Serverless-LambdaEventSourceMappingDestination",
      "Lambda knows no failure destination for SQS sources: the queue's redrive policy takes what fails five times.",
    );
  }
}
