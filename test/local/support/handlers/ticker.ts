import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient({});

/** Writes down when it was called; fails where told to. */
export const handler = async (event: { lane: string; fail?: boolean }) => {
  const Item = {
    pk: { S: event.fail === true ? "failed-tick" : "tick" },
    sk: { S: `${new Date().toISOString()}#${Math.random()}` },
  };
  await dynamo.send(new PutItemCommand({ TableName: process.env["TABLE"], Item }));
  if (event.fail === true) throw new Error("this tick was asked to fail");
};
