import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient({});

type Message = {
  messageId: string;
  body: string;
  attributes: { ApproximateReceiveCount: string };
  messageAttributes: Record<string, { stringValue?: string; dataType: string }>;
};

/** Writes each message down, with how often it came and its cause if it carries one; fails what its body asks to fail. */
export const handler = async (event: { Records: Message[] }) => {
  const failures: { itemIdentifier: string }[] = [];
  for (const { messageId, body, attributes, messageAttributes } of event.Records) {
    const { id, failTimes = 0, answer } = JSON.parse(body) as { id?: string; failTimes?: number; answer?: unknown };
    const count = Number(attributes.ApproximateReceiveCount);
    const cause = messageAttributes["cause"]?.stringValue;
    const sk = [id ?? "event", count, ...(cause === undefined ? [] : [cause])].join("#");
    const Item = { pk: { S: "worked" }, sk: { S: sk }, at: { N: String(Date.now()) } };
    await dynamo.send(new PutItemCommand({ TableName: process.env["TABLE"], Item }));
    if (answer !== undefined) return answer;
    if (count <= failTimes) failures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures: failures };
};
