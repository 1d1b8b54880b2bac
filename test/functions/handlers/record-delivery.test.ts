import { afterEach, describe, expect, it, vi } from "vitest";
import { aBatch, aContext, logOf } from "../../support/lambda-calls.ts";
import { answering, connectionTo, type Loopback, loopback } from "../adapters/loopback.ts";

/** The handler as Lambda starts it, with all of AWS at the server. */
async function started(server: Loopback) {
  const { region, credentials } = connectionTo(server.url);
  const variables = {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    TABLE_NAME: "duebell-test",
    LANES: "1",
    LINK_KEYS_SECRET: "link-keys",
    LINK_BASE_URL: "https://pay.example.com",
    BUS_NAME: "duebell-test",
    DEAD_LETTERS_QUEUE_URL: `${server.url}/111122223333/deliveries-dead-letters`,
    MAX_RECEIVES: "6",
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
  return (await import("../../../functions/handlers/record-delivery.ts")).handler;
}

const bounceOfAnother = {
  "detail-type": "Email Bounced",
  source: "aws.ses",
  detail: {
    eventType: "Bounce",
    bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "asha@example.org" }] },
    mail: { messageId: "0109019a-000000", timestamp: "2026-11-21T10:15:30.123Z", destination: ["asha@example.org"] },
  },
};

/** What the handler answers to one message that was received so often, and what it logs. */
async function handed(handler: Awaited<ReturnType<typeof started>>, body: string, receives: number) {
  const batch = aBatch(body);
  for (const record of batch.Records) record.attributes.ApproximateReceiveCount = String(receives);
  const answers: Awaited<ReturnType<typeof handler>>[] = [];
  const lines = await logOf(async () => answers.push(await handler(batch, aContext)));
  return { failures: answers[0]?.batchItemFailures, lines };
}

describe("the worker of the deliveries queue", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("lets go of an event of another system's e-mail, and says so without naming its recipient", async () => {
    await using server = await loopback(answering(500, "{}"));
    const handler = await started(server);
    const { failures, lines } = await handed(handler, JSON.stringify(bounceOfAnother), 1);
    expect(failures).toEqual([]);
    expect(server.seen).toEqual([]);
    expect(lines).toContainEqual(expect.objectContaining({ level: "info", event: "duebell.no-reference" }));
    expect(JSON.stringify(lines)).not.toContain("asha");
  });

  it.each(["not JSON", '{"hello":"world"}'])(
    "gives back what no carrier tells, in the end as a dead letter: %s",
    async (body) => {
      await using server = await loopback(answering(200, JSON.stringify({ MessageId: "m-1" })));
      const handler = await started(server);
      expect((await handed(handler, body, 5)).failures).toEqual([{ itemIdentifier: "message-1" }]);
      expect(server.seen).toEqual([]);
      vi.stubEnv("POWERTOOLS_SERVICE_NAME", "record-delivery");
      await handed(handler, body, 6);
      const [letter] = server.seen.map((seen) => JSON.parse(seen.body) as Record<string, unknown>);
      expect(letter).toMatchObject({
        QueueUrl: `${server.url}/111122223333/deliveries-dead-letters`,
        MessageBody: body,
        MessageAttributes: { handler: { DataType: "String", StringValue: "record-delivery" } },
      });
    },
  );
});
