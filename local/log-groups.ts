import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { LogSubscription } from "./deployment-subscriptions.ts";
import type { Deliver } from "./target-delivery.ts";

/** CloudWatch Logs as far as anybody subscribed to it: no line is kept, each goes to the functions whose subscription takes it. */
export interface LogGroups {
  /** Writes one line; a group nobody subscribed to swallows it. */
  readonly write: (logGroup: string, message: string) => void;
}

/** What the groups stand on. */
export interface LogGroupsOptions {
  readonly subscriptions: readonly LogSubscription[];
  readonly account: string;
  readonly now: () => number;
  readonly deliver: Deliver;
}

const principal = "logs.amazonaws.com";

/** The log groups of the account; a function gets the line as CloudWatch Logs sends it, gzipped and in base64 (user guide, "Subscription filters with Lambda"). */
export function logGroups({ subscriptions, account, now, deliver }: LogGroupsOptions): LogGroups {
  return {
    write: (logGroup, message) => {
      const logEvent = { id: randomUUID(), timestamp: now(), message };
      for (const { name, target, logGroupArn } of subscriptions.filter(
        (each) => each.logGroup === logGroup && each.takes(message),
      )) {
        const told = {
          messageType: "DATA_MESSAGE",
          owner: account,
          logGroup,
          logStream: new Date(logEvent.timestamp).toISOString().slice(0, 10),
          subscriptionFilters: [name],
          logEvents: [logEvent],
        };
        const data = gzipSync(JSON.stringify(told)).toString("base64");
        deliver(target, { awslogs: { data } }, { principal, arn: logGroupArn });
      }
    },
  };
}
