import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

const timeout = Duration.seconds(10);
const offers = "/v1/billers/{biller}/offers";

/** The billers' offers, as they are put, and what was taken of them. */
export class Offers extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Offers");
    const { table } = variables(foundation);
    const { api } = foundation;

    const putOffer = new ServiceFunction(this, foundation, { handler: "put-offer", timeout, environment: table });
    addSignedRoute(api, { method: "PUT", path: `${offers}/{offer}`, target: putOffer });

    const getOffer = new ServiceFunction(this, foundation, { handler: "get-offer", timeout, environment: table });
    addSignedRoute(api, { method: "GET", path: offers, target: getOffer });
    addSignedRoute(api, { method: "GET", path: `${offers}/{offer}`, target: getOffer });
  }
}
