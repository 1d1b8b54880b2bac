import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { type Moment, minuteMs } from "../../../functions/domain/local-time.ts";
import { type Cursor, cursorAt } from "../../../functions/domain/progress.ts";
import { sweepDueLane } from "../../../functions/use-cases/sweep-due-lane.ts";
import { kolkata, named } from "../../support/bill-world.ts";
import { aBill } from "../../support/builders.ts";
import { type MemoryOptions, memoryPorts } from "../../support/memory-ports.ts";

const morning = kolkata("2026-11-15 10:00");

/** A lane, and how bills come to wait in it. */
function lane(options: MemoryOptions = {}) {
  const ports = memoryPorts({ start: morning, ...options });
  const wait = async (billId: string, at: Moment) => {
    const stop = { step: "issued", hop: 0, channel: "whatsapp", at } as const;
    const cursor: Cursor = cursorAt(stop, named.biller, ports.clock.now());
    const bill = aBill({ billId, progress: { done: [], cursor } });
    await ports.bills.save(bill, 0);
    return { pk: `BILL#${bill.code}`, sk: "BILL", due: cursor.due };
  };
  const many = async (count: number, at: Moment) => {
    const waiting = [];
    for (let n = 0; n < count; n++) waiting.push(await wait(`b${n}`, at));
    return waiting;
  };
  const sweep = (forMs = 55_000) => sweepDueLane(ports, { lane: "0", deadline: ports.clock.now() + forMs });
  const keys = (messages: readonly { readonly pk: string }[]): string[] => messages.map(({ pk }) => pk).toSorted();
  return { ports, wait, many, sweep, keys };
}

