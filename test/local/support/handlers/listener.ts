import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient({});

/** Writes down the event it heard. */
export const handler = async (event: { id: string; "detail-type": string }) => {
  const Item = { pk: { S: "heard" }, sk: { S: event.id }, type: { S: event["detail-type"] } };
  await dynamo.send(new PutItemCommand({ TableName: process.env["TABLE"], Item }));
};
