import { describe, expect, it } from "vitest";
import { billerRest } from "../../../functions/adapters/standard-webhooks/rest.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import { OwnEvent } from "../../../functions/messages.ts";
import type { PostedEvent } from "../../../functions/money-ports.ts";
import { postEvent } from "../../../functions/use-cases/post-event.ts";
import { aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const webhook = { url: "https://billing.example.com/duebell" };
const event = OwnEvent.parse({
  "detail-type": "bill.paid",
  time: "2026-11-20T13:00:00Z",
  detail: {
    source: "razorpay",
    paymentId: "pay_0001",
    version: 1,
    eventId: "bill.paid/example-power/EP-1/razorpay:pay_0001",
    biller: "example-power",
    billId: "EP-1",
  },
});

/** A biller whose system answers this, and all that was posted to it. */
async function world(answer: PostedEvent = { outcome: "taken" }, biller: Biller = aBiller({ webhook })) {
  const ports = memoryPorts();
  await ports.billers.put(biller);
  const posted: unknown[] = [];
  const told = { answer };
  const billerWebhook = {
    post: async (to: Biller, one: object) => {
      posted.push({ to: to.id, ...one });
      return told.answer;
    },
  };
  const own = { ...ports, billerWebhook, billerRest: billerRest(ports.clock) };
  const post = (receiveCount = 1) => postEvent(own, { event, receiveCount });
  return { ...own, posted, told, post };
}

describe("an event of ours", () => {
  it("goes to its biller's webhook with the detail of the bus", async () => {
    const { post, posted } = await world();
    expect(await post()).toMatchObject({ outcome: "taken" });
    expect(posted).toEqual([
      {
        to: "example-power",
        id: event.detail.eventId,
        type: "bill.paid",
        at: Date.parse("2026-11-20T13:00:00Z"),
        data: event.detail,
      },
    ]);
  });

  it("of a biller without a webhook, or of none, is dropped", async () => {
    const { post, posted } = await world({ outcome: "taken" }, aBiller());
    expect(await post()).toMatchObject({ outcome: "no-webhook" });
    const other = await world({ outcome: "taken" }, aBiller({ id: "another-power", header: "OTHERP", webhook }));
    expect(await other.post()).toMatchObject({ outcome: "no-webhook" });
    expect([...posted, ...other.posted]).toEqual([]);
  });

  it("that is refused comes again, later each time, and says by whom and why", async () => {
    const { post } = await world({ outcome: "refused", reason: "http-503" });
    const [first, sixth] = [await post(1), await post(6)];
    expect(first).toMatchObject({
      outcome: "refused",
      again: { reason: "http-503" },
      ids: { biller: "example-power", reason: "http-503" },
    });
    expect(first.again?.afterMs).toBeLessThanOrEqual(5_000);
    expect(sixth.again?.afterMs).toBeGreaterThan(4 * 3_600_000);
  });

  it("waits for as long as the system asks for", async () => {
    const { post } = await world({ outcome: "refused", reason: "http-429", retryAfterMs: 900_000 });
    expect((await post()).again?.afterMs).toBe(900_000);
  });

  it("comes again while there is no secret to sign it with, and does not once the system wants none", async () => {
    expect(await (await world({ outcome: "no-secret" })).post()).toMatchObject({
      outcome: "no-secret",
      again: { reason: "no-secret" },
    });
    expect((await (await world({ outcome: "gone" })).post()).again).toBeUndefined();
  });
});

describe("a biller's system that is down", () => {
  it.each(["http-500", "http-429", "timed-out", "unreachable"])("by %s is left alone for a moment", async (reason) => {
    const { post, posted, clock } = await world({ outcome: "refused", reason });
    for (let n = 0; n < 5; n++) await post();
    expect(await post(2)).toMatchObject({ outcome: "postponed", again: { reason: "resting" } });
    expect(posted).toHaveLength(5);
    clock.advance(30_000);
    expect(await post(2)).toMatchObject({ outcome: "refused" });
  });

  it("is called all the same at a try that comes only once in hours", async () => {
    const { post, posted } = await world({ outcome: "refused", reason: "http-500" });
    for (let n = 0; n < 5; n++) await post();
    expect([await post(4), await post(5)]).toMatchObject([{ outcome: "postponed" }, { outcome: "refused" }]);
    expect(posted).toHaveLength(6);
  });

  it("is not one that refuses an event, nor one without a secret", async () => {
    for (const answer of [{ outcome: "refused", reason: "http-400" }, { outcome: "no-secret" }] as const) {
      const { post, posted } = await world(answer);
      for (let n = 0; n < 7; n++) await post();
      expect(posted).toHaveLength(7);
    }
  });

  it("is called again by everybody as soon as it takes an event", async () => {
    const { post, posted, told } = await world({ outcome: "refused", reason: "http-500" });
    for (let n = 0; n < 5; n++) await post();
    told.answer = { outcome: "taken" };
    await post(5);
    expect(await post()).toMatchObject({ outcome: "taken" });
    expect(posted).toHaveLength(7);
  });
});
