import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { DueMessage } from "../../../functions/messages.ts";
import { type Delivery, queueHandler } from "../../../functions/middleware/queue.ts";
import { aBatch, aContext, logOf } from "../../support/lambda-calls.ts";

type Work = Parameters<typeof queueHandler>[0];

/** What the queue is told about a batch, and what was logged. */
async function workedOff(work: Work, ...bodies: readonly string[]) {
  const handler = queueHandler(work);
  const told: Awaited<ReturnType<typeof handler>>[] = [];
  const lines = await logOf(async () => told.push(await handler(aBatch(...bodies), aContext)));
  return { failures: told[0]?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), lines };
}

describe("a queue's worker", () => {
  it("tells the queue of nothing when every message is done", async () => {
    const { failures } = await workedOff(async () => ({ outcome: "accepted" }), "a", "b", "c");
    expect(failures).toEqual([]);
  });

  it("gives back the messages that failed, and only those", async () => {
    const work: Work = async (body) => {
      if (body === "bad") throw providerError("away");
      return { outcome: "accepted" };
    };
    const { failures } = await workedOff(work, "good", "bad", "good", "bad");
    expect(failures).toEqual(["message-2", "message-4"]);
  });

  it("gives back a message that cannot be read, so that it ends as a dead letter", async () => {
    const work: Work = async (body) => ({ outcome: DueMessage.parse(JSON.parse(body)).due });
    const good = JSON.stringify({ pk: "p", sk: "s", due: "d" });
    const { failures } = await workedOff(work, "not JSON", good, '{"pk":7}', `${good.slice(0, -1)},"more":1}`);
    expect(failures).toEqual(["message-1", "message-3", "message-4"]);
  });

  it("gives back a message whose work throws at once", async () => {
    const { failures } = await workedOff(() => {
      throw new Error("at once");
    }, "a");
    expect(failures).toEqual(["message-1"]);
  });

  it("works on all messages of a batch at the same time", async () => {
    let running = 0;
    let most = 0;
    const work: Work = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return { outcome: "accepted" };
    };
    await workedOff(work, "a", "b", "c");
    expect(most).toBe(3);
  });

  it("tells the work how often the message came, and when the Lambda ends", async () => {
    const deliveries: Delivery[] = [];
    const handler = queueHandler(async (_body, delivery) => {
      deliveries.push(delivery);
      return { outcome: "stale" };
    });
    const batch = aBatch("a");
    for (const record of batch.Records) record.attributes.ApproximateReceiveCount = "4";
    const before = Date.now();
    await logOf(() => handler(batch, aContext));
    expect(deliveries).toMatchObject([{ messageId: "message-1", receiveCount: 4 }]);
    expect(deliveries[0]?.deadline).toBeGreaterThanOrEqual(before + 30_000);
    expect(deliveries[0]?.deadline).toBeLessThanOrEqual(Date.now() + 30_000);
  });

  it("counts what became of the messages, and logs nothing of what they said", async () => {
    const work: Work = async (body) => {
      if (body.includes("bad")) throw new Error(`cannot read ${body}`);
      return { outcome: "accepted" };
    };
    const { lines } = await workedOff(work, "+919830012345", "bad +919830012345");
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ accepted: 1, failed: 1 });
    expect(lines).toContainEqual(expect.objectContaining({ level: "error", messageId: "message-2", receiveCount: 1 }));
    expect(JSON.stringify(lines)).not.toContain("9830012345");
  });
});
