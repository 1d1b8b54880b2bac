import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { type OwnQueue, QueueWorker } from "./constructs/queue-worker.ts";
import { outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { type Foundation, variables } from "./foundation.ts";

const batchSize = 10;

type Channel = "sms" | "email" | "whatsapp";

/** Sending: one Lambda per channel, each on the queue of its channel. */
export class Notifications extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Notifications");
    const { table, links, bus, send, sms, email, live, whatsapp } = variables(foundation);
    const { concurrency } = foundation.settings;
    const sender = ({ queue, deadLetters }: OwnQueue) => ({
      ...table,
      ...links,
      ...bus,
      ...send,
      ...live,
      ...queue,
      ...deadLetters,
    });

    new QueueWorker(this, foundation, {
      handler: "send-notification-sms",
      from: "sms",
      batchSize,
      concurrency: concurrency.sms,
      environment: (own) => ({ ...sender(own), ...sms }),
    });
    new QueueWorker(this, foundation, {
      handler: "send-notification-email",
      from: "email",
      batchSize,
      concurrency: concurrency.email,
      environment: (own) => ({ ...sender(own), ...email }),
    });
    new QueueWorker(this, foundation, {
      handler: "send-notification-whatsapp",
      from: "whatsapp",
      batchSize,
      concurrency: concurrency.whatsapp,
      environment: (own) => ({ ...sender(own), ...whatsapp }),
    });

    for (const channel of ["sms", "email", "whatsapp"] as const) {
      this.#watch(channel, foundation);
      this.#watchCircuit(channel, foundation);
    }
    for (const channel of ["sms", "whatsapp"] as const) this.#watchSpending(channel, foundation);
  }

  #watch(channel: Channel, { alarms, queues }: Foundation): void {
    const handler = `send-notification-${channel}` as const;
    new ServiceAlarm(this, alarms, {
      name: `${channel}-backlog`,
      impact: `Messages by ${channel} wait half an hour and more: some may leave their send window.`,
      remedy:
        "Compare the rates in lib/config.ts and the biller's settings with what the carrier allows, and raise them where it allows more.",
      metric: queues
        .get(channel)
        .queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: "Maximum" }),
      // A message may wait for its slot in the queue for a quarter of an hour: that is pace, not backlog.
      above: 1_800,
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

  #watchCircuit(channel: Channel, { alarms }: Foundation): void {
    new ServiceAlarm(this, alarms, {
      name: `${channel}-circuit-open`,
      impact: `A provider of ${channel} is down, so its messages go by their next hop or wait until it is back.`,
      remedy:
        "See the provider's status page: one message at a time tries whether it is back, nothing is to be done here.",
      metric: outcomesOf(`send-notification-${channel}`, "circuit-open"),
      above: 0,
    });
  }

  #watchSpending(channel: Channel, { alarms }: Foundation): void {
    new ServiceAlarm(this, alarms, {
      name: `${channel}-spend-capped`,
      impact: `A biller has spent its money of the day for ${channel}: its reminders go by their next hop or wait for tomorrow.`,
      remedy: "See whether the numbers written to are its customers', then let the biller raise its cap or wait.",
      metric: outcomesOf(`send-notification-${channel}`, "spend-capped"),
      above: 0,
    });
  }
}
