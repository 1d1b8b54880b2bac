import { describe, expect, it } from "vitest";
import { billView } from "../../../functions/domain/bill-view.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { SendResult, Slot } from "../../../functions/ports.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

type Settings = Parameters<typeof aBiller>[0];

/** A bill at its first stop, for a biller with these settings; `slots` are what its lines answer first. */
async function atFirstStop(settings: Settings = {}, ...slots: readonly Slot[]) {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: aBiller(settings) });
  const answers = [...slots];
  const reserved: unknown[] = [];
  const reports: string[] = [];
  const { reserve } = world.ports.pace;
  Object.assign(world.ports.pace, {
    reserve: async (request: Parameters<typeof reserve>[0]) => {
      reserved.push(request);
      return answers.shift() ?? (await reserve(request));
    },
    report: async (line: string, how: string) => void reports.push(`${line} ${how}`),
  });
  await world.register();
  return { ...world, reserved, reports };
}

const tenOClock = kolkata("2026-11-15 10:01");

/** Sends what is due at ten o'clock by a sender that dies when it calls the bus, and hands the message out again once it is surely dead. */
async function dieAtTheBusAndReceiveAgain(world: Awaited<ReturnType<typeof atFirstStop>>): Promise<void> {
  const { dueMessage, send, ports, control } = world;
  const message = await dueMessage();
  ports.clock.set(tenOClock);
  control.beforeCall = (port) => {
    if (port === "events") throw new Error("the Lambda died");
  };
  await expect(send(message)).rejects.toThrow("the Lambda died");
  control.beforeCall = undefined;
  ports.clock.set(tenOClock + 3 * minuteMs);
  expect(await send(message)).toEqual({ outcome: "stale" });
}

describe("a sender with a rate", () => {
  it("reserves a slot for every message, SMS by their parts", async () => {
    const { sendNext, reserved } = await atFirstStop({ hops: [{ channel: "sms" }] });
    await sendNext();
    expect(reserved).toEqual([{ line: "sns", perSecond: 20, units: expect.any(Number), biller: "example-power" }]);
    expect(reserved[0]).toHaveProperty("units", 2);
  });

  it("waits for a slot that is seconds away", async () => {
    const { sendNext, ports, sent } = await atFirstStop({}, { outcome: "slot", at: tenOClock + 2_000 });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBe(tenOClock + 2_000);
    expect(sent()).toEqual(["whatsapp issued"]);
  });

  it("puts a message whose slot is minutes away back into its queue until then, and nothing is claimed", async () => {
    const slot = tenOClock + 4 * minuteMs;
    const { sendNext, ports, sent, dueMessage, story, reserved, send } = await atFirstStop(
      {},
      { outcome: "slot", at: slot },
    );
    const message = await dueMessage();
    expect(await sendNext()).toEqual({ outcome: "delayed" });
    expect(sent()).toEqual([]);
    expect((await story()).bill?.progress).not.toHaveProperty("claim");
    const [delayed] = ports.delayedQueue.delayed;
    expect(delayed?.message).toEqual({ ...message, slot });
    expect(delayed?.delaySeconds).toBeGreaterThan(230);
    expect(delayed?.delaySeconds).toBeLessThan(240);

    ports.clock.set(slot - 1_000);
    expect(await send({ ...message, slot })).toEqual({ outcome: "accepted" });
    expect(reserved[1]).toHaveProperty("slot", slot);
  });

  it("dates a message anew for which there is no room for long", async () => {
    const at = tenOClock + 60 * minuteMs;
    const { sendNext, sent, story, told } = await atFirstStop({}, { outcome: "later", at });
    expect(await sendNext()).toEqual({ outcome: "deferred" });
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "issued", hop: 0, at });
    expect(sent()).toEqual([]);
    expect(await told()).toEqual([]);
    expect(await sendNext()).toEqual({ outcome: "accepted" });
  });
});

