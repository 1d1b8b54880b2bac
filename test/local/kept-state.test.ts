import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openKeptState } from "../../local/kept-state.ts";
import { deed, smallLaptop, written } from "./support/small-laptop.ts";

const root = mkdtempSync(join(tmpdir(), "duebell-"));
let folders = 0;
const newFolder = (): string => join(root, String(++folders));
const stateOf = (folder: string): string => join(folder, "state.ndjson");

afterAll(() => rmSync(root, { recursive: true }));

describe("the kept state", () => {
  it("has every change that was made, without the laptop having come to its end", () => {
    const folder = newFolder();
    const first = openKeptState(folder);
    first.section("fruit").put("early", "before the beginning");
    first.begin();
    first.section("fruit").put("apple", 1);
    first.section("fruit").put("pear", { ripe: true });
    first.section("fruit").put("apple", 2);
    first.section("fruit").drop("pear");
    const second = openKeptState(folder);
    expect([first.found, second.found, second.endedWell]).toEqual([false, true, false]);
    expect([...second.section("fruit").entries()]).toEqual([
      ["early", "before the beginning"],
      ["apple", 2],
    ]);
    second.begin();
    second.end();
    const third = openKeptState(folder);
    expect(third.endedWell).toBe(true);
    expect(third.section("fruit").entries().size).toBe(2);
  });

  it("does without a line that was being written when the laptop was killed", () => {
    const folder = newFolder();
    const first = openKeptState(folder);
    first.begin();
    first.section("fruit").put("apple", 1);
    appendFileSync(stateOf(folder), '["fruit","pe');
    const second = openKeptState(folder);
    expect([...second.section("fruit").entries().keys()]).toEqual(["apple"]);
    second.begin();
    second.section("fruit").put("plum", 3);
    expect([...openKeptState(folder).section("fruit").entries().keys()]).toEqual(["apple", "plum"]);
  });

  it("names the line that is damaged", () => {
    const folder = newFolder();
    openKeptState(folder);
    writeFileSync(stateOf(folder), '["a","b",1]\nnonsense\n["a","c",1]\n');
    expect(() => openKeptState(folder)).toThrow(/state\.ndjson: line 2 is damaged/);
  });

  it("is written anew at the beginning, with only what still counts", () => {
    const folder = newFolder();
    const first = openKeptState(folder);
    first.begin();
    for (let value = 0; value < 100; value += 1) first.section("count").put("n", value);
    openKeptState(folder).begin();
    expect(readFileSync(stateOf(folder), "utf8")).toBe('["count","n",99]\n');
  });
});

