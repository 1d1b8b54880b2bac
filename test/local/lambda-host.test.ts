import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import { deed, smallLaptop, startedAt } from "./support/small-laptop.ts";

let laptop: Laptop;
const lines: string[] = [];

beforeAll(async () => {
  laptop = await smallLaptop({ log: ({ text }) => lines.push(text) });
});

afterAll(() => laptop.stop());

const day = 86_400_000;

describe("a function's thread", () => {
  it("has the environment of its template and of Lambda, and nothing of ours", async () => {
    const { ok } = await deed(laptop, "caller", { deed: "environment" });
    const names = Object.keys(ok as object).sort();
    const template = ["BUCKET", "BUS", "QUEUE", "SECRET", "TABLE"];
    expect(names.filter((name) => !/^(AWS_|LAMBDA_|_HANDLER|TZ$)/.test(name))).toEqual(template);
    expect(ok).toMatchObject({ BUS: "small", AWS_REGION: "ap-south-1", AWS_ENDPOINT_URL: laptop.url });
  });

  it("goes by the laptop's clock in every way of asking the time", async () => {
    laptop.clock.set(startedAt + 30 * day);
    const { now, iso, fixed } = (await deed(laptop, "caller", { deed: "time" })).ok as Record<string, string | number>;
    expect(now).toBeGreaterThanOrEqual(startedAt + 30 * day);
    expect(now).toBeLessThanOrEqual(laptop.clock.now());
    expect(iso).toMatch(/^2026-12-15T04:00/);
    expect(fixed).toBe("1970-01-01T00:00:00.000Z");
  });

  it("is told the time it has left by the template's time-out", async () => {
    const { ok } = await deed(laptop, "caller", { deed: "remaining" });
    expect(ok).toBeGreaterThan(1000);
    expect(ok).toBeLessThanOrEqual(2000);
  });

  it("that crashes fails its invocation, and the next event starts a new one", async () => {
    const crashed = await laptop.invoke("caller", { deed: "crash" });
    expect(crashed).toMatchObject({ outcome: "failed", error: { errorType: "Runtime.ExitError" } });
    expect(await deed(laptop, "caller", { deed: "time" })).toMatchObject({ ok: {} });
  });

  it("that takes too long is ended, and the next event starts a new one", async () => {
    const late = await laptop.invoke("caller", { deed: "hang" });
    expect(late).toEqual({
      outcome: "failed",
      error: { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 2.00 seconds" },
    });
    expect(await deed(laptop, "caller", { deed: "time" })).toMatchObject({ ok: {} });
  });

  it("that throws fails its invocation with its error and lives on", async () => {
    const result = await laptop.invoke("ticker", { lane: "0", fail: true });
    expect(result).toMatchObject({
      outcome: "failed",
      error: { errorType: "Error", errorMessage: "this tick was asked to fail" },
    });
  });

  it("takes several events at once", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => deed(laptop, "caller", { deed: "put" })));
    expect(results.filter(({ ok }) => ok !== undefined)).toHaveLength(20);
  });

  it("can be ended from outside while it works", async () => {
    const working = laptop.invoke("caller", { deed: "hang" });
    await laptop.kill("caller");
    expect(await working).toMatchObject({ outcome: "failed", error: { errorType: "Runtime.ExitError" } });
  });

  it("can be ended after a call took effect and before its answer came", async () => {
    const stop = laptop.onCall(({ function: name, action, phase }) =>
      name === "caller" && action === "PutItem" && phase === "after" ? "kill-worker" : undefined,
    );
    const result = await laptop.invoke("caller", { deed: "put", pk: "written-then-killed" });
    stop();
    expect(result).toMatchObject({ outcome: "failed", error: { errorType: "Runtime.ExitError" } });
    expect(await deed(laptop, "caller", { deed: "list", pk: "written-then-killed" })).toEqual({ ok: ["x"] });
  });

  it("can be ended before a call takes effect", async () => {
    const stop = laptop.onCall(({ action, phase }) =>
      action === "PutItem" && phase === "before" ? "kill-worker" : undefined,
    );
    await laptop.invoke("caller", { deed: "put", pk: "never-written" });
    stop();
    expect(await deed(laptop, "caller", { deed: "list", pk: "never-written" })).toEqual({ ok: [] });
  });
});
