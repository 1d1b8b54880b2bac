import { CfnOutput, RemovalPolicy, Size } from "aws-cdk-lib";
import {
  AccessLogFormat,
  EndpointType,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  RestApi,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledgements.ts";
import type { StageSettings } from "./config.ts";
import { Firewall } from "./firewall.ts";
import { answerInProblems } from "./gateway-answers.ts";

/** What one access log line holds: the route, never the path, which on a payment link is the secret; and no caller's address. */
export const accessLogFields = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  method: "$context.httpMethod",
  route: "$context.resourcePath",
  status: "$context.status",
  responseBytes: "$context.responseLength",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integrationLatency",
  integrationStatus: "$context.integration.status",
  refusal: "$context.error.responseType",
  firewall: "$context.waf.status",
} as const;

/** Public routes that get the pages' rate; webhooks have their own, all else the API's. */
const pageRoutes = [
  "/{header}/{code}/GET",
  "/{header}/{code}/pay/POST",
  "/{header}/{code}/answer/GET",
  "/{header}/{code}/answer/POST",
  "/{header}/{code}/receipt/GET",
  "/{header}/{code}/receipt.pdf/GET",
  "/verify/GET",
  "/.well-known/assetlinks.json/GET",
  "/.well-known/apple-app-site-association/GET",
  "/unsubscribe/{token}/GET",
  "/unsubscribe/{token}/POST",
];
const webhookRoutes = [
  "/webhooks/{provider}/{biller}/GET",
  "/webhooks/{provider}/{biller}/POST",
  "/webhooks/{provider}/{biller}/bills/fetchReceipt/POST",
];

/** The one regional REST API: signed calls under /v1, and the pages and webhooks anyone may call. */
export class Api extends Construct {
  readonly rest: RestApi;

  constructor(scope: Construct, settings: StageSettings) {
    super(scope, "Api");
    this.rest = this.#restApi(settings);
    acknowledgeApi(this.rest);
    answerInProblems(this.rest);
    this.#domain(settings);
    if (settings.pageRequestsPerAddress !== undefined) {
      new Firewall(this, this.rest.deploymentStage, {
        ...settings,
        pageRequestsPerAddress: settings.pageRequestsPerAddress,
      });
    } else {
      acknowledge(
        this.rest,
        "AwsSolutions-APIG3",
        "This stage asks for no web ACL: it is not reachable from the internet.",
      );
    }
    new CfnOutput(this, "ApiUrl", { value: this.rest.url });
  }

  #restApi(settings: StageSettings): RestApi {
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: settings.logRetentionDays,
      removalPolicy: settings.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const { api, pages, webhooks } = settings.throttling;
    return new RestApi(this, "RestApi", {
      restApiName: `duebell-${settings.stage}`,
      description: "Bills in, payment links and webhooks.",
      endpointTypes: [EndpointType.REGIONAL],
      minCompressionSize: Size.bytes(1_024),
      // For the receipt as a file. API Gateway goes by the first type of `Accept`, and what downloads a file on a phone mostly sends `*/*`
      // or nothing: a narrower list would give it base64.
      binaryMediaTypes: ["*/*"],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: settings.stage,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
        metricsEnabled: true,
        throttlingRateLimit: api.perSecond,
        throttlingBurstLimit: api.burst,
        methodOptions: { ...throttled(pageRoutes, pages), ...throttled(webhookRoutes, webhooks) },
      },
    });
  }

  #domain({ linkBaseUrl, linkCertificateArn }: StageSettings): void {
    if (linkCertificateArn === undefined) return;
    const domain = this.rest.addDomainName("LinkDomain", {
      domainName: new URL(linkBaseUrl).hostname,
      certificate: Certificate.fromCertificateArn(this, "LinkCertificate", linkCertificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new CfnOutput(this, "LinkDomainTarget", { value: domain.domainNameAliasDomainName });
  }
}

function throttled(
  routes: readonly string[],
  rate: { perSecond: number; burst: number },
): Record<string, MethodDeploymentOptions> {
  return Object.fromEntries(
    routes.map((route) => [route, { throttlingRateLimit: rate.perSecond, throttlingBurstLimit: rate.burst }]),
  );
}

function acknowledgeApi(rest: RestApi): void {
  const paths = "They would hold request paths, and the path of a payment link is its secret.";
  acknowledge(rest.deploymentStage, "AwsSolutions-APIG6", `No execution logs. ${paths}`);
  acknowledge(rest.deploymentStage, "Serverless-APIGWXrayEnabled", `No traces. ${paths}`);
  acknowledge(
    rest,
    "AwsSolutions-APIG2",
    "Every body is checked by its function, which names each bad field; a model here could not.",
  );
  acknowledge(
    rest.node.findChild("CloudWatchRole"),
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
    "API Gateway asks for exactly this policy on the role with which it writes access logs for the account.",
  );
}
