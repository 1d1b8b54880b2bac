import { readFileSync } from "node:fs";
import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { describe, expect, it } from "vitest";
import type { ServiceAlarmProps } from "../../lib/constructs/service-alarm.ts";
import { synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const alarms = prod.all("AWS::CloudWatch::Alarm");
const nameOf = (properties: Record<string, unknown>): string =>
  String(properties["AlarmName"]).replace("duebell-prod-", "");

describe("the alarms", () => {
  it("watch every dead-letter queue from its first message on", () => {
    const deadLetters = prod.all("AWS::SQS::Queue").filter((queue) => queue.Properties["RedrivePolicy"] === undefined);
    for (const queue of deadLetters) {
      const watching = alarms.filter(({ Properties }) =>
        JSON.stringify(Properties["Dimensions"])?.includes(`"${queue.id}"`),
      );
      expect(watching).toHaveLength(1);
      expect(watching[0]?.Properties).toMatchObject({
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
      });
    }
  });

  it("say what is at stake and what to do, and are told to someone", () => {
    for (const { Properties } of alarms) {
      expect(String(Properties["AlarmDescription"])).toMatch(
        /^[A-Z].{30,}\. [A-Z].{30,}\. Runbook: docs\/runbook\.md#[a-z-]+$/,
      );
      expect(Properties["AlarmActions"]).toHaveLength(1);
    }
  });

  it("ring for all money that waits for a decision before it counts", () => {
    const unmatched = alarms.find(({ Properties }) => nameOf(Properties) === "payments-unmatched");
    const counted = JSON.stringify(unmatched?.Properties["Metrics"]);
    for (const outcome of ["unmatched", "wrong-currency", "already-held"])
      expect(counted).toContain(`"MetricName":"${outcome}"`);
  });

  it("do not compile without a sentence on their impact", () => {
    const silent: ServiceAlarmProps = {
      name: "silent",
      // @ts-expect-error a word is not a sentence
      impact: "bad",
      remedy: "Look at it.",
      metric: new Metric({ namespace: "Test", metricName: "Test", period: Duration.minutes(1) }),
      above: 0,
    };
    expect(silent.impact).toBe("bad");
  });

  it("have one heading each in the runbook, and it has no other", () => {
    const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
    const headings = [...runbook.matchAll(/^### `([a-z-]+)`$/gm)].map((match) => match[1]);
    expect(headings.sort()).toEqual(alarms.map(({ Properties }) => nameOf(Properties)).sort());
  });

  it("ring when the sweep falls silent", () => {
    const stopped = alarms.find(({ Properties }) => nameOf(Properties) === "sweep-stopped");
    expect(stopped?.Properties).toMatchObject({
      TreatMissingData: "breaching",
      ComparisonOperator: "LessThanOrEqualToThreshold",
    });
  });

  it("go to an existing topic where the stage names one", { timeout: 60_000 }, () => {
    const alarmTopicArn = "arn:aws:sns:ap-south-1:111122223333:operations";
    const elsewhere = synthesized("prod", { alarmTopicArn });
    expect(elsewhere.all("AWS::SNS::Topic").filter(({ id }) => id.startsWith("Monitoring"))).toEqual([]);
    for (const { Properties } of elsewhere.all("AWS::CloudWatch::Alarm"))
      expect(Properties["AlarmActions"]).toEqual([alarmTopicArn]);
  });
});
