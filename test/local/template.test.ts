import { describe, expect, it } from "vitest";
import { readDeployment } from "../../local/deployment.ts";
import type { JsonObject } from "../../local/json.ts";
import { readResources, type SynthesizedApp } from "../../local/template.ts";

const place = { account: "000000000000", region: "ap-south-1", origin: "http://127.0.0.1:1" };

const app = (...templates: readonly JsonObject[]): SynthesizedApp => ({
  stage: "test",
  region: "ap-south-1",
  stacks: templates.map((template, index) => ({ name: `Stack${index}`, template })),
});

const queue = (QueueName: unknown): JsonObject => ({
  Type: "AWS::SQS::Queue",
  Properties: { QueueName } as JsonObject,
});

const nameOf = (QueueName: unknown, rest: JsonObject = {}): unknown =>
  readResources(app({ ...rest, Resources: { Queue: queue(QueueName), Other: queue("other") } }), place)[0]?.properties[
    "QueueName"
  ];

describe("reading a template", () => {
  it.each([
    ["a Ref to a queue is its URL", { Ref: "Other" }, "http://127.0.0.1:1/000000000000/other"],
    ["a pseudo parameter is the laptop's", { Ref: "AWS::Region" }, "ap-south-1"],
    ["an attribute is found", { "Fn::GetAtt": ["Other", "Arn"] }, "arn:aws:sqs:ap-south-1:000000000000:other"],
    ["parts are joined", { "Fn::Join": ["-", ["a", { Ref: "AWS::AccountId" }]] }, "a-000000000000"],
    ["holes are filled", { "Fn::Sub": `a-\${Other.QueueName}-\${!b}-\${AWS::Partition}` }, `a-other-\${b}-aws`],
    ["holes are filled from variables", { "Fn::Sub": [`\${x}`, { x: "y" }] }, "y"],
    ["one part of a split text is selected", { "Fn::Select": [1, { "Fn::Split": [":", "a:b"] }] }, "b"],
    ["text is encoded", { "Fn::Base64": "a" }, "YQ=="],
  ])("%s", (_title, value, expected) => {
    expect(nameOf(value)).toBe(expected);
  });

  it("a condition chooses, and what it leaves out is not there", () => {
    const Conditions = {
      Local: { "Fn::Equals": [{ Ref: "AWS::Region" }, "ap-south-1"] },
      Away: { "Fn::Not": [{ Condition: "Local" }] },
    };
    expect(nameOf({ "Fn::If": ["Local", "here", "there"] }, { Conditions })).toBe("here");
    expect(nameOf({ "Fn::If": ["Away", "here", { Ref: "AWS::NoValue" }] }, { Conditions })).toBeUndefined();
    const away = { ...queue("away"), Condition: "Away" };
    expect(readResources(app({ Conditions, Resources: { Queue: away } }), place)).toEqual([]);
  });

  it("a parameter is its default, a mapping its value", () => {
    expect(nameOf({ Ref: "Size" }, { Parameters: { Size: { Type: "String", Default: "big" } } })).toBe("big");
    expect(
      nameOf(
        { "Fn::FindInMap": ["m", { Ref: "AWS::Region" }, "x"] },
        { Mappings: { m: { "ap-south-1": { x: "z" } } } },
      ),
    ).toBe("z");
  });

  it("what one stack exports the other imports, whichever comes first", () => {
    const importing = { Resources: { Queue: queue({ "Fn::ImportValue": "Shared" }) } };
    const exporting = {
      Resources: { Table: { Type: "AWS::DynamoDB::Table", Properties: { TableName: "bills" } } },
      Outputs: { Table: { Value: { Ref: "Table" }, Export: { Name: "Shared" } } },
    };
    expect(readResources(app(importing, exporting), place)[0]?.properties["QueueName"]).toBe("bills");
  });

  it.each([
    [
      "a function it does not know",
      { "Fn::Transform": {} },
      "Stack0/Queue.QueueName: the laptop does not understand Fn::Transform",
    ],
    ["an import nobody exports", { "Fn::ImportValue": "Nobody" }, "Stack0: nothing exports Nobody"],
    ["a reference to nothing", { Ref: "Missing" }, "Stack0: there is no resource Missing"],
    [
      "an attribute it does not know",
      { "Fn::GetAtt": ["Other", "Color"] },
      "Stack0/Other: AWS::SQS::Queue has no attribute Color here",
    ],
  ])("%s is an error that names it", (_title, value, message) => {
    expect(() => nameOf(value)).toThrow(message);
  });
});

