import { describe, expect, it } from "vitest";
import { checkedSettings, stageSettings } from "../../lib/config.ts";

describe("the settings of a stage", () => {
  it.each(["dev", "prod", "local"])("are complete and valid for %s", (stage) => {
    expect(stageSettings(stage).stage).toBe(stage);
  });

  it("are refused for a stage nobody described, naming those that exist", () => {
    expect(() => stageSettings("staging")).toThrow(
      'There is no stage "staging" in lib/config.ts: choose one of dev, prod, local',
    );
    expect(() => stageSettings("constructor")).toThrow("There is no stage");
  });

  it("name every bad field at once", () => {
    const bad = {
      ...stageSettings("prod"),
      lanes: 0,
      linkBaseUrl: "https://pay.example.com/",
      whatsapp: { baseUrl: "https://graph.facebook.com" },
    };
    expect(() => checkedSettings(bad)).toThrow(/linkBaseUrl: .*; lanes: .*; whatsapp\.apiVersion: /);
  });

  it("refuse a field that means nothing", () => {
    expect(() => checkedSettings({ ...stageSettings("prod"), lines: 4 })).toThrow(/lines/);
  });

  it("refuse a log retention that CloudWatch does not know", () => {
    expect(() => checkedSettings({ ...stageSettings("prod"), logRetentionDays: 31 })).toThrow(/logRetentionDays/);
  });

  it("refuse two ways of telling about alarms", () => {
    const both = { alarmEmail: "ops@example.org", alarmTopicArn: "arn:aws:sns:ap-south-1:111122223333:alarms" };
    expect(() => stageSettings("prod", both)).toThrow(/alarmEmail: must be absent/);
  });

  it("refuse rates that the functions could not read, and log groups without a proper name", () => {
    const rates = { snsPartsPerSecond: 0, sesMessagesPerSecond: 14.25 };
    const smsDeliveryLogs = { makeGroups: true, group: "sns logs", retentionDays: 365 };
    expect(() => checkedSettings({ ...stageSettings("prod"), rates, smsDeliveryLogs })).toThrow(
      /smsDeliveryLogs\.group: .*smsDeliveryLogs\.retentionDays: .*rates\.snsPartsPerSecond: .*rates\.sesMessagesPerSecond: /,
    );
  });

  it("keep to what AWS lets an account send, but not on the laptop", () => {
    expect(stageSettings("prod").rates).toEqual({ snsPartsPerSecond: 20, sesMessagesPerSecond: 14 });
    expect(stageSettings("local").rates.snsPartsPerSecond).toBeGreaterThanOrEqual(500);
  });

  it("let calls out to public addresses only and pages into no frame, but on the laptop", () => {
    for (const stage of ["dev", "prod"])
      expect(stageSettings(stage)).toMatchObject({ outbound: "public", framedBy: "'none'" });
    expect(stageSettings("local").framedBy).toBe("'self'");
    expect(() => checkedSettings({ ...stageSettings("prod"), framedBy: "*", outbound: "anywhere" })).toThrow(
      /outbound: .*framedBy: /,
    );
  });

  it("take what the laptop puts over them, and check it", () => {
    expect(stageSettings("local", { linkBaseUrl: "http://127.0.0.1:4200" }).linkBaseUrl).toBe("http://127.0.0.1:4200");
    expect(() => stageSettings("local", { linkBaseUrl: "127.0.0.1:4200" })).toThrow(/linkBaseUrl/);
  });

  it("protect the data of production, and leave the web ACL to stages that face the internet", () => {
    expect(stageSettings("prod")).toMatchObject({ protectData: true, pageRequestsPerAddress: 300 });
    expect(stageSettings("local").pageRequestsPerAddress).toBeUndefined();
  });
});
