import { describe, expect, it } from "vitest";
import { accessLogFields } from "../../lib/api.ts";
import { referred, synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const parts = new Map(prod.all("AWS::ApiGateway::Resource").map((resource) => [resource.id, resource.Properties]));

function pathOf(id: string | undefined): string {
  const part = parts.get(id ?? "");
  return part === undefined ? "" : `${pathOf(referred(part["ParentId"]))}/${String(part["PathPart"])}`;
}

const routes = prod.all("AWS::ApiGateway::Method").map(({ Properties }) => ({
  route: `${String(Properties["HttpMethod"])} ${pathOf(referred(Properties["ResourceId"]))}`,
  authorization: Properties["AuthorizationType"],
}));
const stage = prod.all("AWS::ApiGateway::Stage")[0];

describe("the API", { timeout: 60_000 }, () => {
  it("asks for IAM signatures under /v1", () => {
    const signed = routes.filter(({ authorization }) => authorization === "AWS_IAM").map(({ route }) => route);
    expect(signed.sort()).toEqual([
      "GET /v1/billers/{biller}",
      "GET /v1/billers/{biller}/bills/{bill}",
      "GET /v1/billers/{biller}/imports/{import}",
      "GET /v1/billers/{biller}/offers",
      "GET /v1/billers/{biller}/offers/{offer}",
      "GET /v1/billers/{biller}/proposals",
      "GET /v1/billers/{biller}/reconciliations",
      "POST /v1/billers/{biller}/bills/{bill}/cancel",
      "POST /v1/billers/{biller}/bills/{bill}/pause",
      "POST /v1/billers/{biller}/bills/{bill}/receipts/resend",
      "POST /v1/billers/{biller}/bills/{bill}/remind",
      "POST /v1/billers/{biller}/bills/{bill}/resume",
      "POST /v1/billers/{biller}/imports",
      "POST /v1/billers/{biller}/proposals/{proposal}",
      "POST /v1/billers/{biller}/suppressions",
      "POST /v1/billers/{biller}/suppressions/remove",
      "PUT /v1/billers/{biller}",
      "PUT /v1/billers/{biller}/bills/{bill}",
      "PUT /v1/billers/{biller}/offers/{offer}",
    ]);
  });

  it("lets anyone in on the pages and webhooks, and nowhere else", () => {
    const open = routes.filter(({ authorization }) => authorization !== "AWS_IAM").map(({ route }) => route);
    expect(open.sort()).toEqual([
      "GET /.well-known/apple-app-site-association",
      "GET /.well-known/assetlinks.json",
      "GET /unsubscribe/{token}",
      "GET /verify",
      "GET /webhooks/{provider}/{biller}",
      "GET /{header}/{code}",
      "GET /{header}/{code}/answer",
      "GET /{header}/{code}/receipt",
      "GET /{header}/{code}/receipt.pdf",
      "POST /unsubscribe/{token}",
      "POST /webhooks/{provider}/{biller}",
      "POST /webhooks/{provider}/{biller}/bills/fetchReceipt",
      "POST /{header}/{code}/answer",
      "POST /{header}/{code}/pay",
    ]);
  });

  it("logs the route and never the path, the query, the body or the caller's address", () => {
    const log = stage?.Properties["AccessLogSetting"] as { Format: string };
    expect(JSON.parse(log.Format)).toEqual(accessLogFields);
    expect(log.Format).toContain('"route":"$context.resourcePath"');
    expect(log.Format).not.toMatch(
      /\$context\.(path|identity|authorizer|requestOverride|customDomain|domainName)\b|\$input|\$method\.request/,
    );
  });

  it("keeps no execution log and no trace, which would hold paths", () => {
    expect(stage?.Properties["TracingEnabled"]).toBeUndefined();
    const settings = stage?.Properties["MethodSettings"] as readonly Record<string, unknown>[];
    for (const setting of settings) {
      expect(setting["LoggingLevel"] ?? "OFF").toBe("OFF");
      expect(setting["DataTraceEnabled"] ?? false).toBe(false);
    }
  });

  it("throttles every method, and public ones apart from the API's", () => {
    const settings = stage?.Properties["MethodSettings"] as readonly Record<string, unknown>[];
    const rates = Object.fromEntries(
      settings.map((setting) => [
        `${String(setting["HttpMethod"])} ${String(setting["ResourcePath"]).replaceAll("~1", "/")}`,
        setting["ThrottlingRateLimit"],
      ]),
    );
    const open = routes.filter(({ authorization }) => authorization !== "AWS_IAM").map(({ route }) => route);
    expect(rates).toEqual({
      "* /*": 100,
      ...Object.fromEntries(
        open.map((route) => [route.replace(" /", " //"), route.includes("/webhooks/") ? 1000 : 500]),
      ),
    });
  });

  it("hands out a file as it is, whatever the browser says it accepts", () => {
    const [api] = prod.all("AWS::ApiGateway::RestApi");
    expect(api?.Properties).toMatchObject({ BinaryMediaTypes: ["*/*"], MinimumCompressionSize: 1024 });
  });

  it("limits the pages that one address may open, but neither providers nor signed calls", () => {
    const [acl] = prod.all("AWS::WAFv2::WebACL");
    const found = /"RegexString":"([^"]+)"/.exec(JSON.stringify(acl?.Properties))?.[1];
    const spared = new RegExp(found ?? "");
    expect(
      ["/v1/billers/a", "/prod/v1/billers/a", "/webhooks/whatsapp/a", "/prod/webhooks/standard/a"].filter(
        (path) => !spared.test(path),
      ),
    ).toEqual([]);
    expect(
      [
        ...["/EXPOWR/1abc", "/prod/EXPOWR/1abc", "/EXPOWR/1abc/answer", "/EXPOWR/1abc/receipt.pdf"],
        ...["/unsubscribe/t", "/verify", "/prod/verify", "/EXPOWR/v1/", "/PROD/webhooks/x"],
      ].filter((path) => spared.test(path)),
    ).toEqual([]);
    expect(JSON.stringify(acl?.Properties)).toContain('"Limit":300');
    expect(prod.all("AWS::WAFv2::WebACLAssociation")).toHaveLength(1);
  });

  it("keeps no samples of requests in the web ACL, which would hold paths", () => {
    expect(JSON.stringify(prod.all("AWS::WAFv2::WebACL"))).not.toContain('"SampledRequestsEnabled":true');
  });

  it("needs no web ACL and no domain on the laptop", () => {
    const local = synthesized("local");
    expect([...local.all("AWS::WAFv2::WebACL"), ...local.all("AWS::ApiGateway::DomainName")]).toEqual([]);
  });

  it("serves the link's own domain once there is a certificate for it", () => {
    const linkCertificateArn = "arn:aws:acm:ap-south-1:111122223333:certificate/00000000-0000-4000-8000-000000000001";
    const [domain] = synthesized("prod", { linkCertificateArn }).all("AWS::ApiGateway::DomainName");
    expect(domain?.Properties).toMatchObject({
      DomainName: "pay.example.com",
      RegionalCertificateArn: linkCertificateArn,
      SecurityPolicy: "TLS_1_2",
    });
  });
});
