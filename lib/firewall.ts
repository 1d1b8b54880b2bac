import type { Stage } from "aws-cdk-lib/aws-apigateway";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";

/** The stage's name and the requests one address may make for public pages in five minutes. */
export interface FirewallProps {
  readonly stage: string;
  readonly pageRequestsPerAddress: number;
}

/** A web ACL that slows down whoever guesses link codes: it counts requests for public pages by address. */
export class Firewall extends Construct {
  constructor(scope: Construct, stage: Stage, { stage: name, pageRequestsPerAddress }: FirewallProps) {
    super(scope, "Firewall");
    // Providers report from few addresses and billing systems sign their calls: the limits of their methods suffice.
    const notPages = `^/(${name}/)?(v1|webhooks)/`;
    // Sampled requests are kept with their path, and the path of a payment link is its secret.
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
      metricName,
    });
    const acl = new CfnWebACL(this, "WebAcl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility(`duebell-${name}`),
      rules: [
        {
          name: "pages-per-address",
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          visibilityConfig: visibility(`duebell-${name}-pages-per-address`),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: "IP",
              evaluationWindowSec: 300,
              limit: pageRequestsPerAddress,
              scopeDownStatement: {
                notStatement: {
                  statement: {
                    regexMatchStatement: {
                      fieldToMatch: { uriPath: {} },
                      regexString: notPages,
                      textTransformations: [{ priority: 0, type: "NONE" }],
                    },
                  },
                },
              },
            },
          },
        },
      ],
    });
    new CfnWebACLAssociation(this, "Association", { webAclArn: acl.attrArn, resourceArn: stage.stageArn });
  }
}
