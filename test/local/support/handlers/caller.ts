import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendWhatsAppMessageCommand, SocialMessagingClient } from "@aws-sdk/client-socialmessaging";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const { TABLE, BUCKET, QUEUE, BUS, SECRET } = process.env as Record<string, string>;
const dynamo = new DynamoDBClient({ maxAttempts: 1 });
const s3 = new S3Client({ maxAttempts: 1 });
const sqs = new SQSClient({ maxAttempts: 1 });

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "x" } });
const keyCondition = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "a" } } };
const indexCondition = { KeyConditionExpression: "lane = :lane", ExpressionAttributeValues: { ":lane": { S: "0" } } };

/** What the function can be asked to do, by name; every one is one real SDK call. */
const deeds: Record<string, (argument: Record<string, string>) => Promise<unknown>> = {
  put: ({ pk = "a" }) =>
    dynamo.send(new PutItemCommand({ TableName: TABLE, Item: { ...key(pk), at: { N: String(Date.now()) } } })),
  delete: () => dynamo.send(new DeleteItemCommand({ TableName: TABLE, Key: key("a") })),
  query: () => dynamo.send(new QueryCommand({ TableName: TABLE, ...keyCondition })),
  list: async ({ pk = "a" }) => {
    const condition = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: pk } } };
    const { Items } = await dynamo.send(new QueryCommand({ TableName: TABLE, ConsistentRead: true, ...condition }));
    return (Items ?? []).map(({ sk }) => sk?.S);
  },
  queryIndex: () => dynamo.send(new QueryCommand({ TableName: TABLE, IndexName: "due", ...indexCondition })),
  batchGet: () =>
    dynamo.send(
      new BatchGetItemCommand({ RequestItems: { [TABLE ?? ""]: { Keys: [key("a")] }, another: { Keys: [key("a")] } } }),
    ),
  batchWrite: () =>
    dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TABLE ?? ""]: [{ PutRequest: { Item: key("b") } }] } })),
  upload: async ({ object = "in/a.txt", text = "hello" }) =>
    (await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: object, Body: text }))).VersionId,
  download: async ({ object = "in/a.txt", version }) => {
    const options = version === undefined ? {} : { VersionId: version };
    return (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: object, ...options }))).Body?.transformToString();
  },
  presign: ({ object = "in/b.txt" }) =>
    getSignedUrl(s3, new PutObjectCommand({ Bucket: BUCKET, Key: object }), { expiresIn: 60 }),
  send: ({ body = "{}" }) => sqs.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: body })),
  sendBatch: ({ bodies = "[]" }) => {
    const Entries = (JSON.parse(bodies) as string[]).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    return sqs.send(new SendMessageBatchCommand({ QueueUrl: QUEUE, Entries }));
  },
  sendLater: async ({ body = "{}", seconds = "0", cause }) => {
    const attributes = cause === undefined ? {} : { cause: { DataType: "String", StringValue: cause } };
    const DelaySeconds = Number(seconds);
    const order = { QueueUrl: QUEUE, MessageBody: body, DelaySeconds, MessageAttributes: attributes };
    return (await sqs.send(new SendMessageCommand(order))).MessageId;
  },
  sendBatchLater: async ({ entries = "[]" }) => {
    const { Successful, Failed } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: QUEUE, Entries: JSON.parse(entries) }),
    );
    return { successful: Successful?.map(({ Id }) => Id), failed: Failed?.map(({ Id, Code }) => [Id, Code]) };
  },
  event: ({ type = "thing.happened" }) =>
    new EventBridgeClient({}).send(
      new PutEventsCommand({ Entries: [{ EventBusName: BUS, Source: "test", DetailType: type, Detail: '{"n":1}' }] }),
    ),
  secret: async () =>
    (await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: SECRET }))).SecretString,
  sms: () =>
    new SNSClient({ maxAttempts: 1 }).send(new PublishCommand({ PhoneNumber: "+919830000001", Message: "hello" })),
  text: async ({ from = "EXPOWR" }) =>
    new PinpointSMSVoiceV2Client({ maxAttempts: 1 }).send(
      new SendTextMessageCommand({
        DestinationPhoneNumber: "+919830000001",
        OriginationIdentity: from,
        MessageBody: "hello",
        ConfigurationSetName: "small",
      }),
    ),
  chat: async ({ from = "phone-number-id-0a1b", body = "{}" }) =>
    new SocialMessagingClient({ maxAttempts: 1 }).send(
      new SendWhatsAppMessageCommand({
        originationPhoneNumberId: from,
        message: new TextEncoder().encode(body),
        metaApiVersion: "v24.0",
      }),
    ),
  email: () =>
    new SESv2Client({ maxAttempts: 1 }).send(
      new SendEmailCommand({
        FromEmailAddress: "Small <bills@example.com>",
        Destination: { ToAddresses: ["asha@example.org"] },
        Content: { Simple: { Subject: { Data: "s" }, Body: { Text: { Data: "t" } } } },
      }),
    ),
  environment: async () => ({ ...process.env }),
  time: async () => ({
    now: Date.now(),
    iso: new Date().toISOString(),
    fixed: new Date(0).toISOString(),
  }),
  remaining: async ({ remaining = "" }) => Number(remaining),
  log: async ({ line = "" }) => process.stdout.write(`${line}\n`),
  crash: async () => process.exit(3),
  hang: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
};

export const handler = async (
  event: { deed: string } & Record<string, string>,
  context: { getRemainingTimeInMillis: () => number },
) => {
  try {
    const remaining = String(context.getRemainingTimeInMillis());
    return { ok: await deeds[event.deed]?.({ ...event, remaining }) };
  } catch (cause) {
    return {
      refused: cause instanceof Error ? cause.name : "unknown",
      message: cause instanceof Error ? cause.message : "",
    };
  }
};
