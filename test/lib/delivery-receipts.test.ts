import { describe, expect, it } from "vitest";
import { referred, type Synthesized, synthesized } from "./synthesized.ts";

const prod = synthesized("prod");
const logGroups = (stage: typeof prod): readonly Synthesized[] =>
  stage
    .all("AWS::Logs::LogGroup")
    .filter(({ Properties }) => JSON.stringify(Properties["LogGroupName"])?.includes("DirectPublish"));
const subscribed = (stage: typeof prod): readonly Synthesized[] =>
  stage.all("AWS::Logs::SubscriptionFilter").filter(({ id }) => id.includes("SmsLogs"));
const receiver = (stage: typeof prod): Synthesized | undefined =>
  stage
    .all("AWS::Lambda::Function")
    .find(({ Metadata }) => String(Metadata["duebell:entry"]).includes("receive-sms-log"));

describe("the delivery logs of SNS", { timeout: 60_000 }, () => {
  it("go to the two groups that SNS writes to, which soon forget telephone numbers", () => {
    const place = ["sns/", { Ref: "AWS::Region" }, "/", { Ref: "AWS::AccountId" }];
    expect(logGroups(prod).map(({ Properties }) => Properties["LogGroupName"])).toEqual([
      { "Fn::Join": ["", [...place, "/DirectPublishToPhoneNumber"]] },
      { "Fn::Join": ["", [...place, "/DirectPublishToPhoneNumber/Failure"]] },
    ]);
    for (const { Properties } of logGroups(prod)) expect(Properties["RetentionInDays"]).toBe(7);
  });

  it("bring every line of both to us, and CloudWatch Logs may call for these groups only", () => {
    const groups = logGroups(prod).map(({ id }) => id);
    expect(subscribed(prod).map(({ Properties }) => referred(Properties["LogGroupName"]))).toEqual(groups);
    for (const { Properties } of subscribed(prod)) {
      expect(Properties["FilterPattern"]).toBe("");
      expect(referred(Properties["DestinationArn"])).toBe(receiver(prod)?.id);
    }
    const permissions = prod
      .all("AWS::Lambda::Permission")
      .filter(({ Properties }) => Properties["Principal"] === "logs.amazonaws.com");
    const sources = permissions.filter(({ Properties }) => referred(Properties["FunctionName"]) === receiver(prod)?.id);
    expect(sources.map(({ Properties }) => referred(Properties["SourceArn"]))).toEqual(groups);
  });

  it("are written with a role that SNS alone takes", () => {
    const role = prod.all("AWS::IAM::Role").find(({ id }) => id.includes("WriterRole"));
    expect(role?.Properties["AssumeRolePolicyDocument"]).toMatchObject({
      Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "sns.amazonaws.com" } }],
    });
  });

  it("are only subscribed to where another stage or SNS itself has made the groups", () => {
    const shared = synthesized("prod", { smsDeliveryLogs: { makeGroups: false, retentionDays: 7 } });
    expect(logGroups(shared)).toEqual([]);
    expect(subscribed(shared)).toHaveLength(2);
    expect(JSON.stringify(subscribed(shared)[1]?.Properties["LogGroupName"])).toContain("PhoneNumber/Failure");
  });

  it("may have other names", () => {
    const named = synthesized("prod", { smsDeliveryLogs: { makeGroups: true, group: "texts", retentionDays: 1 } });
    const names = named.all("AWS::Logs::LogGroup").map(({ Properties }) => Properties["LogGroupName"]);
    expect(names).toContain("texts");
    expect(names).toContain("texts/Failure");
  });
});

describe("End User Messaging SMS", () => {
  it("has a configuration set of the stage, which the sender names", () => {
    const [set] = prod.all("AWS::SMSVOICE::ConfigurationSet");
    expect(set?.Properties["ConfigurationSetName"]).toBe("duebell-prod");
  });
});

describe("the topic of WhatsApp events", () => {
  const [topic] = prod.all("AWS::SNS::Topic").filter(({ Properties }) => Properties["TopicName"] !== undefined);
  const ofTopic = (type: string): Record<string, unknown> | undefined =>
    prod.all(type).find(({ Properties }) => JSON.stringify(Properties).includes(`"${topic?.id}"`))?.Properties;

  it("has a name that can be given to the WhatsApp Business Account, and a key of its own", () => {
    expect(topic?.Properties["TopicName"]).toBe("duebell-prod-whatsapp");
    const [key] = prod.all("AWS::KMS::Key");
    expect(referred(topic?.Properties["KmsMasterKeyId"])).toBe(key?.id);
    expect(key?.Properties["EnableKeyRotation"]).toBe(true);
  });

  const statements = (document: unknown): readonly Record<string, unknown>[] =>
    (document as { Statement: readonly Record<string, unknown>[] } | undefined)?.Statement ?? [];
  const social = {
    Principal: { Service: "social-messaging.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
  };

  it("takes events from End User Messaging Social for this account only, and nothing in plain text", () => {
    const policy = statements(ofTopic("AWS::SNS::TopicPolicy")?.["PolicyDocument"]);
    const allowed = policy.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toMatchObject([{ ...social, Action: "sns:Publish", Resource: { Ref: topic?.id } }]);
    const denied = policy.filter(({ Effect }) => Effect === "Deny");
    expect(JSON.stringify(denied)).toContain('"aws:SecureTransport":"false"');
  });

  it("opens its key to that service besides the account itself", () => {
    const policy = statements(prod.all("AWS::KMS::Key")[0]?.Properties["KeyPolicy"]);
    expect(policy).toHaveLength(2);
    expect(policy).toContainEqual(
      expect.objectContaining({ ...social, Action: ["kms:Decrypt", "kms:GenerateDataKey*"] }),
    );
  });

  it("leads to the deliveries queue as it is, and what could not be delivered to its dead letters", () => {
    const subscription = ofTopic("AWS::SNS::Subscription");
    expect(subscription).toMatchObject({ Protocol: "sqs", RawMessageDelivery: true });
    expect(referred(subscription?.["Endpoint"])).toMatch(/^QueuesDeliveries[0-9A-F]{8}$/);
    expect(JSON.stringify(subscription?.["RedrivePolicy"])).toContain("QueuesDeliveriesDeadLetters");
    const admitted = prod
      .all("AWS::SQS::QueuePolicy")
      .filter(({ Properties }) => JSON.stringify(Properties).includes(`{"aws:SourceArn":{"Ref":"${topic?.id}"}}`));
    expect(admitted.map(({ id }) => id.replace(/Policy.*$/, ""))).toEqual([
      "QueuesDeliveriesDeadLetters",
      "QueuesDeliveries",
    ]);
  });
});