describe("a provider that is down", () => {
  const down: Slot = { outcome: "open-circuit", until: tenOClock + 5 * minuteMs };

  it("is not called: the step goes on by its next channel at once", async () => {
    const { sendNext, sent, told } = await atFirstStop({}, down);
    expect(await sendNext()).toEqual({ outcome: "circuit-open" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: technical-failure, provider-down", "issued 1 sms: accepted"]);
  });

  it("is waited for where no other channel is left", async () => {
    const { sendNext, sent, told, ports } = await atFirstStop({ hops: [{ channel: "whatsapp" }] }, down);
    expect(await sendNext()).toEqual({ outcome: "circuit-open" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBeGreaterThanOrEqual(down.until);
    expect(sent()).toEqual(["whatsapp issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: accepted"]);
  });

  it.each<[string, SendResult]>([
    ["up", { outcome: "accepted", providerReference: "provider-1" }],
    ["up", { outcome: "refused", kind: "permanent-failure", reason: "undeliverable" }],
    ["down", { outcome: "unknown", reason: "timed-out" }],
    ["down", { outcome: "refused-for-now", reason: "provider-unreachable" }],
    ["throttled", { outcome: "refused-for-now", reason: "throughput-limit" }],
  ])("its line is told that it is %s", async (how, answer) => {
    const { sendNext, carriers, reports } = await atFirstStop();
    carriers.whatsapp.answerWith(answer);
    await sendNext();
    expect(reports).toEqual([`whatsapp#200000000000001 ${how}`]);
  });

  it("is not blamed for a refusal that concerns our token or one customer", async () => {
    const { sendNext, carriers, reports } = await atFirstStop();
    carriers.whatsapp.answerWith({ outcome: "refused-for-now", reason: "not-authorized" });
    await sendNext();
    expect(reports).toEqual([]);
  });
});

describe("caps", () => {
  it("defer a reminder to the customer's next day, and its hop is sent then", async () => {
    const { sendNext, ports, sent, story, biller } = await atFirstStop({ caps: { perDay: 1 } });
    const taken = { biller: "example-power", customer: "10023", day: "2026-11-15", reminder: "another", limits: {} };
    await ports.caps.take(taken as unknown as Parameters<typeof ports.caps.take>[0]);
    expect(await sendNext()).toEqual({ outcome: "frequency-capped" });
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "issued", hop: 0, held: "frequency-cap" });
    const { bill } = await story();
    const about = { now: ports.clock.now(), linkBaseUrl: "https://pay.example.com" };
    expect(bill && billView(bill, biller, about).next).toMatchObject({ step: "issued", held: "frequency-cap" });
    expect(sent()).toEqual([]);
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBeGreaterThanOrEqual(kolkata("2026-11-16 00:00"));
  });

  it("count a step once, however many of its channels are tried", async () => {
    const { sendNext, sent } = await atFirstStop({ caps: { perDay: 1 } });
    await sendNext();
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
  });

  it("do not hold a receipt back", async () => {
    const { sendNext, pay, sent } = await atFirstStop({ caps: { perDay: 1 } });
    await sendNext();
    await pay({ paidAt: new Date(tenOClock + minuteMs).toISOString() });
    expect(await sendNext("pay_0001")).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["whatsapp issued", "whatsapp receipt"]);
  });

  it("on money pass a dear channel over, and the bus is told once that the cap was reached", async () => {
    const spend = { perDayUsd: "0.00001", prices: { "+91": "0.00278" } };
    const { sendNext, ports, sent, told } = await atFirstStop({
      whatsapp: { provider: "cloud-api", phoneNumberId: "200000000000001", spend },
    });
    expect(await sendNext()).toEqual({ outcome: "spend-capped" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: not-sent, spend-cap", "issued 1 sms: accepted"]);
    expect(ports.events.published).toMatchObject([
      { type: "spend-cap.reached", biller: "example-power", ids: { channel: "whatsapp", day: "2026-11-15" } },
    ]);
  });
});

describe("what is counted", () => {
  const sms = { provider: "sns", spend: { perDayUsd: "0.01000", prices: { "+91": "0.00400" } } } as const;

  it("is given back when the carrier refused, so that what was never sent costs nothing", async () => {
    const { sendNext, carriers, sent } = await atFirstStop({ hops: [{ channel: "sms" }], sms });
    const later: SendResult = { outcome: "refused-for-now", reason: "throttled" };
    carriers.sms.answerWith(later, later, later);
    for (let n = 0; n < 3; n++) expect(await sendNext()).toEqual({ outcome: "refused-for-now" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toHaveLength(4);
  });

  it("is no reminder that did not go out: the customer's day stays free for another bill", async () => {
    const down: Slot = { outcome: "open-circuit", until: tenOClock + 60 * minuteMs };
    const { sendNext, ports } = await atFirstStop({ hops: [{ channel: "whatsapp" }], caps: { perDay: 1 } }, down);
    expect(await sendNext()).toEqual({ outcome: "circuit-open" });
    const another = {
      biller: "example-power",
      customer: "10023",
      day: "2026-11-15",
      reminder: "b",
      limits: { perDay: 1 },
    };
    expect(await ports.caps.take(another as unknown as Parameters<typeof ports.caps.take>[0])).toBe("taken");
  });

  it("stays deferred when the bus fails, and is never given up", async () => {
    const spend = { perDayUsd: "0.00001", prices: { "+91": "0.00278" } };
    const { dueMessage, send, ports, control, story } = await atFirstStop({
      hops: [{ channel: "sms" }],
      sms: { provider: "sns", spend },
    });
    const message = await dueMessage();
    ports.clock.set(tenOClock);
    control.beforeCall = (port) => {
      if (port === "events") throw new Error("the bus is down");
    };
    await expect(send(message, { receiveCount: 5 })).rejects.toThrow("the bus is down");
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "issued", hop: 0, held: "spend-cap" });
    expect((await story()).notifications).toEqual([]);
  });
});

it("a refusal whose sender died after the record calls the next channel when the message comes again", async () => {
  const { dueMessage, send, sendNext, ports, control, carriers, sent } = await atFirstStop({
    notificationEvents: ["failed"],
  });
  carriers.whatsapp.answerWith({ outcome: "refused", kind: "permanent-failure", reason: "undeliverable" });
  const message = await dueMessage();
  ports.clock.set(tenOClock);
  let writes = 0;
  control.beforeCall = (port, method) => {
    if (port === "bills" && method === "save" && ++writes === 2) throw new Error("the Lambda died");
  };
  await expect(send(message)).rejects.toThrow("the Lambda died");
  control.beforeCall = undefined;
  ports.clock.set(tenOClock + 3 * minuteMs);
  expect(await send(message)).toEqual({ outcome: "stale" });
  await sendNext();
  expect(ports.clock.now()).toBeLessThan(tenOClock + 6 * minuteMs);
  expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
  expect(ports.events.published).toMatchObject([{ type: "notification.failed" }]);
});

it("a slot that passed while the last questions were asked is not used: another is reserved", async () => {
  const { sendNext, ports, reserved, control } = await atFirstStop({ caps: { perDay: 1 } });
  let slow = true;
  control.afterCall = (port) => {
    if (port === "caps" && slow) {
      slow = false;
      ports.clock.advance(2_000);
    }
  };
  expect(await sendNext()).toEqual({ outcome: "accepted" });
  expect(reserved).toHaveLength(2);
});

describe("what the bus is told of notifications", () => {
  it("is nothing, unless the biller asks for it", async () => {
    const { sendNext, ports } = await atFirstStop();
    await sendNext();
    expect(ports.events.published).toEqual([]);
  });

  it("is what the biller asks for, by ids only", async () => {
    const { sendNext, ports, carriers } = await atFirstStop({ notificationEvents: ["accepted", "failed"] });
    carriers.whatsapp.answerWith({ outcome: "refused", kind: "permanent-failure", reason: "undeliverable" });
    await sendNext();
    await sendNext();
    expect(ports.events.published).toMatchObject([
      { type: "notification.failed", ids: { step: "issued", hop: 0, channel: "whatsapp", reason: "undeliverable" } },
      { type: "notification.accepted", ids: { step: "issued", hop: 1, channel: "sms" } },
    ]);
    expect(JSON.stringify(ports.events.published)).not.toMatch(/98300|Asha|1249/);
  });

  it("names the channel that was not needed, since an earlier one got through", async () => {
    const { sendNext, ports, report } = await atFirstStop({ notificationEvents: ["not-sent"] });
    await sendNext();
    await report({ step: "issued", hop: 0, channel: "whatsapp" });
    await sendNext();
    const ids = { step: "issued", hop: 1, channel: "sms", reason: "delivered-earlier" };
    expect(ports.events.published).toMatchObject([{ type: "notification.not-sent", ids }]);
  });

  it("is told again when the sender died before it could, as the same event", async () => {
    const world = await atFirstStop({ notificationEvents: ["accepted"] });
    await dieAtTheBusAndReceiveAgain(world);
    expect(world.ports.events.published).toMatchObject([{ type: "notification.accepted" }]);
  });
});

it("an opt-out that a carrier told is put on the bus by the next receive, where its sender died first", async () => {
  const world = await atFirstStop({ hops: [{ channel: "sms" }] });
  const reason = "opted-out";
  world.carriers.sms.answerWith({ outcome: "refused", kind: "permanent-failure", reason, suppress: reason });
  await dieAtTheBusAndReceiveAgain(world);
  expect(world.ports.events.published).toMatchObject([{ type: "customer.opted-out", ids: { channel: "sms" } }]);
});

it("a price that cannot be given back turns no refusal into an unknown", async () => {
  const sms = { provider: "sns", spend: { perDayUsd: "1.00", prices: { "+91": "0.00278" } } } as const;
  const { dueMessage, send, ports, control, carriers, told } = await atFirstStop({ hops: [{ channel: "sms" }], sms });
  carriers.sms.answerWith({ outcome: "refused", kind: "permanent-failure", reason: "invalid-parameter" });
  const message = await dueMessage();
  ports.clock.set(tenOClock);
  control.beforeCall = (port, method) => {
    if (port === "spend" && method === "giveBack") throw new Error("the table is away");
  };
  await expect(send(message)).rejects.toThrow("the table is away");
  expect(await told()).toEqual(["issued 0 sms: permanent-failure, invalid-parameter"]);
});

it("an address that its carrier knows to be opted out is not messaged again", async () => {
  const optedOut = {
    outcome: "refused",
    kind: "permanent-failure",
    reason: "opted-out",
    suppress: "opted-out",
  } as const;
  const { sendNext, carriers, told, ports } = await atFirstStop({ hops: [{ channel: "sms" }] });
  carriers.sms.answerWith(optedOut);
  expect(await sendNext()).toEqual({ outcome: "refused" });
  await sendNext();
  expect(await told()).toEqual(["issued 0 sms: permanent-failure, opted-out", "due-soon 0 sms: not-sent, suppressed"]);
  expect(ports.events.published).toMatchObject([{ type: "customer.opted-out", ids: { channel: "sms" } }]);
});
