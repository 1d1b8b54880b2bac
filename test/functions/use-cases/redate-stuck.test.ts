import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import { redateStuck } from "../../../functions/use-cases/redate-stuck.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";

/** A bill whose due messages can be lost on their way. */
async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  const { ports, sweep } = world;
  const redate = () => redateStuck(ports, { lane: "0", deadline: ports.clock.now() + 30_000 });
  /** Sweeps until something is queued, and loses it. */
  const lose = async () => {
    for (let n = 0; n < 100 && ports.dueQueues.sent.length === 0; n++) {
      ports.clock.advance(minuteMs);
      await sweep();
    }
    return ports.dueQueues.take();
  };
  /** The slow pass once what was lost for the `nth` time is old enough. */
  const redateLater = (nth = 1) => {
    ports.clock.advance((nth === 1 ? 41 : nth === 2 ? 181 : 1_441) * minuteMs);
    return redate();
  };
  return { ...world, redate, redateLater, lose };
}

describe("redate-stuck", () => {
  it("dates a bill anew whose due message was lost, so that it is swept again", async () => {
    const { lose, redateLater, send, sent, ports, sweep, told } = await registered();
    const [lost] = await lose();
    expect(await redateLater()).toEqual({ redated: 1, ended: 0, failed: 0 });
    const [again] = await lose();
    expect(again).toMatchObject({ pk: lost?.pk, sk: "BILL" });
    expect(again?.due).not.toBe(lost?.due);
    if (again) await send(again);
    await sweep();
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
    expect(ports.dueQueues.sent).toEqual([]);
  });

  it("makes the lost message stale, should it turn up after all", async () => {
    const { lose, redateLater, send, sent } = await registered();
    const [lost] = await lose();
    await redateLater();
    expect(lost && (await send(lost))).toEqual({ outcome: "stale" });
    expect(sent()).toEqual([]);
  });

  it("leaves alone what may still be under way in its queue, and what is not swept yet", async () => {
    const { lose, redate, ports } = await registered();
    expect(await redate()).toEqual({ redated: 0, ended: 0, failed: 0 });
    await lose();
    ports.clock.advance(15 * minuteMs);
    expect(await redate()).toEqual({ redated: 0, ended: 0, failed: 0 });
  });

  it("leaves alone what the sweep has yet to find after an outage", async () => {
    const { ports, redate, sweep } = await registered();
    await sweep();
    ports.clock.advance(24 * 60 * minuteMs);
    expect(await redate()).toEqual({ redated: 0, ended: 0, failed: 0 });
    await sweep();
    expect(ports.dueQueues.sent).toHaveLength(1);
  });

  it("ends the hop as a technical failure the third time, and the next hop goes out", async () => {
    const { lose, redateLater, sendNext, sent, told } = await registered();
    for (const nth of [1, 2]) {
      await lose();
      expect(await redateLater(nth)).toEqual({ redated: 1, ended: 0, failed: 0 });
    }
    await lose();
    expect(await redateLater(3)).toEqual({ redated: 0, ended: 1, failed: 0 });
    await sendNext();
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: technical-failure, left-behind", "issued 1 sms: accepted"]);
  });

  it("is patient with what was lost before, so that an outage of the senders costs no hop", async () => {
    const { lose, redateLater, redate, ports } = await registered();
    await lose();
    await redateLater(1);
    await lose();
    ports.clock.advance(170 * minuteMs);
    expect(await redate()).toEqual({ redated: 0, ended: 0, failed: 0 });
    ports.clock.advance(11 * minuteMs);
    expect(await redate()).toEqual({ redated: 1, ended: 0, failed: 0 });
    await lose();
    ports.clock.advance(23 * 60 * minuteMs);
    expect(await redate()).toEqual({ redated: 0, ended: 0, failed: 0 });
  });

  it("goes past an item that cannot be read to those behind it", async () => {
    const { lose, redateLater, control, pay, ports } = await registered();
    await pay({ amount: { value: 100, currency: "INR" } });
    ports.dueQueues.take();
    await lose();
    await lose();
    let reads = 0;
    control.beforeCall = (port, method) => {
      if (`${port}.${method}` === "bills.story" && reads++ === 0) throw providerError("odd");
    };
    expect(await redateLater()).toEqual({ redated: 1, ended: 0, failed: 1 });
  });

  it("counts every hop anew", async () => {
    const { lose, redateLater, sendNext, story } = await registered();
    await lose();
    await redateLater();
    await sendNext();
    await lose();
    expect(await redateLater()).toEqual({ redated: 1, ended: 0, failed: 0 });
    expect((await story()).bill?.progress.cursor).toMatchObject({ hop: 1, redated: 1 });
  });

  it("picks up a receipt that was lost", async () => {
    const { pay, lose, redateLater, sendNext, sent, ports } = await registered();
    await pay();
    ports.dueQueues.take();
    await lose();
    expect(await redateLater()).toEqual({ redated: 1, ended: 0, failed: 0 });
    await sendNext("pay_0001");
    expect(sent()).toEqual(["whatsapp receipt"]);
  });

  it("never ends the last look at a bill or a receipt: nothing is sent again for it, however often it was lost", async () => {
    const { pay, lose, redateLater, sendNext, sent, told, story, ports } = await registered();
    await pay();
    for (let n = 0; n < 3; n++) await sendNext("pay_0001");
    expect((await story()).payments[0]?.progress.cursor).toMatchObject({ step: "close" });
    ports.dueQueues.take();
    for (const nth of [1, 2, 3, 4, 5]) {
      await lose();
      expect(await redateLater(nth)).toEqual({ redated: 1, ended: 0, failed: 0 });
    }
    expect(await sendNext("pay_0001")).toEqual({ outcome: "passed" });
    expect((await story()).payments[0]?.progress.cursor).toBeUndefined();
    expect(sent()).toEqual(["whatsapp receipt", "sms receipt", "email receipt"]);
    expect(await told()).toHaveLength(3);
  });

  it("gives way to a sender that writes the bill at the same moment", async () => {
    const { lose, ports, control, send, redate, sent } = await registered();
    const [lost] = await lose();
    ports.clock.advance(41 * minuteMs);
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "bills.save") return;
      control.beforeCall = undefined;
      if (lost) await send(lost);
    };
    expect(await redate()).toEqual({ redated: 0, ended: 0, failed: 0 });
    expect(sent()).toEqual(["whatsapp issued"]);
  });
});
