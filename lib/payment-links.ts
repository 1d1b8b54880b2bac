import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addPublicRoute } from "./constructs/api-route.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

/** What the public opens: the bill page, the way to pay from it, and the unsubscribe page. */
export class PaymentLinks extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "PaymentLinks");
    const { table, links, bus } = variables(foundation);
    const { api } = foundation;
    const timeout = Duration.seconds(10);
    const page = { ...table, LINK_BASE_URL: links.LINK_BASE_URL };
    const byCode = "Customers have no account: the unguessable code in the link is what lets them in.";

    const openPaymentLink = new ServiceFunction(this, foundation, {
      handler: "open-payment-link",
      timeout,
      memoryMegabytes: 1024,
      environment: page,
    });
    addPublicRoute(api, { method: "GET", path: "/{header}/{code}", target: openPaymentLink }, byCode);

    const startPayment = new ServiceFunction(this, foundation, {
      handler: "start-payment",
      timeout,
      environment: page,
    });
    addPublicRoute(api, { method: "POST", path: "/{header}/{code}/pay", target: startPayment }, byCode);

    const recordOptOut = new ServiceFunction(this, foundation, {
      handler: "record-opt-out",
      timeout,
      environment: { ...table, ...links, ...bus },
    });
    for (const method of ["GET", "POST"] as const) {
      const route = { method, path: "/unsubscribe/{token}", target: recordOptOut } as const;
      addPublicRoute(
        api,
        route,
        "Mail programs unsubscribe with one click and no login (RFC 8058): the keyed token is the proof.",
      );
    }
  }
}
