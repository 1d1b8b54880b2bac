import { gunzipSync } from "node:zlib";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient({});

type Told = { logGroup: string; messageType: string; logEvents: { message: string }[] };

/** Writes down which group each line came from, and how its SMS ended. */
export const handler = async (event: { awslogs: { data: string } }) => {
  const told: Told = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, "base64")).toString("utf8"));
  for (const { message } of told.logEvents) {
    const { status, notification } = JSON.parse(message) as { status: string; notification: { messageId: string } };
    const sk = `${told.logGroup} ${status} ${notification.messageId}`;
    await dynamo.send(
      new PutItemCommand({ TableName: process.env["TABLE"], Item: { pk: { S: "read" }, sk: { S: sk } } }),
    );
  }
};
