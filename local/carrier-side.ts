import type { HttpAnswer } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import { type BillerAccounts, billerAccounts } from "./biller-accounts.ts";
import type { CarrierReport } from "./carriers/carrier.ts";
import { type Carriers, createCarriers, type OwedReports } from "./carriers/carriers.ts";
import { MessageStore } from "./carriers/message-store.ts";
import type { EventBus } from "./event-bus.ts";
import type { JsonObject } from "./json.ts";
import type { Parts } from "./parts.ts";
import type { RestApiServer } from "./rest-api.ts";
import { whatsAppWebhooks } from "./whatsapp-webhooks.ts";

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
}

/** Starts the carriers: their reports reach the deployment as webhooks and as events on the default bus, at moments of the laptop's clock. */
export function carrierSide(parts: Parts, { secrets, bus, api }: ReportTargets): CarrierSide {
  const { deployment, clock, activity, agenda, reports, log, kept } = parts;
  const messages = new MessageStore({ messages: kept.section("messages"), statuses: kept.section("statuses") });
  const post = (request: Parameters<RestApiServer["handle"]>[0]): Promise<HttpAnswer> =>
    activity.run(() => api.handle(request, "127.0.0.1"));
  const postWebhook = whatsAppWebhooks({ secrets, post, agenda, owed: kept.section("webhooks"), now: clock.now, log });
  const publish = async (report: CarrierReport): Promise<void> => {
    if (report.kind === "whatsapp-webhook") return await postWebhook(report.biller, report.body);
    // SMS delivery logs lie in CloudWatch Logs, which nothing reads yet.
    if (report.kind === "cloudwatch-logs") return;
    const { source, detailType, detail, resources } = report.entry;
    bus.put({ bus: "default", source, detailType, detail: detail as JsonObject, resources });
  };
  const carriers = createCarriers({
    now: clock.now,
    schedule: (at, run) => reports.at(at, run),
    store: messages,
    publish,
    owed: kept.section<OwedReports>("reports"),
    region: deployment.place.region,
    accountId: deployment.place.account,
  });
  carriers.setConfigurationSets(deployment.configurationSets);
  const { origin } = deployment.place;
  const accounts = billerAccounts({ carriers, secrets, origin, kept: kept.section("billers") });
  carriers.resume();
  return { carriers, messages, accounts };
}
