import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import { deed, smallLaptop, written } from "./support/small-laptop.ts";

let laptop: Laptop;

beforeAll(async () => {
  laptop = await smallLaptop();
});

afterAll(() => laptop.stop());

const later = (on: Laptop, id: string, seconds: number, rest: Record<string, string> = {}) =>
  deed(on, "caller", { deed: "sendLater", body: JSON.stringify({ id }), seconds: String(seconds), ...rest });
const worked = async (on: Laptop, id: string): Promise<readonly string[]> =>
  (await written(on, "worked")).filter((sk) => sk.startsWith(`${id}#`));

describe("a message sent with a delay", () => {
  it("is taken at once, and reaches its function when its time has come and not before", async () => {
    const sentAt = laptop.clock.now();
    expect(await later(laptop, "delayed", 600)).toEqual({ ok: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect((await laptop.queued()).map(({ body }) => body)).toEqual(['{"id":"delayed"}']);
    await laptop.moveTo(sentAt + 590_000);
    expect(await worked(laptop, "delayed")).toEqual([]);
    await laptop.moveTo(sentAt + 602_000);
    expect(await worked(laptop, "delayed")).toEqual(["delayed#1"]);
    expect(await laptop.queued()).toEqual([]);
  });

  it("is something due: the clock goes to it on its way to a far moment", async () => {
    const sentAt = laptop.clock.now();
    await later(laptop, "passed", 300);
    const seen: number[] = [];
    const unhook = laptop.onCall(({ function: name, phase }) => {
      if (name === "worker" && phase === "before") seen.push(laptop.clock.now() - sentAt);
      return undefined;
    });
    await laptop.moveTo(sentAt + 86_400_000);
    unhook();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThanOrEqual(300_000);
    expect(seen[0]).toBeLessThan(330_000);
  });

  it("keeps its attributes, delayed or not", async () => {
    await later(laptop, "attributed", 60, { cause: "poison" });
    expect(await laptop.queued()).toMatchObject([{ attributes: { cause: { StringValue: "poison" } } }]);
    await later(laptop, "prompt", 0, { cause: "haste" });
    await laptop.moveTo(laptop.clock.now() + 61_000);
    expect(await worked(laptop, "attributed")).toEqual(["attributed#1#poison"]);
    expect(await worked(laptop, "prompt")).toEqual(["prompt#1#haste"]);
  });

  it("in a batch waits alone: the others go at once, and a delay SQS does not know fails by itself", async () => {
    const entry = (id: string, seconds?: number) => ({
      Id: id,
      MessageBody: JSON.stringify({ id: `batch-${id}` }),
      ...(seconds === undefined ? {} : { DelaySeconds: seconds }),
    });
    const entries = JSON.stringify([entry("a"), entry("b", 120), entry("c", 901), entry("d", 0)]);
    expect(await deed(laptop, "caller", { deed: "sendBatchLater", entries })).toEqual({
      ok: { successful: ["a", "d", "b"], failed: [["c", "InvalidParameterValue"]] },
    });
    await laptop.settle();
    expect(await worked(laptop, "batch-a")).toHaveLength(1);
    expect(await worked(laptop, "batch-d")).toHaveLength(1);
    expect(await worked(laptop, "batch-b")).toEqual([]);
    await laptop.moveTo(laptop.clock.now() + 121_000);
    expect(await worked(laptop, "batch-b")).toHaveLength(1);
  });

  it.each([
    ["ids that are not distinct", ["x", "x"], "BatchEntryIdsNotDistinct"],
    ["too many entries", [..."abcdefghijk"], "TooManyEntriesInBatchRequest"],
  ])("is refused in a batch with %s", async (_title, ids, refused) => {
    const entries = JSON.stringify(ids.map((Id) => ({ Id, MessageBody: "{}", DelaySeconds: 5 })));
    expect((await deed(laptop, "caller", { deed: "sendBatchLater", entries })).refused).toContain(refused);
  });

  it("is refused where the delay is longer than a quarter of an hour, or no whole number", async () => {
    expect((await later(laptop, "long", 901)).refused).toBe("InvalidParameterValue");
    expect((await later(laptop, "half", 0.5)).refused).toBe("InvalidParameterValue");
  });

  it("goes on waiting through a restart", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "duebell-"));
    const first = await smallLaptop({ dataDir });
    const sentAt = first.clock.now();
    await later(first, "kept", 600, { cause: "slow" });
    await first.stop();
    const second = await smallLaptop({ dataDir });
    await second.moveTo(sentAt + 590_000);
    expect(await worked(second, "kept")).toEqual([]);
    await second.moveTo(sentAt + 610_000);
    expect(await worked(second, "kept")).toEqual(["kept#1#slow"]);
    await second.stop();
    rmSync(dataDir, { recursive: true });
  });
});
