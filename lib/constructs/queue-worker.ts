import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import type { EnvironmentText, HandlerName } from "../../functions/config.ts";
import { acknowledge } from "../acknowledgements.ts";
import type { Foundation } from "../foundation.ts";
import type { QueueName, WorkQueue } from "../queues.ts";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function.ts";

/** What a worker is told of its own queue. */
export type OwnQueue = ReturnType<typeof ownVariables>;

/** A handler, the queue it works off and how. */
export interface QueueWorkerProps<H extends HandlerName>
  extends Omit<ServiceFunctionProps<H>, "timeout" | "deadLetters" | "environment"> {
  readonly from: QueueName;
  /** Given what concerns its own queue, exactly the variables functions/config.ts asks for. */
  readonly environment: (own: OwnQueue) => EnvironmentText<H>;
  /** Messages handed over at once, 1 to 10. */
  readonly batchSize: number;
  /** Copies that may run at once, 2 to 1000. */
  readonly concurrency: number;
}

/** A Lambda that works off one queue and reports each failed message by itself. */
export class QueueWorker<H extends HandlerName> extends ServiceFunction<H> {
  constructor(scope: Construct, foundation: Foundation, props: QueueWorkerProps<H>) {
    const { from, batchSize, concurrency, environment, ...worker } = props;
    const own = foundation.queues.get(from);
    super(scope, foundation, { ...worker, environment: environment(ownVariables(own)), timeout: own.workTime });
    this.addEventSource(
      new SqsEventSource(own.queue, { batchSize, maxConcurrency: concurrency, reportBatchItemFailures: true }),
    );
    acknowledge(
      this,
      "Serverless-LambdaEventSourceMappingDestination",
      "Lambda knows no failure destination for SQS sources: the queue's redrive policy takes what keeps failing.",
    );
  }
}

function ownVariables({ queue, deadLetters, receives }: WorkQueue) {
  return {
    queue: { QUEUE_URL: queue.queueUrl },
    deadLetters: { DEAD_LETTERS_QUEUE_URL: deadLetters.queueUrl, MAX_RECEIVES: String(receives) },
  } as const;
}
