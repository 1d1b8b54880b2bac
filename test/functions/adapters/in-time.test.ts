import { describe, expect, it } from "vitest";
import { inTime, waited } from "../../../functions/adapters/in-time.ts";

const never = new Promise<never>(() => undefined);
const over = (): AbortSignal => AbortSignal.abort(new Error("over"));
const open = (): AbortSignal => new AbortController().signal;

describe("what is promised in time", () => {
  it("is what was promised, or why it was not kept", async () => {
    expect(await inTime(Promise.resolve("kept"), open())).toBe("kept");
    await expect(inTime(Promise.reject(new Error("broken")), open())).rejects.toThrow("broken");
  });

  it("fails with the signal's reason where that ends first, or has ended before", async () => {
    const controller = new AbortController();
    const waiting = inTime(never, controller.signal);
    controller.abort(new Error("too late"));
    await expect(waiting).rejects.toThrow("too late");
    await expect(inTime(never, over())).rejects.toThrow("over");
  });

  it("bothers nobody with a promise that is broken after the end", async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    await expect(inTime(promise, over())).rejects.toThrow("over");
    reject(new Error("nobody waits any more"));
    await expect(promise).rejects.toThrow("nobody waits");
  });
});

describe("a wait", () => {
  it("is over after its time, or with the signal, and tells which", async () => {
    const controller = new AbortController();
    expect(await waited(1, controller.signal)).toBe(true);
    const waiting = waited(60_000, controller.signal);
    controller.abort();
    expect(await waiting).toBe(false);
    expect(await waited(60_000, over())).toBe(false);
  });
});
