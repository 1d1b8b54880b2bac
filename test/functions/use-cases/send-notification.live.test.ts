import { describe, expect, it } from "vitest";
import type { FetchedBill } from "../../../functions/domain/live-bill.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Money } from "../../../functions/domain/money.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const billFetch = { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } };
const biller = aBiller({ billFetch });
const rupees = (value: number) => ({ value, currency: "INR" }) as Money;
const due = (value: number, more: object = {}): FetchedBill =>
  ({ outcome: "due", amountDue: rupees(value), ...more }) as FetchedBill;

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller });
  await world.register();
  const stored = async () => {
    const { bill } = await world.story();
    if (!bill) throw new Error("there is no bill");
    return bill;
  };
  return { ...world, stored };
}

const textOf = (message: unknown): string => JSON.stringify(message);

describe("a reminder whose biller has a system of its own", () => {
  it("says what that system says, and the bill holds it before the claim", async () => {
    const { ports, sendNext, calls, stored } = await registered();
    ports.liveBills.answer = due(131_000);
    const held: number[] = [];
    ports.control.beforeCall = async (port) => {
      if (port === "carrier") held.push((await stored()).amountDue.value);
    };
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(textOf(calls[0]?.wording)).toContain("1,310.00");
    expect(held).toEqual([131_000]);
    expect(await stored()).toMatchObject({ amountDue: rupees(131_000), progress: { claim: { step: "issued" } } });
    expect(ports.liveBills.asked).toHaveLength(1);
  });

  it("goes out in the same minute, however often the amount changes", async () => {
    const { ports, sendNext, sent } = await registered();
    let value = 130_000;
    ports.control.beforeCall = (port, method) => {
      if (port === "liveBills" && method === "fetch") ports.liveBills.answer = due(value++);
    };
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["whatsapp issued"]);
  });

  it("is not sent when nothing is due; the next step asks again", async () => {
    const { ports, sendNext, sent, told, stored } = await registered();
    ports.liveBills.answer = { outcome: "nothing-due" };
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect(await told()).toEqual(["issued 0 whatsapp: not-sent, nothing-due"]);
    expect((await stored()).progress.cursor).toMatchObject({ step: "due-soon", hop: 0 });
    ports.liveBills.answer = due(124_900);
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["whatsapp due-soon"]);
  });

  it("waits for its day when the due date has moved", async () => {
    const { ports, sendNext, report, sent, stored, dueMessage } = await registered();
    ports.liveBills.answer = due(124_900);
    await sendNext();
    await report({ step: "issued", channel: "whatsapp", hop: 0 });
    await sendNext();
    expect((await dueMessage()).due).toContain("due-soon#0");
    ports.liveBills.answer = due(124_900, { dueDate: "2026-12-20" });
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued"]);
    const { dueDate, progress } = await stored();
    expect(dueDate).toBe("2026-12-20");
    expect(progress.cursor).toMatchObject({ step: "due-soon", at: kolkata("2026-12-17 10:00") });
  });

  it("goes out as it is stored when the system does not answer", async () => {
    const { sendNext, calls, ports, stored } = await registered();
    ports.liveBills.answer = { outcome: "failed", reason: "server-error" };
    expect(await sendNext()).toEqual({
      outcome: "accepted",
      also: ["live-failed"],
      liveFailed: { biller: (await stored()).biller, reason: "server-error" },
    });
    expect(textOf(calls[0]?.wording)).toContain("1,249.00");
    expect(ports.liveBills.asked).toHaveLength(1);
  });

  it("tells of one failure, with its first reason, when it is looked at again", async () => {
    const { ports, sendNext, stored, control } = await registered();
    const { code } = await stored();
    await ports.liveBillCache.put(code, {
      fetched: due(131_000),
      at: ports.clock.now(),
      since: ports.clock.now(),
      refunds: {},
    });
    const reasons = ["timed-out", "failed-lately"];
    control.beforeCall = (port, method) => {
      if (port === "liveBills" && method === "fetch")
        ports.liveBills.answer = { outcome: "failed", reason: reasons.shift() ?? "" };
    };
    expect(await sendNext()).toMatchObject({ also: ["live-failed"], liveFailed: { reason: "timed-out" } });
    expect(ports.liveBills.asked).toHaveLength(2);
  });

  it("asks nobody when too little time is left to wait for an answer", async () => {
    const { ports, send, dueMessage } = await registered();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    const deadline = ports.clock.now() + 15_000;
    expect(await send(await dueMessage(), { deadline })).toEqual({ outcome: "accepted" });
    expect(ports.liveBills.asked).toHaveLength(0);
  });

  it("asks nobody for a receipt", async () => {
    const { ports, pay, sendNext } = await registered();
    await pay();
    await sendNext("pay_0001");
    expect(ports.liveBills.asked).toHaveLength(0);
  });

  it("ends its hop when what was said cannot be written at the last try", async () => {
    const { ports, send, dueMessage, told, control } = await registered();
    ports.liveBills.answer = due(131_000);
    ports.clock.set(kolkata("2026-11-15 10:01"));
    const message = await dueMessage();
    let fails = 1;
    control.beforeCall = (port, method) => {
      if (port === "bills" && method === "save" && fails-- > 0) throw new Error("throttled");
    };
    expect(await send(message, { receiveCount: 5, maxReceives: 5 })).toEqual({ outcome: "given-up" });
    expect(await told()).toEqual(["issued 0 whatsapp: technical-failure, could-not-be-prepared"]);
  });
});

describe("a crash while a biller's own system is heard", () => {
  it.each([
    ["before the answer is kept", "liveBillCache", "put", "before"],
    ["after the answer is kept", "liveBillCache", "put", "after"],
    ["before the bill is amended", "bills", "save", "before"],
    ["between the amendment and the claim", "bills", "save", "after"],
  ] as const)("%s sends nothing twice, and what is sent is what is held", async (_when, port, method, side) => {
    const { ports, send, dueMessage, sent, calls, stored, control } = await registered();
    ports.liveBills.answer = due(131_000);
    ports.clock.set(kolkata("2026-11-15 10:01"));
    const message = await dueMessage();
    const crash = (at: string, called: string) => {
      if (at !== port || called !== method) return;
      control.beforeCall = undefined;
      control.afterCall = undefined;
      throw new Error("the Lambda died");
    };
    if (side === "before") control.beforeCall = crash;
    else control.afterCall = crash;
    await expect(send(message)).rejects.toThrow("the Lambda died");
    expect(sent()).toEqual([]);
    ports.clock.advance(2 * minuteMs);
    expect(await send(message)).toEqual({ outcome: "accepted" });
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect(sent()).toEqual(["whatsapp issued"]);
    expect(textOf(calls[0]?.wording)).toContain("1,310.00");
    expect((await stored()).amountDue).toEqual(rupees(131_000));
  });
});
