import { describe, expect, it } from "vitest";
import { providerError } from "../../functions/domain/errors.ts";
import { laneOf } from "../../functions/domain/link-code.ts";
import { aBill, aPayment } from "./builders.ts";
import { issueMorning } from "./memory-clock.ts";
import { memoryPorts } from "./memory-ports.ts";

const everything = { after: "", before: "2999", limit: 10 };
const { code } = aBill();
const dueOf = (entries: readonly { readonly due: string }[]): readonly string[] => entries.map(({ due }) => due);

describe("the due index in memory", () => {
  it("shows a write, and the end of an entry, only after its lag", async () => {
    const { bills, dueIndex, clock } = memoryPorts({ lagMs: () => 2_000 });
    await bills.save(aBill(), 0);
    expect(await dueIndex.find("0", everything)).toEqual([]);
    clock.advance(2_000);
    expect(dueOf(await dueIndex.find("0", everything))).toEqual([aBill().progress.cursor?.due]);
    await bills.save(aBill({ version: 2, progress: { done: [] } }), 1);
    clock.advance(1_999);
    expect(await dueIndex.find("0", everything)).toHaveLength(1);
    clock.advance(1);
    expect(await dueIndex.find("0", everything)).toEqual([]);
  });

  it("shows the writes of one item in their order, however late the first of them comes", async () => {
    const { bills, dueIndex, clock, control } = memoryPorts({ lagMs: () => 5_000 });
    await bills.save(aBill(), 0);
    control.lagMs = () => 1_000;
    await bills.save(aBill({ version: 2, progress: { done: [] } }), 1);
    clock.advance(1_000);
    expect(await dueIndex.find("0", everything)).toEqual([]);
    clock.advance(4_000);
    expect(await dueIndex.find("0", everything)).toEqual([]);
  });

  it("spreads bills over the lanes of their codes", async () => {
    const { bills, dueIndex } = memoryPorts({ lanes: 8 });
    await bills.save(aBill(), 0);
    expect(await dueIndex.find(laneOf(code, 8), everything)).toHaveLength(1);
  });
});

describe("a read in memory that may be stale", () => {
  it("misses the newest write, and a consistent one does not", async () => {
    const { bills } = memoryPorts({ staleReads: () => true });
    await bills.save(aBill(), 0);
    expect(await bills.get(code)).toBeUndefined();
    expect(await bills.story(code)).toEqual({ payments: [], notifications: [], opens: [] });
    await bills.save(aBill({ version: 2 }), 1);
    expect(await bills.get(code)).toMatchObject({ version: 1 });
    expect(await bills.get(code, { consistent: true })).toMatchObject({ version: 2 });
  });

  it("does not keep a write from seeing what is stored", async () => {
    const { bills, payments } = memoryPorts({ staleReads: () => true });
    await bills.save(aBill(), 0);
    expect(await bills.save(aBill(), 0)).toBe(false);
    await payments.add(aPayment());
    expect(await payments.add(aPayment({ receivedAt: 1 }))).toEqual(aPayment());
  });
});

describe("a hook on the ports in memory", () => {
  it("that throws before a call leaves nothing behind", async () => {
    const { bills, control } = memoryPorts();
    control.beforeCall = (port, method) => {
      if (`${port}.${method}` === "bills.save") throw providerError("the table is away");
    };
    await expect(bills.save(aBill(), 0)).rejects.toMatchObject({ code: "provider-error" });
    control.beforeCall = undefined;
    expect(await bills.get(code)).toBeUndefined();
  });

  it("that throws after a call is a lost reply: the write is there", async () => {
    const { bills, control } = memoryPorts();
    control.afterCall = () => Promise.reject(providerError("the reply was lost"));
    await expect(bills.save(aBill(), 0)).rejects.toMatchObject({ code: "provider-error" });
    control.afterCall = undefined;
    expect(await bills.get(code)).toBeDefined();
  });

  it("is told of every call of every port, queues, bus and iterations included", async () => {
    const calls: string[] = [];
    const ports = memoryPorts({ beforeCall: (port, method) => void calls.push(`${port}.${method}`) });
    await ports.linkCodes.candidates(aBill().biller, aBill().billId);
    await ports.dueQueues.send([]);
    await ports.events.publish([]);
    await ports.smsReferences.put("reference", { code, step: "issued", hop: 0 });
    await Array.fromAsync(ports.imports.findRejects({ biller: aBill().biller, importId: "imp" as never }));
    expect(calls).toEqual([
      "linkCodes.candidates",
      "dueQueues.send",
      "events.publish",
      "smsReferences.put",
      "imports.findRejects",
    ]);
  });

  it("may use a port itself, so that another writer comes between", async () => {
    const { bills, control } = memoryPorts();
    control.beforeCall = async () => {
      control.beforeCall = undefined;
      await bills.save(aBill({ title: "First" }), 0);
    };
    expect(await bills.save(aBill({ title: "Second" }), 0)).toBe(false);
    expect(await bills.get(code)).toMatchObject({ title: "First" });
  });
});

describe("what surrounds the stores in memory", () => {
  it("has a clock that stands still until it is moved", () => {
    const { clock } = memoryPorts();
    expect(clock.now()).toBe(issueMorning);
    clock.advance(5);
    expect(clock.now()).toBe(issueMorning + 5);
    clock.set(7);
    expect(clock.now()).toBe(7);
  });

  it("keeps what is queued until it is taken", async () => {
    const { dueQueues } = memoryPorts();
    const message = { pk: "BILL#1", sk: "BILL", due: "2026-11-15T04:31#b#sms#issued#0" };
    await dueQueues.send([message]);
    expect(dueQueues.sent).toEqual([message]);
    expect(dueQueues.take()).toEqual([message]);
    expect(dueQueues.sent).toEqual([]);
  });

  it("keeps what is published", async () => {
    const { events } = memoryPorts();
    const event = { type: "bill.paid", eventId: "1", biller: aBill().biller, at: 1 } as const;
    await events.publish([event]);
    expect(events.published).toEqual([event]);
  });

  it("gives each nonce once, and one code per link key, newest first", async () => {
    const { nonces, linkCodes } = memoryPorts({ linkKeys: ["2", "1"] });
    expect([nonces.next(), nonces.next()]).toEqual(["nonce-1", "nonce-2"]);
    const candidates = await linkCodes.candidates(aBill().biller, aBill().billId);
    expect(candidates.map((candidate) => candidate.slice(0, 1))).toEqual(["2", "1"]);
    expect(candidates[1]).toBe(code);
  });

  it("shows what an SMS reference leads to, and the payments that match no bill", async () => {
    const { smsReferences, payments } = memoryPorts();
    const key = { code, step: "issued", hop: 0 };
    await smsReferences.put("reference", key);
    expect(smsReferences.find("reference")).toEqual(key);
    await payments.keepUnmatched(aPayment());
    expect(payments.unmatched).toEqual([aPayment()]);
    await payments.forgetUnmatched(aPayment());
    expect(payments.unmatched).toEqual([]);
  });
});
