import type { HttpAnswer } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import { type BillerAccounts, billerAccounts } from "./biller-accounts.ts";
import type { CarrierReport } from "./carriers/carrier.ts";
import { type Carriers, createCarriers, type OwedReports } from "./carriers/carriers.ts";
import { MessageStore } from "./carriers/message-store.ts";
import type { EventBus } from "./event-bus.ts";
import type { JsonObject } from "./json.ts";
import type { LogGroups } from "./log-groups.ts";
import type { Parts } from "./parts.ts";
import type { RestApiServer } from "./rest-api.ts";
import type { Deliver } from "./target-delivery.ts";
import { topics } from "./topics.ts";
import { type PostWhatsAppWebhook, whatsAppWebhooks } from "./whatsapp-webhooks.ts";

/** The carriers, what they received, and the billers' accounts with them. */
export interface CarrierSide {
  readonly carriers: Carriers;
  readonly messages: MessageStore;
  readonly accounts: BillerAccounts;
}

/** What the carriers report into. */
export interface ReportTargets {
  readonly secrets: Secrets;
  readonly bus: EventBus;
  readonly api: RestApiServer;
  readonly logs: LogGroups;
  readonly deliver: Deliver;
}

/** Where a report of a carrier goes: to our webhook, into a log group, to a topic or to the default bus. */
function publisher(
  { deployment, clock, calls }: Parts,
  { bus, logs, deliver }: ReportTargets,
  postWebhook: PostWhatsAppWebhook,
): (report: CarrierReport) => Promise<void> {
  const { account } = deployment.place;
  const published = topics({ topics: deployment.topics, account, calls, now: clock.now, deliver });
  return async (report) => {
    switch (report.kind) {
      case "whatsapp-webhook":
        return await postWebhook(report.biller, report.body);
      case "cloudwatch-logs":
        return logs.write(report.logGroup, report.message);
      case "sns-topic":
        return published.publish(report.service, report.message);
      case "eventbridge": {
        const { source, detailType, detail, resources } = report.entry;
        bus.put({ bus: "default", source, detailType, detail: detail as JsonObject, resources });
      }
    }
  };
}

/** Starts the carriers: their reports reach the deployment as webhooks, log lines, notifications and events on the default bus, at moments of the laptop's clock. */
export function carrierSide(parts: Parts, targets: ReportTargets): CarrierSide {
  const { secrets, api } = targets;
  const { deployment, clock, activity, agenda, reports, log, kept } = parts;
  const messages = new MessageStore({ messages: kept.section("messages"), statuses: kept.section("statuses") });
  const post = (request: Parameters<RestApiServer["handle"]>[0]): Promise<HttpAnswer> =>
    activity.run(() => api.handle(request, "127.0.0.1"));
  const postWebhook = whatsAppWebhooks({ secrets, post, agenda, owed: kept.section("webhooks"), now: clock.now, log });
  const carriers = createCarriers({
    now: clock.now,
    schedule: (at, run) => reports.at(at, run),
    store: messages,
    publish: publisher(parts, targets, postWebhook),
    owed: kept.section<OwedReports>("reports"),
    region: deployment.place.region,
    accountId: deployment.place.account,
  });
  carriers.setConfigurationSets(deployment.configurationSets);
  carriers.setSmsConfigurationSets(deployment.smsConfigurationSets);
  const { origin } = deployment.place;
  const accounts = billerAccounts({ carriers, secrets, origin, kept: kept.section("billers") });
  carriers.resume();
  return { carriers, messages, accounts };
}
