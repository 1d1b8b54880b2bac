import { randomUUID } from "node:crypto";
import type { Activity } from "./activity.ts";
import type { Agenda } from "./agenda.ts";
import type { Queues } from "./aws/queues.ts";
import type { CallLog } from "./call-log.ts";
import type { VirtualClock } from "./clock.ts";
import type { LambdaFunction } from "./deployment-compute.ts";
import type { QueueResource } from "./deployment-storage.ts";
import { allows, type Statement } from "./iam/policy.ts";
import type { Kept } from "./kept-state.ts";
import type { LambdaHost, LogLine } from "./lambda-host.ts";
import type { FunctionError } from "./lambda-messages.ts";

/** Lambda's asynchronous invocation: tried again after one and after two minutes of the laptop's clock, then told to the failure queue. */
export interface AsyncInvocations {
  readonly start: (target: LambdaFunction, event: unknown) => void;
}

/** An invocation that has not come to its end, by request id. */
interface OwedInvocation {
  readonly target: string;
  readonly event: unknown;
  readonly number: number;
}

/** What asynchronous invocation stands on. */
export interface AsyncInvocationsOptions {
  readonly host: LambdaHost;
  readonly queues: Queues;
  readonly queueResources: readonly QueueResource[];
  readonly roles: ReadonlyMap<string, readonly Statement[]>;
  readonly agenda: Agenda;
  readonly activity: Activity;
  readonly clock: VirtualClock;
  readonly calls: CallLog;
  readonly log: LogLine;
  readonly owed: Kept<OwedInvocation>;
}

interface Attempt {
  readonly target: LambdaFunction;
  readonly event: unknown;
  readonly requestId: string;
  readonly number: number;
}

const minute = 60_000;

function failureRecord({ target, event, requestId, number }: Attempt, error: FunctionError, now: number): unknown {
  return {
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${target.arn}:$LATEST`,
      condition: "RetriesExhausted",
      approximateInvokeCount: number,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: error,
  };
}

/** Asynchronous invocation as the functions' settings say. */
export function asyncInvocations(options: AsyncInvocationsOptions): AsyncInvocations {
  const { host, queues, queueResources, roles, agenda, activity, clock, calls, log, owed } = options;
  const giveUp = async (attempt: Attempt, error: FunctionError): Promise<void> => {
    const { onFailureArn, onFailureForm } = attempt.target.onAsyncFailure;
    if (onFailureArn === undefined) return;
    const queue = queueResources.find(({ arn }) => arn === onFailureArn);
    if (queue === undefined)
      throw new Error(`${attempt.target.handler}: its failure destination ${onFailureArn} is not a queue here`);
    const need = { action: "sqs:SendMessage", resource: queue.arn };
    const allowed = allows(roles.get(attempt.target.roleArn) ?? [], need);
    calls.add({
      function: attempt.target.handler,
      service: "sqs",
      action: "SendMessage",
      resource: queue.arn,
      allowed,
    });
    if (!allowed) return;
    const record = onFailureForm === "destination" ? failureRecord(attempt, error, clock.now()) : attempt.event;
    await queues.send(queue.name, JSON.stringify(record));
  };
  const run = async (attempt: Attempt): Promise<void> => {
    const { target, event, requestId, number } = attempt;
    owed.put(requestId, { target: target.name, event, number });
    const result = await host.invoke(target.name, event);
    if (result.outcome === "returned") return owed.drop(requestId);
    log({ function: target.handler, text: `${result.error.errorType}: ${result.error.errorMessage}` });
    if (number > target.onAsyncFailure.retries) {
      await giveUp(attempt, result.error);
      return owed.drop(requestId);
    }
    agenda.at(clock.now() + number * minute, () => run({ ...attempt, number: number + 1 }));
  };
  for (const [requestId, { target: name, event, number }] of [...owed.entries()]) {
    const target = host.find(name);
    if (target === undefined) owed.drop(requestId);
    else agenda.at(clock.now(), () => run({ target, event, requestId, number }));
  }
  return {
    start: (target, event) => activity.start(() => run({ target, event, requestId: randomUUID(), number: 1 })),
  };
}
