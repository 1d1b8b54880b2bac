import { randomUUID } from "node:crypto";
import type { Activity } from "./activity.ts";
import type { Agenda } from "./agenda.ts";
import type { AsyncInvocations } from "./async-invocations.ts";
import type { Queues } from "./aws/queues.ts";
import type { CallLog } from "./call-log.ts";
import type { Target } from "./deployment-events.ts";
import type { QueueResource } from "./deployment-storage.ts";
import { allows, type Statement } from "./iam/policy.ts";
import type { Json } from "./json.ts";
import type { Kept } from "./kept-state.ts";
import type { LambdaHost } from "./lambda-host.ts";

/** Who brings something to a target: an AWS service, on behalf of a rule, or a schedule's role with the rights it has. */
export interface Bringer {
  readonly principal: string;
  /** ARN of the rule or schedule. */
  readonly arn: string;
  /** The rights of the role it acts with; absent where the target's own policy decides. */
  readonly role?: readonly Statement[];
}

/** Brings an event to a target in the background; a target whose policy does not admit the bringer is not reached, and the call is logged as denied. */
export type Deliver = (target: Target, event: Json, bringer: Bringer) => void;

/** An event on its way to a target. */
interface OwedDelivery {
  readonly target: Target;
  readonly event: Json;
  readonly bringer: Bringer;
}

/** What delivery stands on. */
export interface DeliveryOptions {
  readonly host: LambdaHost;
  readonly queues: Queues;
  readonly queueResources: readonly QueueResource[];
  readonly invocations: AsyncInvocations;
  readonly calls: CallLog;
  readonly activity: Activity;
  readonly agenda: Agenda;
  readonly now: () => number;
  readonly owed: Kept<OwedDelivery>;
  readonly account: string;
}

/** Delivery to functions and queues; an undeliverable event goes to the target's dead-letter queue, if it has one. */
export function targetDelivery(options: DeliveryOptions): Deliver {
  const { host, queues, queueResources, invocations, calls, activity, agenda, now, owed, account } = options;
  const admitted = (
    policy: readonly Statement[],
    bringer: Bringer,
    need: { action: string; resource: string },
  ): boolean => {
    const context = { "aws:SourceArn": bringer.arn, "aws:SourceAccount": account };
    const allowed =
      bringer.role === undefined
        ? allows(policy, { ...need, principal: bringer.principal, context })
        : allows(bringer.role, { ...need, context });
    const [service = "", action = ""] = need.action.split(":");
    calls.add({ function: bringer.principal.replace(/\..*$/, ""), service, action, resource: need.resource, allowed });
    return allowed;
  };
  const toQueue = async (queue: QueueResource, body: string, bringer: Bringer): Promise<boolean> => {
    if (!admitted(queue.policy, bringer, { action: "sqs:SendMessage", resource: queue.arn })) return false;
    await queues.send(queue.name, body);
    return true;
  };
  const reach = async (target: Target, body: string, bringer: Bringer): Promise<boolean> => {
    const queue = queueResources.find(({ arn }) => arn === target.arn);
    if (queue !== undefined) return await toQueue(queue, body, bringer);
    const called = host.find(target.arn);
    if (called === undefined) throw new Error(`${bringer.arn}: no function or queue is called ${target.arn}`);
    if (!admitted(called.resourcePolicy, bringer, { action: "lambda:InvokeFunction", resource: called.arn }))
      return false;
    invocations.start(called, JSON.parse(body));
    return true;
  };
  const bring = async ({ target, event, bringer }: OwedDelivery): Promise<void> => {
    const body = target.input ?? JSON.stringify(event);
    if (await reach(target, body, bringer)) return;
    const deadLetters = queueResources.find(({ arn }) => arn === target.deadLetterArn);
    if (deadLetters !== undefined) await toQueue(deadLetters, body, bringer);
  };
  const bringOwed = (id: string, delivery: OwedDelivery): Promise<void> => bring(delivery).finally(() => owed.drop(id));
  for (const [id, delivery] of owed.entries()) agenda.at(now(), () => bringOwed(id, delivery));
  return (target, event, bringer) => {
    const delivery = { target, event, bringer };
    // A schedule comes again by itself.
    if (bringer.role !== undefined) return activity.start(() => bring(delivery));
    const id = randomUUID();
    owed.put(id, delivery);
    activity.start(() => bringOwed(id, delivery));
  };
}
