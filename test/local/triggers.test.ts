import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import { failedMessages } from "../../local/queue-poller.ts";
import { deed, smallApp, smallLaptop, written } from "./support/small-laptop.ts";

let laptop: Laptop;

beforeAll(async () => {
  laptop = await smallLaptop();
});

afterAll(() => laptop.stop());

const minute = 60_000;
const forward = (minutes: number): Promise<void> => laptop.moveTo(laptop.clock.now() + minutes * minute);
const work = async (...bodies: readonly object[]): Promise<void> => {
  await deed(laptop, "caller", {
    deed: "sendBatch",
    bodies: JSON.stringify(bodies.map((body) => JSON.stringify(body))),
  });
  await laptop.settle();
};
const timesWorked = async (id: string): Promise<number> =>
  (await written(laptop, "worked")).filter((sk) => sk.startsWith(`${id}#`)).length;

describe("a queue", () => {
  it("hands its messages to its function, and those that succeeded are gone", async () => {
    await work({ id: "plain" });
    expect(await timesWorked("plain")).toBe(1);
    expect(await laptop.queued()).toEqual([]);
  });

  it("gives again only the failed message of a batch, and only after its visibility time-out", async () => {
    await work({ id: "good" }, { id: "bad", failTimes: 1 });
    expect([await timesWorked("good"), await timesWorked("bad")]).toEqual([1, 1]);
    laptop.clock.advance(55_000);
    await laptop.settle();
    expect(await timesWorked("bad")).toBe(1);
    await forward(1);
    expect([await timesWorked("good"), await timesWorked("bad")]).toEqual([1, 2]);
    expect(await laptop.queued()).toEqual([]);
  });

  it("gives the whole batch again where the answer names a message that is not in it", async () => {
    await work({ id: "confused", answer: { batchItemFailures: [{ itemIdentifier: "nobody" }] } });
    await forward(2);
    expect(await timesWorked("confused")).toBeGreaterThan(1);
    await forward(10);
  });

  it("moves a message to the dead-letter queue after as many receives as it allows", async () => {
    await work({ id: "poison", failTimes: 99 });
    await forward(10);
    expect(await timesWorked("poison")).toBe(3);
    const dead = (await laptop.queued()).filter(({ body }) => body.includes("poison"));
    expect(dead).toEqual([{ queue: expect.stringContaining("DeadLetters"), body: '{"id":"poison","failTimes":99}' }]);
  });

  it("gives a message again when the function was killed over it", async () => {
    const stop = laptop.onCall(({ function: name, phase, count }) =>
      name === "worker" && phase === "after" && count > 0 ? "kill-worker" : undefined,
    );
    await work({ id: "killed" });
    stop();
    await forward(2);
    expect(await timesWorked("killed")).toBe(2);
  });
});

describe("the answer to a batch", () => {
  const message = (MessageId: string) => ({ MessageId, ReceiptHandle: "r", Body: "", MD5OfBody: "", Attributes: {} });
  const batch = [message("1"), message("2")];
  const failing = (payload: unknown) =>
    failedMessages(batch, { outcome: "returned", payload }, true).map(({ MessageId }) => MessageId);

  it.each<[string, unknown, readonly string[]]>([
    ["null", null, []],
    ["nothing in it", {}, []],
    ["null in it", { batchItemFailures: null }, []],
    ["an empty list", { batchItemFailures: [] }, []],
    ["one message", { batchItemFailures: [{ itemIdentifier: "2" }] }, ["2"]],
    ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }, ["1", "2"]],
    ["no identifier", { batchItemFailures: [{}] }, ["1", "2"]],
    ["no list", { batchItemFailures: "1" }, ["1", "2"]],
  ])("with %s fails what Lambda says", (_title, payload, expected) => {
    expect(failing(payload)).toEqual(expected);
  });

  it("counts for nothing where the mapping does not report single failures", () => {
    expect(
      failedMessages(batch, { outcome: "returned", payload: { batchItemFailures: [{ itemIdentifier: "1" }] } }, false),
    ).toEqual([]);
  });
});

describe("a rule", () => {
  it("takes the events that fit to its function, and those alone", async () => {
    const before = (await written(laptop, "heard")).length;
    await deed(laptop, "caller", { deed: "event", type: "thing.happened" });
    await deed(laptop, "caller", { deed: "event", type: "something.else" });
    await laptop.settle();
    expect(await written(laptop, "heard")).toHaveLength(before + 1);
    expect(laptop.busEvents().map(({ event }) => event["detail-type"])).toContain("something.else");
  });

  it("on the default bus hears of an upload, with the object's version", async () => {
    const { ok: version } = await deed(laptop, "caller", { deed: "upload", object: "in/told.txt" });
    await laptop.settle();
    const told = laptop.busEvents().find(({ event }) => JSON.stringify(event.detail).includes("in/told.txt"));
    expect(told).toMatchObject({
      bus: "default",
      event: {
        source: "aws.s3",
        "detail-type": "Object Created",
        detail: {
          bucket: { name: expect.any(String) },
          object: { key: "in/told.txt", size: 5, "version-id": version },
        },
      },
    });
    expect(await timesWorked(String(told?.event.id))).toBe(1);
  });

  it("whose target's policy does not admit it reaches nothing, and the denial is logged", async () => {
    const app = await smallApp();
    const text = JSON.stringify(app).replaceAll('"AWS::SQS::QueuePolicy"', '"AWS::CDK::Metadata"');
    const other = await smallLaptop({ app: JSON.parse(text) });
    await deed(other, "caller", { deed: "upload" });
    await other.settle();
    const denied = other.calls({ function: "events" });
    expect(denied).toMatchObject([{ service: "sqs", action: "SendMessage", allowed: false }]);
    expect(await written(other, "worked")).toEqual([]);
    await other.stop();
  });
});

describe("a schedule", () => {
  it("runs once at a stop of the clock, at the laptop's time, however many of its times have passed", async () => {
    const before = await written(laptop, "tick");
    await forward(60);
    const after = await written(laptop, "tick");
    expect(after.length - before.length).toBe(1);
    expect(String(after.at(-1)).slice(0, 16)).toBe(new Date(laptop.clock.now()).toISOString().slice(0, 16));
  });

  it("whose function keeps failing tries twice more and then tells the dead-letter queue", async () => {
    const app = await smallApp();
    const failing = JSON.stringify(app).replaceAll('{\\"lane\\":\\"0\\"}', '{\\"lane\\":\\"0\\",\\"fail\\":true}');
    const other = await smallLaptop({ app: JSON.parse(failing) });
    await other.moveTo(other.clock.now() + minute);
    expect(await written(other, "failed-tick")).toHaveLength(1);
    await other.moveTo(other.clock.now() + 20 * minute);
    const dead = (await other.queued()).filter(({ queue }) => queue.includes("FailedTicks"));
    expect(dead.length).toBeGreaterThan(0);
    expect(dead[0]).toMatchObject({ body: '{"lane":"0","fail":true}' });
    await other.stop();
  });
});
