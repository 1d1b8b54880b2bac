import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, Validations } from "aws-cdk-lib";
import { CfnBucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { buildApp } from "../../lib/app.ts";
import type { StageSettings } from "../../lib/config.ts";
import { DataStack } from "../../lib/data-stack.ts";

const Report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({ ruleName: z.string(), violatingConstructs: z.array(z.object({ constructPath: z.string() })) }),
      ),
      suppressedViolations: z.array(
        z.object({ acknowledgedId: z.string(), acknowledgedAt: z.string(), reason: z.string() }),
      ),
    }),
  ),
});

const linkCertificateArn = "arn:aws:acm:ap-south-1:111122223333:certificate/00000000-0000-4000-8000-000000000001";

describe("cdk-nag", { timeout: 60_000 }, () => {
  it.each<[string, string, Partial<StageSettings>]>([
    ["dev", "as it is", {}],
    ["prod", "as it is", {}],
    ["local", "as it is", {}],
    ["prod", "with a link domain and an alarm address", { linkCertificateArn, alarmEmail: "ops@example.org" }],
    ["prod", "beside a stage that made the SMS logs", { smsDeliveryLogs: { makeGroups: false, retentionDays: 7 } }],
  ])("has nothing to say of the stage %s %s, and every exception serves", (stage, _how, overrides) => {
    const app = buildApp({ stage, overrides, bundle: false, outdir: mkdtempSync(join(tmpdir(), "duebell-nag-")) });
    const report = checked(app);
    expect(report.flatMap((pack) => pack.violations)).toEqual([]);

    const used = new Set(
      report.flatMap((pack) => pack.suppressedViolations.map((one) => `${one.acknowledgedAt} ${one.acknowledgedId}`)),
    );
    expect(acknowledgements(app).filter((one) => !used.has(one))).toEqual([]);
  });

  it("asks for a reason of more than a few words for every exception", () => {
    const app = buildApp({ stage: "prod", bundle: false, outdir: mkdtempSync(join(tmpdir(), "duebell-nag-")) });
    const reasons = checked(app).flatMap((pack) => pack.suppressedViolations.map((one) => one.reason));
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => reason.split(" ").length < 8)).toEqual([]);
  });

  it("would report a careless bucket", () => {
    const app = buildApp({ stage: "prod", bundle: false, outdir: mkdtempSync(join(tmpdir(), "duebell-nag-")) });
    const data = app.node.children.find((stack) => stack instanceof DataStack);
    new CfnBucket(data ?? app, "Careless");
    expect(checked(app).flatMap((pack) => pack.violations.map((violation) => violation.ruleName))).toContain(
      "AwsSolutions-S1",
    );
  });
});

/** What each pack reports of a synthesized app. */
function checked(app: App): z.output<typeof Report>["pluginReports"] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    app.synth();
  } catch (error) {
    // Findings end the synthesis, after the report was written.
    if (!(error instanceof Error) || error.name !== "ValidationFailed") throw error;
  }
  const report = Report.parse(JSON.parse(readFileSync(join(app.outdir, "validation-report.json"), "utf8")));
  rmSync(app.outdir, { recursive: true, force: true });
  const packs = report.pluginReports.filter(({ pluginName }) => ["AwsSolutions", "Serverless"].includes(pluginName));
  expect(packs).toHaveLength(2);
  return packs;
}

/** Every acknowledgement made anywhere in the app, as `<construct path> <rule>`. */
function acknowledgements(app: App): readonly string[] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(z.record(z.string(), z.string()).parse(data)))
      .map((rule) => `${node.path} ${rule}`),
  );
}
