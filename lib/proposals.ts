import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { addSignedRoute } from "./constructs/api-route.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import { type Foundation, variables } from "./foundation.ts";

/** Questions about money that are put to operators, and what they decide. */
export class Proposals extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, "Proposals");
    const { table, links, channels, bus } = variables(foundation);
    const timeout = Duration.seconds(10);
    const proposals = "/v1/billers/{biller}/proposals";

    const getProposals = new ServiceFunction(this, foundation, {
      handler: "get-proposals",
      timeout,
      environment: table,
    });
    addSignedRoute(foundation.api, { method: "GET", path: proposals, target: getProposals });

    const decideProposal = new ServiceFunction(this, foundation, {
      handler: "decide-proposal",
      timeout,
      environment: { ...table, ...links, ...channels, ...bus },
    });
    addSignedRoute(foundation.api, { method: "POST", path: `${proposals}/{proposal}`, target: decideProposal });
  }
}