describe("sweep-due-lane", () => {
  it("queues what is due, by key and due key alone, and nothing that comes later", async () => {
    const { ports, wait, sweep } = lane();
    const due = await wait("now", morning + minuteMs);
    await wait("later", morning + 3 * minuteMs);
    ports.clock.advance(2 * minuteMs);
    expect(await sweep()).toEqual({ outcome: "done", queued: 1 });
    expect(ports.dueQueues.sent).toEqual([due]);
  });

  it("leaves the present minute alone, since more may come due in it", async () => {
    const { ports, wait, sweep } = lane();
    await wait("now", morning + minuteMs);
    ports.clock.set(morning + minuteMs + 59_000);
    expect(await sweep()).toEqual({ outcome: "done", queued: 0 });
    ports.clock.set(morning + 2 * minuteMs);
    expect(await sweep()).toEqual({ outcome: "done", queued: 1 });
  });

  it("queues nothing twice", async () => {
    const { ports, wait, sweep } = lane();
    await wait("now", morning + minuteMs);
    ports.clock.advance(2 * minuteMs);
    await sweep();
    expect(await sweep()).toEqual({ outcome: "done", queued: 0 });
    ports.clock.advance(minuteMs);
    expect(await sweep()).toEqual({ outcome: "done", queued: 0 });
    expect(ports.dueQueues.sent).toHaveLength(1);
  });

  it("finds what came into the index a minute late", async () => {
    const { ports, wait, sweep } = lane({ lagMs: () => 50_000 });
    await sweep();
    ports.clock.set(morning + 59_999);
    await wait("late", morning);
    let queued = 0;
    for (let n = 0; n < 4; n++) {
      ports.clock.set(morning + (n + 1) * minuteMs);
      queued += (await sweep()).queued;
    }
    expect(queued).toBe(1);
  });

  it("goes page by page, and moves the watermark after each", async () => {
    const { ports, many, sweep, keys } = lane();
    const waiting = await many(1_100, morning + minuteMs);
    const positions: unknown[] = [];
    const { advance } = ports.watermarks;
    ports.watermarks.advance = (of, position, version) => {
      positions.push(typeof position === "string" ? position : position.due);
      return advance(of, position, version);
    };
    ports.clock.advance(5 * minuteMs + 20_000);
    expect(await sweep()).toEqual({ outcome: "done", queued: 1_100 });
    expect(keys(ports.dueQueues.sent)).toEqual(keys(waiting));
    expect(positions).toEqual([waiting[0]?.due, waiting[0]?.due, "2026-11-15T04:35"]);
  });

  it("hands out little while other lanes have not begun, and all it can from the fifteenth second on", async () => {
    const { ports, many, sweep } = lane();
    await many(1_100, morning + minuteMs);
    ports.clock.advance(2 * minuteMs + 14_000);
    const pages: [second: number, queued: number][] = [];
    ports.control.afterCall = (port, method) => {
      if (`${port}.${method}` === "dueQueues.send")
        pages.push([(ports.clock.now() % minuteMs) / 1_000, ports.dueQueues.sent.length]);
    };
    expect(await sweep()).toEqual({ outcome: "done", queued: 1_100 });
    expect(pages).toEqual([
      [14, 100],
      [14.4, 200],
      [14.8, 300],
      [15.2, 800],
      [15.2, 1_100],
    ]);
  });

  it("is caught up after an outage of a day, in the order in which things were due", async () => {
    const { ports, wait, sweep } = lane();
    await sweep();
    const first = await wait("first", morning + minuteMs);
    const second = await wait("second", morning + 10 * 60 * minuteMs);
    const third = await wait("third", morning + 24 * 60 * minuteMs);
    ports.clock.advance(25 * 60 * minuteMs);
    expect(await sweep()).toEqual({ outcome: "done", queued: 3 });
    expect(ports.dueQueues.sent).toEqual([first, second, third]);
  });

  it("stops when another sweep of the lane is under way", async () => {
    const { ports, many, sweep } = lane();
    await many(1_100, morning + minuteMs);
    ports.clock.advance(2 * minuteMs);
    const outcomes = await Promise.all([sweep(), sweep(), sweep()]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["done", "superseded", "superseded"]);
    expect(new Set(ports.dueQueues.sent.map(({ pk }) => pk)).size).toBe(1_100);
  });

  it("that runs out of time is gone on with by the next one, from where it stood", async () => {
    const { ports, many, sweep } = lane();
    await many(1_100, morning + minuteMs);
    ports.clock.advance(2 * minuteMs + 20_000);
    ports.control.afterCall = (port, method) => {
      if (`${port}.${method}` === "watermarks.advance") ports.clock.advance(30_000);
    };
    expect(await sweep()).toEqual({ outcome: "out-of-time", queued: 1_000 });
    expect(await sweep()).toEqual({ outcome: "done", queued: 100 });
    expect(new Set(ports.dueQueues.sent.map(({ pk }) => pk)).size).toBe(1_100);
  });

  it.each([
    ["dueQueues.send", "before"],
    ["dueQueues.send", "after"],
    ["watermarks.advance", "before"],
    ["watermarks.advance", "after"],
  ] as const)("that dies at %s, %s its effect, has lost nothing", async (call, edge) => {
    const { ports, many, sweep } = lane();
    await many(700, morning + minuteMs);
    ports.clock.advance(2 * minuteMs);
    const die = (port: string, method: string) => {
      if (`${port}.${method}` !== call) return;
      ports.control.beforeCall = ports.control.afterCall = undefined;
      throw providerError("away");
    };
    ports.control[edge === "before" ? "beforeCall" : "afterCall"] = die;
    await expect(sweep()).rejects.toThrow("away");
    expect(await sweep()).toMatchObject({ outcome: "done" });
    expect(new Set(ports.dueQueues.sent.map(({ pk }) => pk)).size).toBe(700);
  });

  it("writes nothing to bills", async () => {
    const { ports, wait, sweep } = lane();
    await wait("now", morning + minuteMs);
    ports.clock.advance(2 * minuteMs);
    const touched: string[] = [];
    ports.control.beforeCall = (port) => void touched.push(port);
    await sweep();
    expect(touched).not.toContain("bills");
  });
});