describe("a laptop with a folder", () => {
  it("finds everything again: items, objects, secrets, messages and the time", async () => {
    const dataDir = newFolder();
    const first = await smallLaptop({ dataDir });
    expect(first.fresh).toBe(true);
    first.begun();
    await deed(first, "caller", { deed: "put", pk: "kept" });
    await deed(first, "caller", { deed: "upload", object: "in/kept.txt", text: "kept" });
    const { ok: secret } = await deed(first, "caller", { deed: "secret" });
    await deed(first, "caller", { deed: "sms" });
    await deed(first, "caller", { deed: "send", body: '{"id":"poison","failTimes":99}' });
    await first.settle();
    first.clock.advance(86_400_000);
    const endedAt = first.clock.now();
    await first.stop();

    const second = await smallLaptop({ dataDir });
    expect(second.fresh).toBe(false);
    expect(second.clock.now()).toBeGreaterThanOrEqual(endedAt);
    expect(await deed(second, "caller", { deed: "list", pk: "kept" })).toEqual({ ok: ["x"] });
    expect(await deed(second, "caller", { deed: "download", object: "in/kept.txt" })).toEqual({ ok: "kept" });
    expect(await deed(second, "caller", { deed: "secret" })).toEqual({ ok: secret });
    expect(second.messages.find({ channel: "sms" })).toMatchObject([{ status: "delivered" }]);
    await second.settle();
    expect((await second.queued()).map(({ body }) => body)).toContain('{"id":"poison","failTimes":99}');
    await second.stop();
  });

  it("keeps what was received too often among the dead letters", async () => {
    const dataDir = newFolder();
    const first = await smallLaptop({ dataDir });
    await deed(first, "caller", { deed: "send", body: '{"id":"dead","failTimes":99}' });
    await first.moveTo(first.clock.now() + 10 * 60_000);
    await first.stop();
    const second = await smallLaptop({ dataDir });
    await second.moveTo(second.clock.now() + 10 * 60_000);
    expect((await second.queued()).map(({ queue }) => queue)).toEqual([expect.stringContaining("DeadLetters")]);
    expect(await written(second, "worked")).toEqual(["dead#1", "dead#2", "dead#3"]);
    await second.stop();
  });

  it("tells after a restart what a carrier had still to report", async () => {
    const dataDir = newFolder();
    const first = await smallLaptop({ dataDir });
    await deed(first, "caller", { deed: "sms" });
    first.carriers.setMode("sms", { mode: "fail" });
    await deed(first, "caller", { deed: "sms" });
    first.carriers.setMode("sms", { mode: "silent" });
    await deed(first, "caller", { deed: "sms" });
    const statuses = (laptop: typeof first) => laptop.messages.find().map(({ status }) => status);
    expect(statuses(first)).toEqual(["accepted", "accepted", "accepted"]);
    await first.stop();
    const second = await smallLaptop({ dataDir });
    expect(second.carriers.pendingReports()).toBe(2);
    await second.settle();
    expect(statuses(second)).toEqual(["delivered", "failed", "accepted"]);
    expect(second.carriers.pendingReports()).toBe(0);
    await second.stop();
  });

  it("brings after a restart what was on its way to a function", async () => {
    const dataDir = newFolder();
    const first = await smallLaptop({ dataDir });
    const rule = first.deployment.rules.find(({ bus }) => bus === "small");
    const target = rule?.targets[0];
    const ticker = first.deployment.functions.find(({ handler }) => handler === "ticker");
    await first.stop();
    const event = { id: "on-its-way", "detail-type": "thing.happened" };
    const bringer = { principal: "events.amazonaws.com", arn: rule?.arn };
    const owed = [
      ["deliveries", "d1", { target, event, bringer }],
      ["invocations", "i1", { target: ticker?.name, event: { lane: "0", fail: true }, number: 3 }],
      ["invocations", "i2", { target: "a function that is gone", event: {}, number: 1 }],
    ];
    appendFileSync(stateOf(dataDir), owed.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const second = await smallLaptop({ dataDir });
    await second.settle();
    expect(await written(second, "heard")).toEqual(["on-its-way"]);
    expect(await written(second, "failed-tick")).toHaveLength(1);
    expect((await second.queued()).map(({ queue }) => queue)).toEqual([expect.stringContaining("FailedTicks")]);
    await second.stop();
    const { section } = openKeptState(dataDir);
    expect(section("deliveries").entries().size + section("invocations").entries().size).toBe(0);
  });

  it("does not start where another one runs, and leaves that one alone", async () => {
    const dataDir = newFolder();
    const first = await smallLaptop({ dataDir });
    await expect(smallLaptop({ dataDir })).rejects.toThrow(/perhaps another laptop uses it/);
    await deed(first, "caller", { deed: "sms" });
    await first.stop();
    const second = await smallLaptop({ dataDir });
    expect(second.messages.find()).toHaveLength(1);
    await second.stop();
  });

  it("does not start where there are tables without their state", async () => {
    const dataDir = newFolder();
    await (await smallLaptop({ dataDir })).stop();
    rmSync(stateOf(dataDir));
    await expect(smallLaptop({ dataDir })).rejects.toThrow(/holds tables but no state\.ndjson/);
  });
});
