import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { ScheduledFunction } from "./constructs/scheduled-function.ts";
import { outcomesOf, ServiceAlarm } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

const bill = "/v1/billers/{biller}/bills/{bill}";

/** When: the sweep of what is due each minute, the slow pass behind it, and reminders paused, resumed and asked for by hand. */
export class Reminders extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Reminders");
    const { table, links, channels, bus } = variables(foundation);
    const timeout = Duration.seconds(10);

    const pause = new ServiceFunction(this, foundation, {
      handler: "pause-reminders",
      timeout,
      environment: { ...table, ...links },
    });
    addSignedRoute(foundation.api, { method: "POST", path: `${bill}/pause`, target: pause });

    const resume = new ServiceFunction(this, foundation, {
      handler: "resume-reminders",
      timeout,
      environment: { ...table, ...links },
    });
    addSignedRoute(foundation.api, { method: "POST", path: `${bill}/resume`, target: resume });

    const remind = new ServiceFunction(this, foundation, {
      handler: "remind",
      timeout,
      environment: { ...table, ...links },
    });
    addSignedRoute(foundation.api, { method: "POST", path: `${bill}/remind`, target: remind });

    const sweep = new ScheduledFunction(this, foundation, {
      handler: "sweep-due-lane",
      everyMinutes: 1,
      timeout: Duration.seconds(55),
      environment: { ...table, ...channels },
      impact: "Some sweeps of what is due failed: reminders and receipts are late if it goes on.",
      remedy:
        "Read the error in the log of sweep-due-lane, then purge this queue: the next sweep starts where the last one stopped.",
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "sweep-stopped",
      impact: "Nothing is swept, so no reminder and no receipt goes out for any biller.",
      remedy: "See whether the schedules of this stage are enabled and whether Lambda throttles the account.",
      metric: sweep.metricInvocations({ period: Duration.minutes(5), statistic: "Sum" }),
      above: 0,
      mustKeepHappening: true,
    });

    new ScheduledFunction(this, foundation, {
      handler: "redate-stuck",
      everyMinutes: 15,
      timeout: Duration.seconds(30),
      environment: { ...table, ...bus },
      impact:
        "Steps whose message was lost on the way are not picked up again: single reminders or receipts stay unsent.",
      remedy: "Read the error in the log of redate-stuck, then purge this queue: the next pass sees the same items.",
    });
    new ServiceAlarm(this, foundation.alarms, {
      name: "hops-given-up",
      impact:
        "Messages that were lost on their way three times ended as technical failures: those customers were not told.",
      remedy:
        "Look into the dead letters of the channel queues: a message that never comes through usually lies there.",
      metric: outcomesOf("redate-stuck", "ended"),
      above: 0,
    });
  }
}
