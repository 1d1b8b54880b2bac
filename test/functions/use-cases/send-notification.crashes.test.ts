import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const died = new Error("the Lambda died");

/** A bill whose first reminder is due now, and the message that says so. */
async function due(options: Parameters<typeof billWorld>[0] = {}) {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), ...options });
  await world.register();
  const message = await world.dueMessage();
  world.ports.clock.set(kolkata("2026-11-15 10:01"));
  /** The next call of a port dies, before or after it has had its effect; once. */
  const failAt = (call: string, when: "before" | "after", error: Error = died) => {
    const hook = (port: string, method: string) => {
      if (`${port}.${method}` !== call) return;
      world.control.beforeCall = world.control.afterCall = undefined;
      throw error;
    };
    if (when === "before") world.control.beforeCall = hook;
    else world.control.afterCall = hook;
  };
  /** What the queue does with a message that failed: hands it out again when it is visible again. */
  const redeliver = () => {
    world.ports.clock.advance(180_000);
    return world.send(message, { receiveCount: 2 });
  };
  return { ...world, message, failAt, redeliver };
}

describe("a sender that dies", () => {
  it.each([
    ["before its claim is written", "bills.save", "before"],
    ["while it prepares", "suppressions.get", "before"],
    ["while it reads the bill", "bills.story", "after"],
  ] as const)("%s has promised nothing: the message is sent when it comes again", async (_when, call, edge) => {
    const { failAt, send, message, redeliver, sent, told } = await due();
    failAt(call, edge);
    await expect(send(message)).rejects.toThrow();
    expect(sent()).toEqual([]);
    expect(await redeliver()).toEqual({ outcome: "accepted" });
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it.each([
    ["between claim and call", "carrier.send", "before", 0],
    ["between call and record", "carrier.send", "after", 1],
    ["in the record", "notifications.record", "before", 1],
  ] as const)(
    "%s leaves a visible unknown, is not repeated, and the next hop goes out",
    async (_when, call, edge, calls) => {
      const { failAt, send, message, redeliver, sendNext, calls: made, sent, told } = await due();
      failAt(call, edge);
      await expect(send(message)).rejects.toThrow();
      expect(made).toHaveLength(calls);
      expect(await redeliver()).toEqual({ outcome: "unknown" });
      expect(await told()).toEqual(["issued 0 whatsapp: unknown"]);
      expect(await sendNext()).toEqual({ outcome: "accepted" });
      expect(sent().filter((what) => what === "whatsapp issued")).toHaveLength(calls);
      expect(await told()).toEqual(["issued 0 whatsapp: unknown", "issued 1 sms: accepted"]);
    },
  );

  it("after its record has done its work", async () => {
    const { failAt, send, message, redeliver, sent, told } = await due();
    failAt("notifications.record", "after");
    await expect(send(message)).rejects.toThrow();
    expect(await redeliver()).toEqual({ outcome: "stale" });
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it("and whose message is lost too leaves an unknown all the same, when the next hop comes", async () => {
    const { failAt, send, message, sendNext, told, sent } = await due();
    failAt("carrier.send", "before");
    await expect(send(message)).rejects.toThrow();
    expect(await sendNext()).toEqual({ outcome: "accepted", also: ["unknown"] });
    expect(sent()).toEqual(["sms issued"]);
    expect((await told()).toSorted()).toEqual(["issued 0 whatsapp: unknown", "issued 1 sms: accepted"]);
  });

  it("is given time to finish before its claim is called unknown", async () => {
    const { failAt, send, message, ports, told, report, sendNext } = await due();
    failAt("carrier.send", "before");
    await expect(send(message)).rejects.toThrow();
    ports.clock.advance(29_000);
    expect(await send(message, { receiveCount: 2 })).toEqual({ outcome: "stale" });
    expect(await told()).toEqual([]);
    await report({ step: "issued", hop: 0, channel: "whatsapp", status: "failed" });
    await sendNext();
    expect(await told()).toEqual(["issued 0 whatsapp: technical-failure, not-stated", "issued 1 sms: accepted"]);
  });
});

describe("a claim whose answer was lost", () => {
  it("is known by its nonce when the write was answered with a refusal", async () => {
    const { ports, send, message, sent, told } = await due();
    const { save } = ports.bills;
    ports.bills.save = async (...args) => {
      ports.bills.save = save;
      return !(await save(...args));
    };
    expect(await send(message)).toEqual({ outcome: "accepted" });
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it("is known by its nonce when the write was answered with an error", async () => {
    const { failAt, send, message, sent, told } = await due();
    failAt("bills.save", "after", providerError("the answer was lost"));
    expect(await send(message)).toEqual({ outcome: "accepted" });
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it("is another's where the nonce is: nothing is sent", async () => {
    const { control, message, send, sent } = await due();
    let inner: Promise<unknown> | undefined;
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "bills.save" || inner) return;
      inner = send(message);
      await inner;
    };
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect(await inner).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["whatsapp issued"]);
  });
});

describe("several at once", () => {
  it("call the carrier once, however many workers have the same message", async () => {
    const { send, message, sent, told } = await due();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => send(message)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["accepted", ...Array(4).fill("stale")]);
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it("announce nothing when the bill is paid between prepare and claim", async () => {
    const { control, send, message, pay, sent, told } = await due();
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "suppressions.get") return;
      control.beforeCall = undefined;
      await pay();
    };
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect([sent(), await told()]).toEqual([[], []]);
  });

  it("say the new amount when the bill is amended between prepare and claim", async () => {
    const { control, send, message, register, calls } = await due();
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "suppressions.get") return;
      control.beforeCall = undefined;
      await register({ amountDue: { value: 99_900, currency: "INR" } });
    };
    const { outcome } = await send(message);
    expect(["accepted", "stale"]).toContain(outcome);
    expect(calls.every(({ wording }) => wording.channel === "whatsapp" && wording.parameters.includes("₹999.00"))).toBe(
      true,
    );
  });

  it("give way to a reader that sees what was written long ago: it reads again", async () => {
    const { control, send, message, sent } = await due();
    await send(message);
    control.staleReads = () => true;
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect(sent()).toEqual(["whatsapp issued"]);
  });
});

describe("a message that never works", () => {
  it("is left to the queue four times, and ends its hop as a technical failure at the fifth", async () => {
    const { control, send, message, ports, told, sendNext, sent } = await due();
    control.beforeCall = (port) => {
      if (port === "suppressions") throw providerError("the table is away");
    };
    for (let receiveCount = 1; receiveCount < 5; receiveCount++) {
      await expect(send(message, { receiveCount })).rejects.toThrow("the table is away");
      ports.clock.advance(180_000);
    }
    expect(await told()).toEqual([]);
    expect(await send(message, { receiveCount: 5 })).toEqual({ outcome: "given-up" });
    control.beforeCall = undefined;
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toEqual([
      "issued 0 whatsapp: technical-failure, could-not-be-prepared",
      "issued 1 sms: accepted",
    ]);
  });

  it("on the only channel ends the step, and the next step is sent", async () => {
    const world = await due({ biller: aBiller({ hops: [{ channel: "whatsapp" }] }) });
    world.control.beforeCall = (port) => {
      if (port === "suppressions") throw providerError("the table is away");
    };
    expect(await world.send(world.message, { receiveCount: 5 })).toEqual({ outcome: "given-up" });
    world.control.beforeCall = undefined;
    expect(await world.sendNext()).toEqual({ outcome: "accepted" });
    expect(world.sent()).toEqual(["whatsapp due-soon"]);
  });

  it("gives nothing up while an earlier claim may still be at work", async () => {
    const { failAt, send, message, ports, report, dueMessage, told } = await due();
    failAt("carrier.send", "before");
    await expect(send(message)).rejects.toThrow();
    const next = await dueMessage();
    await expect(send(next, { receiveCount: 5 })).rejects.toMatchObject({ code: "not-ready" });
    ports.clock.advance(40_000);
    await report({ step: "issued", hop: 0, channel: "whatsapp" });
    expect(await told()).toEqual(["issued 0 whatsapp: delivered"]);
  });
});
