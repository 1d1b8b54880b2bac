import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addPublicRoute, type HttpMethod } from "./constructs/api-route.ts";
import { outcomesOf, outcomesOfAll, ServiceAlarm } from "./constructs/service-alarm.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";
import { LinkOpens } from "./link-opens.ts";
import { receiptFonts, receiptShaper } from "./receipt-fonts.ts";

const timeout = Duration.seconds(10);
/** The biller's own system, then a gateway that is slow to end a former checkout and to make another one. */
const paymentTimeout = Duration.seconds(20);
const link = "/{header}/{code}";

/** The functions that ask billers' own systems. */
const askingBillers = [
  "open-payment-link",
  "start-payment",
  "send-notification-sms",
  "send-notification-email",
  "send-notification-whatsapp",
] as const;

const byCode = "Customers have no account: the unguessable code in the link is what lets them in.";

/** What the public opens: the bill page with all that hangs on it, and the pages that belong to no bill. */
export class PaymentLinks extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "PaymentLinks");
    this.#bill(foundation);
    this.#afterwards(foundation);
    this.#trust(foundation);
    this.#optOut(foundation);
    this.#watch(foundation);
  }

  /** The page, and the way to pay from it: both ask the biller's own system where it has one. */
  #bill(foundation: Foundation): void {
    const { page, live, checkouts, links } = variables(foundation);
    const openPaymentLink = new ServiceFunction(this, foundation, {
      handler: "open-payment-link",
      timeout,
      memoryMegabytes: 1024,
      environment: { ...page, ...live, LINK_KEYS_SECRET: links.LINK_KEYS_SECRET },
    });
    addPublicRoute(foundation.api, { method: "GET", path: link, target: openPaymentLink }, byCode);
    new LinkOpens(this, foundation, openPaymentLink.logGroup);

    const startPayment = new ServiceFunction(this, foundation, {
      handler: "start-payment",
      timeout: paymentTimeout,
      environment: { ...page, ...live, ...checkouts },
    });
    addPublicRoute(foundation.api, { method: "POST", path: `${link}/pay`, target: startPayment }, byCode);
  }

  /** What the customer says to a bill, and the receipt of one that is paid. */
  #afterwards(foundation: Foundation): void {
    const { page, links, bus } = variables(foundation);
    const answerBill = new ServiceFunction(this, foundation, {
      handler: "answer-bill",
      timeout,
      environment: { ...page, ...bus, LINK_KEYS_SECRET: links.LINK_KEYS_SECRET },
    });
    for (const method of ["GET", "POST"] as const)
      addPublicRoute(foundation.api, { method, path: `${link}/answer`, target: answerBill }, byCode);

    const getReceipt = new ServiceFunction(this, foundation, {
      handler: "get-receipt",
      timeout,
      // A whole processor: fonts are cut to size for each file.
      memoryMegabytes: 1769,
      files: { fonts: receiptFonts, ".": [receiptShaper] },
      environment: page,
    });
    for (const path of [`${link}/receipt`, `${link}/receipt.pdf`] as const)
      addPublicRoute(foundation.api, { method: "GET", path, target: getReceipt }, byCode);
  }

  #trust(foundation: Foundation): void {
    const { page, table } = variables(foundation);
    const verifyLink = new ServiceFunction(this, foundation, { handler: "verify-link", timeout, environment: page });
    addPublicRoute(
      foundation.api,
      { method: "GET", path: "/verify", target: verifyLink },
      "Whoever got a message may ask whether it is genuine; the answer names the biller and nobody else.",
    );

    const getAssociations = new ServiceFunction(this, foundation, {
      handler: "get-associations",
      timeout,
      environment: table,
    });
    for (const file of ["assetlinks.json", "apple-app-site-association"])
      addPublicRoute(
        foundation.api,
        { method: "GET", path: `/.well-known/${file}`, target: getAssociations },
        "Google and Apple fetch these files without a login; they name the billers' published apps.",
      );
  }

  #optOut(foundation: Foundation): void {
    const { table, links, bus } = variables(foundation);
    const recordOptOut = new ServiceFunction(this, foundation, {
      handler: "record-opt-out",
      timeout,
      environment: { ...table, ...links, ...bus },
    });
    const methods: readonly HttpMethod[] = ["GET", "POST"];
    for (const method of methods)
      addPublicRoute(
        foundation.api,
        { method, path: "/unsubscribe/{token}", target: recordOptOut },
        "Mail programs unsubscribe with one click and no login (RFC 8058): the keyed token is the proof.",
      );
  }

  #watch({ alarms }: Foundation): void {
    new ServiceAlarm(this, alarms, {
      name: "gateway-unavailable",
      impact: "Customers who want to pay at a gateway are told that it does not answer: some will not come back.",
      remedy:
        "Find the rail and the reason in the log of start-payment, then the gateway's status page or the biller's keys.",
      metric: outcomesOf("start-payment", "rail-unavailable"),
      above: 3,
    });
    new ServiceAlarm(this, alarms, {
      name: "checkout-not-ended",
      impact: "Customers hold two open checkouts of one bill, since the former could not be ended: some may pay twice.",
      remedy:
        "Find the rail in the log of start-payment, then see whether its gateway answers; checkouts end by themselves.",
      metric: outcomesOf("start-payment", "rail-former-not-ended"),
      above: 3,
    });
    new ServiceAlarm(this, alarms, {
      name: "live-bills-stale",
      impact:
        "A biller's own system does not answer: its pages and reminders hold older figures, and payers may pay what is not due.",
      remedy:
        "Find biller and reason in the lines live-failed of open-payment-link, start-payment and the senders, then act on the reason.",
      metric: outcomesOfAll(askingBillers, "live-failed"),
      above: 20,
    });
  }
}
