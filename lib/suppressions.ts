import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

/** Who must not be messaged, as billing systems tell it: an address suppressed, and its consent given anew. */
export class Suppressions extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Suppressions");
    const { table, links } = variables(foundation);
    const timeout = Duration.seconds(10);
    const environment = { ...table, LINK_KEYS_SECRET: links.LINK_KEYS_SECRET };
    // By POST, so that the address stays out of the path.
    const suppressions = "/v1/billers/{biller}/suppressions";

    const put = new ServiceFunction(this, foundation, { handler: "put-suppression", timeout, environment });
    addSignedRoute(foundation.api, { method: "POST", path: suppressions, target: put });

    const remove = new ServiceFunction(this, foundation, { handler: "remove-suppression", timeout, environment });
    addSignedRoute(foundation.api, { method: "POST", path: `${suppressions}/remove`, target: remove });
  }
}
