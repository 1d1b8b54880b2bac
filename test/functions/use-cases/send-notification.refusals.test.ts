import { describe, expect, it } from "vitest";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { SendResult } from "../../../functions/ports.ts";
import { billWorld, dueMoment, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const later: SendResult = { outcome: "refused-for-now", reason: "throttled" };
const never: SendResult = { outcome: "refused", kind: "permanent-failure", reason: "not-on-whatsapp" };
const silent: SendResult = { outcome: "unknown", reason: "http-500" };

async function atFirstStop() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  return world;
}

describe("a carrier that refuses for now", () => {
  it("is asked again later, with growing waits, for the same hop", async () => {
    const { carriers, sendNext, story, ports, sent, told } = await atFirstStop();
    carriers.whatsapp.answerWith(later, later, later);
    const waits: number[] = [];
    for (let n = 0; n < 3; n++) {
      expect(await sendNext()).toEqual({ outcome: "refused-for-now" });
      const { progress } = (await story()).bill ?? {};
      expect(progress).toMatchObject({ cursor: { step: "issued", hop: 0, refused: n + 1 } });
      expect(progress).not.toHaveProperty("claim");
      waits.push((dueMoment(progress?.cursor?.due ?? "") - ports.clock.now()) / minuteMs);
    }
    expect(waits).toEqual([1, 2, 4]);
    expect(await told()).toEqual([]);
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(Array(4).fill("whatsapp issued"));
    expect(await told()).toEqual(["issued 0 whatsapp: accepted"]);
  });

  it("ends the hop after six times, and the next channel is tried at once", async () => {
    const { carriers, sendNext, ports, sent, told } = await atFirstStop();
    carriers.whatsapp.answerWith(...Array<SendResult>(7).fill(later));
    for (let n = 0; n < 6; n++) expect(await sendNext()).toEqual({ outcome: "refused-for-now" });
    expect(await sendNext()).toEqual({ outcome: "refused" });
    const ended = ports.clock.now();
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now() - ended).toBeLessThanOrEqual(2 * minuteMs);
    expect(sent()).toEqual([...Array(7).fill("whatsapp issued"), "sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: temporary-failure, throttled", "issued 1 sms: accepted"]);
  });

  it("gives a bill that was amended meanwhile no second try, since its claim cannot be taken back", async () => {
    const { carriers, sendNext, register, told, story } = await atFirstStop();
    carriers.whatsapp.answerWith(async () => {
      await register({ amountDue: { value: 99_900, currency: "INR" } });
      return later;
    });
    expect(await sendNext()).toEqual({ outcome: "refused" });
    expect(await told()).toEqual(["issued 0 whatsapp: temporary-failure, throttled"]);
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "issued", hop: 1 });
  });

  it("is not said to have failed when only the answer to taking the claim back was lost", async () => {
    const { carriers, ports, sendNext, told, sent } = await atFirstStop();
    const { save } = ports.bills;
    carriers.whatsapp.answerWith(() => {
      ports.bills.save = async (...args) => {
        ports.bills.save = save;
        await save(...args);
        return false;
      };
      return later;
    });
    expect(await sendNext()).toEqual({ outcome: "refused-for-now" });
    expect(await told()).toEqual([]);
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect([sent(), await told()]).toEqual([Array(2).fill("whatsapp issued"), ["issued 0 whatsapp: accepted"]]);
  });
});

describe("a carrier that refuses for good", () => {
  it("makes room for the next channel at once", async () => {
    const { carriers, sendNext, ports, sent, told } = await atFirstStop();
    carriers.whatsapp.answerWith(never);
    expect(await sendNext()).toEqual({ outcome: "refused" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBe(kolkata("2026-11-15 10:03"));
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: permanent-failure, not-on-whatsapp", "issued 1 sms: accepted"]);
  });

  it("on the last channel ends the step, and the next step comes at its own time", async () => {
    const { register, sendNext, carriers, ports, story } = await billWorld({
      biller: aBiller({ hops: [{ channel: "whatsapp" }] }),
    });
    await register();
    carriers.whatsapp.answerWith(never);
    await sendNext();
    expect((await story()).bill?.progress).toMatchObject({ done: ["issued"], cursor: { step: "due-soon" } });
    await sendNext();
    expect(ports.clock.now()).toBe(kolkata("2026-11-27 10:01"));
  });
});

describe("a carrier that does not answer", () => {
  it("leaves an unknown that is never repeated on its channel; the next channel waits its turn", async () => {
    const { carriers, sendNext, send, dueMessage, ports, sent, told } = await atFirstStop();
    const message = await dueMessage();
    carriers.whatsapp.answerWith(silent);
    expect(await sendNext()).toEqual({ outcome: "unknown" });
    expect(await send(message, { receiveCount: 2 })).toEqual({ outcome: "stale" });
    expect(await told()).toEqual(["issued 0 whatsapp: unknown"]);
    await sendNext();
    expect(ports.clock.now()).toBe(kolkata("2026-11-15 10:32"));
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
  });

  it("is settled by a delivery receipt that comes late", async () => {
    const { carriers, sendNext, report, sent, told } = await atFirstStop();
    carriers.whatsapp.answerWith(silent);
    await sendNext();
    await report({ step: "issued", hop: 0, channel: "whatsapp" });
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect(sent()).toEqual(["whatsapp issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: delivered", "issued 1 sms: not-sent, delivered-earlier"]);
  });

  it("is cut off by the signal before the Lambda ends", async () => {
    const { carriers, dueMessage, send, ports } = await atFirstStop();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    carriers.whatsapp.answerWith("silent");
    const started = Date.now();
    const outcome = await send(message, { deadline: ports.clock.now() + 5_050 });
    expect(outcome).toEqual({ outcome: "unknown" });
    expect(Date.now() - started).toBeLessThan(4_000);
  });

  it("is not called at all when too little time is left for the call and its record", async () => {
    const { dueMessage, send, ports, sent, story } = await atFirstStop();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    await expect(send(message, { deadline: ports.clock.now() + 4_500 })).rejects.toMatchObject({ code: "not-ready" });
    expect(sent()).toEqual([]);
    expect((await story()).bill?.progress.claim).toBeUndefined();
  });
});
