import { App, CfnOutput, Duration, Fn, Size, Stack } from "aws-cdk-lib";
import { LambdaIntegration, RestApi } from "aws-cdk-lib/aws-apigateway";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction, SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type CfnFunction, Code, Function as Lambda, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { FilterPattern, LogGroup, SubscriptionFilter } from "aws-cdk-lib/aws-logs";
import { LambdaDestination } from "aws-cdk-lib/aws-logs-destinations";
import { Bucket, type CfnBucket } from "aws-cdk-lib/aws-s3";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { CfnConfigurationSet } from "aws-cdk-lib/aws-smsvoice";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { type IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import { synthesized } from "../../../local/synthesize.ts";
import type { SynthesizedApp } from "../../../local/template.ts";

const lambda = (stack: Stack, handler: string, environment: Record<string, string> = {}): Lambda => {
  const created = new Lambda(stack, handler, {
    runtime: Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: Code.fromInline("// runs from source"),
    timeout: Duration.seconds(2),
    environment,
  });
  (created.node.defaultChild as CfnFunction).addMetadata("duebell:entry", `test/local/support/handlers/${handler}.ts`);
  return created;
};

const dataStack = (app: App) => {
  const stack = new Stack(app, "SmallData");
  const table = new Table(stack, "Table", {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
  });
  table.addGlobalSecondaryIndex({
    indexName: "due",
    partitionKey: { name: "lane", type: AttributeType.STRING },
    sortKey: { name: "due", type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  });
  const bucket = new Bucket(stack, "Bucket", { versioned: true });
  (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
  const secret = new Secret(stack, "Keys", {
    secretName: "duebell/small/link-keys",
    generateSecretString: { secretStringTemplate: JSON.stringify({ id: "1" }), generateStringKey: "key" },
  });
  return { table, bucket, secret };
};

/** What carriers report into: the log of SNS, and two topics, one as it is and one in SNS's envelope. */
const reports = (stack: Stack, reader: Lambda, queue: IQueue): void => {
  const { region, account } = stack;
  const logGroupName = `sns/${region}/${account}/DirectPublishToPhoneNumber`;
  const logGroup = new LogGroup(stack, "SmsLog", { logGroupName });
  const destination = new LambdaDestination(reader);
  new SubscriptionFilter(stack, "OnSmsLog", { logGroup, destination, filterPattern: FilterPattern.allEvents() });
  const opened = FilterPattern.stringValue("$.event", "=", "caller.opened");
  const callerLog = LogGroup.fromLogGroupName(stack, "CallerLog", "small-caller");
  new SubscriptionFilter(stack, "OnOpened", { logGroup: callerLog, destination, filterPattern: opened });
  new CfnConfigurationSet(stack, "Texts", { configurationSetName: "small" });
  const social = new ServicePrincipal("social-messaging.amazonaws.com");
  for (const rawMessageDelivery of [true, false]) {
    const topic = new Topic(stack, rawMessageDelivery ? "RawTopic" : "WrappedTopic", { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({ principals: [social], actions: ["sns:Publish"], resources: [topic.topicArn] }),
    );
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery }));
  }
  new Topic(stack, "Alarms").addSubscription(new EmailSubscription("operations@example.org"));
};

/** A small app with one of everything the laptop reads: two stacks, one exporting to the other, and functions whose sources are in `handlers/`. */
export function smallStacks(): SynthesizedApp {
  const app = new App({ context: { "aws:cdk:bundling-stacks": [] }, analyticsReporting: false });
  const { table, bucket, secret } = dataStack(app);
  const stack = new Stack(app, "SmallService");
  const deadLetters = new Queue(stack, "DeadLetters");
  const failedTicks = new Queue(stack, "FailedTicks");
  const queue = new Queue(stack, "Work", {
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
  });
  const bus = new EventBus(stack, "Bus", { eventBusName: "small" });
  const names = {
    TABLE: table.tableName,
    BUCKET: bucket.bucketName,
    QUEUE: queue.queueUrl,
    BUS: bus.eventBusName,
    SECRET: secret.secretArn,
  };

  const caller = lambda(stack, "caller", names);
  (caller.node.defaultChild as CfnFunction).loggingConfig = { logGroup: "small-caller" };
  table.grantReadWriteData(caller);
  bucket.grantReadWrite(caller, "in/*");
  queue.grantSendMessages(caller);
  secret.grantRead(caller);
  bus.grantPutEventsTo(caller);
  caller.addToRolePolicy(new PolicyStatement({ actions: ["sns:Publish"], resources: ["*"] }));
  const own = (service: string, path: string) => `arn:aws:${service}:${stack.region}:${stack.account}:${path}`;
  const sender = [own("sms-voice", "sender-id/EXPOWR/IN"), own("sms-voice", "configuration-set/small")];
  caller.addToRolePolicy(new PolicyStatement({ actions: ["sms-voice:SendTextMessage"], resources: sender }));
  const number = [own("social-messaging", "phone-number-id/0a1b")];
  caller.addToRolePolicy(new PolicyStatement({ actions: ["social-messaging:SendWhatsAppMessage"], resources: number }));
  caller.addToRolePolicy(
    new PolicyStatement({ effect: "Deny" as never, actions: ["dynamodb:DeleteItem"], resources: ["*"] }),
  );
  // The guest may do one thing only: read the table, not its index.
  const guest = lambda(stack, "guest", names);
  guest.addToRolePolicy(new PolicyStatement({ actions: ["dynamodb:Query"], resources: [table.tableArn] }));

  const worker = lambda(stack, "worker", names);
  table.grantWriteData(worker);
  worker.addEventSource(new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }));

  const reader = lambda(stack, "reader", names);
  table.grantWriteData(reader);
  reports(stack, reader, queue);

  const listener = lambda(stack, "listener", names);
  table.grantWriteData(listener);
  const onThing = new Rule(stack, "OnThing", { eventBus: bus, eventPattern: { detailType: ["thing.happened"] } });
  onThing.addTarget(new LambdaFunction(listener));
  const onUpload = new Rule(stack, "OnUpload", {
    eventPattern: { source: ["aws.s3"], detail: { object: { key: [{ prefix: "in/" }] } } },
  });
  onUpload.addTarget(new SqsQueue(queue));

  const ticker = lambda(stack, "ticker", names);
  table.grantWriteData(ticker);
  failedTicks.grantSendMessages(ticker);
  (ticker.node.defaultChild as CfnFunction).deadLetterConfig = { targetArn: failedTicks.queueArn };
  new Schedule(stack, "EveryMinute", {
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    target: new LambdaInvoke(ticker, { input: ScheduleTargetInput.fromObject({ lane: "0" }) }),
  });

  const api = new RestApi(stack, "Api", {
    binaryMediaTypes: ["application/octet-stream", "image/*"],
    minCompressionSize: Size.bytes(1000),
    cloudWatchRole: false,
  });
  const echo = lambda(stack, "echo", {
    ...names,
    JOINED: Fn.join("/", [Fn.select(1, Fn.split("-", "a-b")), Stack.of(stack).region]),
  });
  const item = api.root.addResource("items").addResource("{id}");
  item.addMethod("GET", new LambdaIntegration(echo));
  item.addMethod("POST", new LambdaIntegration(echo));
  api.root.getResource("items")?.addResource("special").addMethod("GET", new LambdaIntegration(echo));
  new CfnOutput(stack, "ApiUrl", { value: api.url });
  return synthesized(app, "small");
}
