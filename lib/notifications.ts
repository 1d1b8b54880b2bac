import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { type Foundation, variables } from "./foundation.ts";

const batchSize = 10;

/** Sending: one Lambda per channel, each on the queue of its channel. */
export class Notifications extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Notifications");
    const { table, links, send, ses, secrets, whatsapp } = variables(foundation);
    const { concurrency } = foundation.settings;
    const sender = { ...table, ...links, ...send };

    new QueueWorker(this, foundation, {
      handler: "send-notification-sms",
      from: "sms",
      batchSize,
      concurrency: concurrency.sms,
      environment: sender,
    });
    new QueueWorker(this, foundation, {
      handler: "send-notification-email",
      from: "email",
      batchSize,
      concurrency: concurrency.email,
      environment: { ...sender, ...ses },
    });
    new QueueWorker(this, foundation, {
      handler: "send-notification-whatsapp",
      from: "whatsapp",
      batchSize,
      concurrency: concurrency.whatsapp,
      environment: { ...sender, ...secrets, ...whatsapp },
    });

    for (const channel of ["sms", "email", "whatsapp"] as const) this.#watch(channel, foundation);
  }

  #watch(channel: "sms" | "email" | "whatsapp", { alarms, queues }: Foundation): void {
    const handler = `send-notification-${channel}` as const;
    new ServiceAlarm(this, alarms, {
      name: `${channel}-backlog`,
      impact: `Messages by ${channel} wait a quarter of an hour and more: some may leave their send window.`,
      remedy:
        "Compare the sender's rate with what the carrier allows, and see whether the carrier refuses or slows us down.",
      metric: queues
        .get(channel)
        .queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: "Maximum" }),
      above: 900,
      periods: 2,
    });
    new ServiceAlarm(this, alarms, {
      name: `${channel}-unknown`,
      impact: `Of several messages by ${channel} nobody knows whether the carrier took them: those customers may hear nothing.`,
      remedy:
        "See whether the carrier times out or fails; nothing is repeated, and a late delivery receipt settles each.",
      metric: outcomesOf(handler, "unknown"),
      above: 5,
    });
    new ServiceAlarm(this, alarms, {
      name: `${channel}-given-up`,
      impact: `Messages by ${channel} could not even be prepared and ended as technical failures.`,
      remedy: `Find the error in the log of ${handler}; correct its cause before the next step of these bills is due.`,
      metric: outcomesOf(handler, "given-up"),
      above: 0,
    });
  }
}