describe("reading a deployment", () => {
  const deployment = (Resources: JsonObject) => readDeployment(app({ Resources }), place);

  it("a resource type it does not know is an error that names the resource", () => {
    const message = "Stack0/Stream: the laptop does not know the resource type AWS::Kinesis::Stream";
    expect(() => deployment({ Stream: { Type: "AWS::Kinesis::Stream", Properties: {} } })).toThrow(message);
  });

  it("a type that matters nothing here is passed over", () => {
    expect(deployment({ Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: {} } }).queues).toEqual([]);
  });

  it("a property it does not know is an error that names resource and property", () => {
    const Queue = { Type: "AWS::SQS::Queue", Properties: { DelaySeconds: 5, FifoQueue: true } };
    expect(() => deployment({ Queue })).toThrow(/Stack0\/Queue \(AWS::SQS::Queue\).*DelaySeconds.*FifoQueue/);
  });

  it("a daily schedule is read with its time of the day", () => {
    const Target = { Arn: "arn:aws:lambda:x", RoleArn: "arn:aws:iam::0:role/r" };
    const Properties = { ScheduleExpression: "cron(45 21 * * ? *)", FlexibleTimeWindow: { Mode: "OFF" }, Target };
    const { schedules } = deployment({ S: { Type: "AWS::Scheduler::Schedule", Properties } });
    expect(schedules).toMatchObject([{ everyMinutes: 1440, fromMinute: 21 * 60 + 45 }]);
  });

  it("a schedule that is neither a rate nor daily, a pattern operator and a managed policy it does not know are errors", () => {
    const Target = { Arn: "arn:aws:lambda:x", RoleArn: "arn:aws:iam::0:role/r" };
    const Properties = { ScheduleExpression: "cron(0 9 ? * MON *)", FlexibleTimeWindow: { Mode: "OFF" }, Target };
    expect(() => deployment({ S: { Type: "AWS::Scheduler::Schedule", Properties } })).toThrow(
      "understands rate(…) and a daily cron(m h * * ? *) only",
    );
    const EventPattern = { detail: { ip: [{ cidr: "10.0.0.0/8" }] } };
    expect(() => deployment({ R: { Type: "AWS::Events::Rule", Properties: { EventPattern } } })).toThrow(
      "pattern operator cidr",
    );
    const ManagedPolicyArns = ["arn:aws:iam::aws:policy/AdministratorAccess"];
    expect(() => deployment({ Role: { Type: "AWS::IAM::Role", Properties: { ManagedPolicyArns } } })).toThrow(
      "AdministratorAccess",
    );
  });

  it("a log subscription with a pattern, and a topic's subscription that is neither a queue's nor a person's, are errors", () => {
    const filter = { LogGroupName: "group", DestinationArn: "arn:aws:lambda:x", FilterPattern: "ERROR" };
    expect(() => deployment({ F: { Type: "AWS::Logs::SubscriptionFilter", Properties: filter } })).toThrow(
      /Stack0\/F: .*filter pattern ERROR/,
    );
    const subscription = { TopicArn: "arn:aws:sns:x", Protocol: "firehose", Endpoint: "arn:aws:firehose:x" };
    expect(() => deployment({ S: { Type: "AWS::SNS::Subscription", Properties: subscription } })).toThrow(
      /Stack0\/S.*Protocol/,
    );
  });

  it("a topic that only tells people is left out, one with a queue keeps it, its policy and how the message is told", () => {
    const topic = (name: string) => ({ Type: "AWS::SNS::Topic", Properties: { TopicName: name } });
    const subscribed = (Properties: JsonObject): JsonObject => ({ Type: "AWS::SNS::Subscription", Properties });
    const { topics, logSubscriptions } = deployment({
      Alarms: topic("alarms"),
      Chats: topic("chats"),
      Queue: queue("told"),
      OnAlarm: subscribed({ TopicArn: { Ref: "Alarms" }, Protocol: "email", Endpoint: "operations@example.org" }),
      OnChat: subscribed({
        TopicArn: { Ref: "Chats" },
        Protocol: "sqs",
        Endpoint: { "Fn::GetAtt": ["Queue", "Arn"] },
        RawMessageDelivery: true,
      }),
      Policy: {
        Type: "AWS::SNS::TopicPolicy",
        Properties: {
          Topics: [{ Ref: "Chats" }],
          PolicyDocument: {
            Statement: [{ Effect: "Allow", Action: "sns:Publish", Resource: "*", Principal: { Service: "a.example" } }],
          },
        },
      },
      Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "sent" } },
      OnLine: {
        Type: "AWS::Logs::SubscriptionFilter",
        Properties: { LogGroupName: { Ref: "Group" }, DestinationArn: "arn:aws:lambda:x", FilterPattern: "" },
      },
    });
    expect(topics).toMatchObject([
      {
        arn: "arn:aws:sns:ap-south-1:000000000000:chats",
        policy: [{ principals: ["a.example"] }],
        subscriptions: [{ raw: true, target: { arn: "arn:aws:sqs:ap-south-1:000000000000:told" } }],
      },
    ]);
    const logGroupArn = "arn:aws:logs:ap-south-1:000000000000:log-group:sent:*";
    expect(logSubscriptions).toMatchObject([{ logGroup: "sent", logGroupArn, target: { arn: "arn:aws:lambda:x" } }]);
  });

  it("a queue keeps its dead-letter queue, its visibility time-out and its policy", () => {
    const Statement = [
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", Principal: { Service: "events.amazonaws.com" } },
    ];
    const [found] = deployment({
      Queue: {
        Type: "AWS::SQS::Queue",
        Properties: {
          VisibilityTimeout: 60,
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 5 },
        },
      },
      Dead: queue("dead"),
      Policy: {
        Type: "AWS::SQS::QueuePolicy",
        Properties: { Queues: [{ Ref: "Queue" }], PolicyDocument: { Statement } },
      },
    }).queues;
    expect(found).toMatchObject({
      name: "Stack0-Queue",
      visibilitySeconds: 60,
      redrive: { deadLetterArn: "arn:aws:sqs:ap-south-1:000000000000:dead", maxReceiveCount: 5 },
      policy: [{ effect: "Allow", principals: ["events.amazonaws.com"] }],
    });
  });
});
