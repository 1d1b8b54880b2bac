import { describe, expect, it } from "vitest";
import { invalidInput, notReady, providerError } from "../../../functions/domain/errors.ts";
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

type Letter = { readonly body: string; readonly cause: Readonly<Record<string, string>> };

/** A worker of three receives, its dead letters, and what the queue is told of a batch received so often. */
async function onReceive(work: Work, receives: number, ...bodies: readonly string[]) {
  const letters: Letter[] = [];
  const send = async (body: string, cause: Letter["cause"]) => void letters.push({ body, cause });
  return { ...(await asked({ work, send, receives }, bodies)), letters };
}

async function asked(
  {
    work,
    send,
    receives,
  }: { work: Work; send: (body: string, cause: Letter["cause"]) => Promise<void>; receives: number },
  bodies: readonly string[],
) {
  const handler = queueHandler(work, { maxReceives: 3, deadLetters: { send } });
  const batch = aBatch(...bodies);
  for (const record of batch.Records) record.attributes.ApproximateReceiveCount = String(receives);
  const told: Awaited<ReturnType<typeof handler>>[] = [];
  const lines = await logOf(async () => told.push(await handler(batch, aContext)));
  return { failures: told[0]?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), lines };
}

const failing =
  (error: unknown): Work =>
  async (body) => {
    if (body === "bad") throw error;
    return { outcome: "accepted" };
  };

describe("a message that must wait", () => {
  it("comes back, and is no failure", async () => {
    const { failures, lines, letters } = await onReceive(failing(notReady("not yet")), 2, "bad", "good");
    expect(failures).toEqual(["message-1"]);
    expect(letters).toEqual([]);
    expect(lines).toContainEqual(expect.objectContaining({ level: "info", event: "duebell.later", receiveCount: 2 }));
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ later: 1, accepted: 1 });
    expect(lines.some(({ level }) => level === "error")).toBe(false);
  });

  it("for the last time has failed", async () => {
    const { failures, lines, letters } = await onReceive(failing(notReady("not yet")), 3, "bad");
    expect(failures).toEqual([]);
    expect(letters).toMatchObject([{ body: "bad", cause: { cause: "not-ready" } }]);
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ failed: 1 });
  });
});

describe("a message that fails for the last time", () => {
  it("is put among the dead letters with why, by whom, and when", async () => {
    const { failures, letters } = await onReceive(failing(invalidInput("no bill of ours")), 3, "good", "bad");
    expect(failures).toEqual([]);
    const [{ body, cause } = { body: "", cause: {} }] = letters;
    expect(body).toBe("bad");
    expect(cause).toMatchObject({ cause: "invalid-input", handler: "duebell", messageId: "message-2" });
    expect(cause["where"]).toContain("queue.test.ts");
    expect(Date.parse(cause["at"] ?? "")).toBeGreaterThan(0);
  });

  it("names the error beneath ours, or the class of one that is not ours", async () => {
    const away = Object.assign(new Error("socket"), { name: "TimeoutError" });
    const { letters } = await onReceive(failing(providerError("away", away)), 3, "bad");
    expect(letters[0]?.cause).toMatchObject({ cause: "provider-error", root: "TimeoutError" });
    const { letters: others } = await onReceive(failing(new TypeError("cannot read x")), 3, "bad");
    expect(others[0]?.cause).toMatchObject({ cause: "TypeError" });
    const { letters: odd } = await onReceive(failing("thrown text"), 3, "bad");
    expect(odd[0]?.cause).toMatchObject({ cause: "string" });
  });

  it("says nothing of what the message said, whatever the error quotes", async () => {
    const quoting = new Error("cannot read +919830012345\n    at +919830012345 (asha@example.org)");
    const { letters, lines } = await onReceive(failing(quoting), 3, "bad");
    expect(JSON.stringify([letters[0]?.cause, lines])).not.toMatch(/9830012345|asha/);
  });

  it("comes back before that, and is no dead letter yet", async () => {
    const { failures, letters } = await onReceive(failing(new Error("away")), 2, "bad");
    expect(failures).toEqual(["message-1"]);
    expect(letters).toEqual([]);
  });

  it("is left to SQS when the dead letters do not take it", async () => {
    const send = async () => {
      throw providerError("The dead-letter queue did not take a message.");
    };
    const { failures, lines } = await asked({ work: failing(new Error("x")), send, receives: 3 }, ["bad", "good"]);
    expect(failures).toEqual(["message-1"]);
    expect(lines).toContainEqual(expect.objectContaining({ level: "error", event: "duebell.dead-letter-failed" }));
  });
});

describe("a message whose work wants it back later", () => {
  const work: Work = async (body) =>
    body === "bad"
      ? { outcome: "refused", again: { afterMs: 5_000, reason: "http-503" }, ids: { biller: "example-power" } }
      : { outcome: "taken" };

  /** What becomes of a batch received so often, with who hides messages until then. */
  async function workedOffLater(receives: number, hide: (handle: string, ms: number) => Promise<void>) {
    const letters: Letter[] = [];
    const send = async (body: string, cause: Letter["cause"]) => void letters.push({ body, cause });
    const handler = queueHandler(work, { maxReceives: 3, deadLetters: { send } }, { hide });
    const batch = aBatch("good", "bad");
    for (const record of batch.Records) {
      record.attributes.ApproximateReceiveCount = String(receives);
      record.receiptHandle = `handle of ${record.messageId}`;
    }
    const told: Awaited<ReturnType<typeof handler>>[] = [];
    const lines = await logOf(async () => told.push(await handler(batch, aContext)));
    return { failures: told[0]?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), lines, letters };
  }

  it("is hidden until then, and comes back by itself", async () => {
    const hidden: unknown[] = [];
    const { failures, lines, letters } = await workedOffLater(2, async (...asked) => void hidden.push(asked));
    expect(hidden).toEqual([["handle of message-2", 5_000]]);
    expect(failures).toEqual(["message-2"]);
    expect(letters).toEqual([]);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "warn", event: "duebell.refused", biller: "example-power" }),
    );
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ refused: 1, taken: 1 });
  });

  it("comes back after the queue's own time where it cannot be hidden", async () => {
    const { failures, lines } = await workedOffLater(1, () => Promise.reject(providerError("away")));
    expect(failures).toEqual(["message-2"]);
    expect(lines).toContainEqual(expect.objectContaining({ event: "duebell.not-hidden", messageId: "message-2" }));
  });

  it("is a dead letter with its reason after its last receive, and not hidden any more", async () => {
    const hidden: unknown[] = [];
    const { failures, lines, letters } = await workedOffLater(3, async (...asked) => void hidden.push(asked));
    expect([failures, hidden]).toEqual([[], []]);
    expect(letters).toMatchObject([{ body: "bad", cause: { cause: "http-503", messageId: "message-2" } }]);
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ refused: 1, failed: 1 });
  });
});
