import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

/** What is asked for about receipts; the page and the file of one are among the payment links. */
export class Receipts extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Receipts");
    const { table, links, channels } = variables(foundation);
    const resendReceipt = new ServiceFunction(this, foundation, {
      handler: "resend-receipt",
      timeout: Duration.seconds(10),
      environment: { ...table, ...links, ...channels },
    });
    const path = "/v1/billers/{biller}/bills/{bill}/receipts/resend";
    addSignedRoute(foundation.api, { method: "POST", path, target: resendReceipt });
  }
}
