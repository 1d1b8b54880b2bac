import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { eventBridgeEventPublisher } from "../../../../functions/adapters/eventbridge/event-publisher.ts";
import { type DuebellEvent, eventOf } from "../../../../functions/domain/event.ts";
import type { BillerId, BillId } from "../../../../functions/domain/ids.ts";
import { answering, type Behavior, connectionTo, type Loopback, loopback } from "../loopback.ts";

type Entry = {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time: number;
};

const entriesOf = ({ seen }: Loopback): Entry[][] =>
  seen.map(({ body }) => (JSON.parse(body) as { Entries: Entry[] }).Entries);
const billsOf = (entries: readonly Entry[]): unknown[] => entries.map(({ Detail }) => JSON.parse(Detail).billId);

/** A bus that refuses the entries at the positions given and takes the others. */
const refusing =
  (...positions: number[]): Behavior =>
  (response, seen) => {
    const { Entries } = JSON.parse(seen.body) as { Entries: Entry[] };
    const answers = Entries.map((_, i) =>
      positions.includes(i) ? { ErrorCode: "ThrottlingException", ErrorMessage: "slow" } : { EventId: `id-${i}` },
    );
    answering(200, JSON.stringify({ FailedEntryCount: positions.length, Entries: answers }))(response, seen);
  };

const publisherAt = (server: Loopback) =>
  eventBridgeEventPublisher({
    busName: "duebell-test",
    client: new EventBridgeClient({ ...connectionTo(server.url), maxAttempts: 1 }),
  });

const at = Date.parse("2026-11-21T10:15:30Z");
const anEvent = (billId: string): DuebellEvent =>
  eventOf(
    "bill.paid",
    { biller: "example-power" as BillerId, billId: billId as BillId },
    { id: "pay-1", at, ids: { paymentId: "pay-1" } },
  );

describe("the bus", () => {
  it("gets an event with its fact's time and id, and ids only", async () => {
    await using server = await loopback(refusing());
    await publisherAt(server).publish([anEvent("B-1")]);
    const [[entry] = []] = entriesOf(server);
    expect(entry).toMatchObject({
      EventBusName: "duebell-test",
      Source: "duebell",
      DetailType: "bill.paid",
      Time: at / 1_000,
    });
    expect(JSON.parse(entry?.Detail ?? "")).toEqual({
      version: 1,
      eventId: "bill.paid/example-power/B-1/pay-1",
      biller: "example-power",
      billId: "B-1",
      paymentId: "pay-1",
    });
  });

  it("gets no bill id where the event is of none, and ids never take the place of what every event has", async () => {
    await using server = await loopback(refusing());
    const unmatched = eventOf(
      "payment.unmatched",
      { biller: "example-power" as BillerId },
      { id: "pay-1", at, ids: { version: 9, biller: "other" } },
    );
    await publisherAt(server).publish([unmatched]);
    expect(JSON.parse(entriesOf(server)[0]?.[0]?.Detail ?? "")).toEqual({
      version: 1,
      eventId: "payment.unmatched/example-power//pay-1",
      biller: "example-power",
    });
  });

  it("gets events by tens, and is not asked for none", async () => {
    await using server = await loopback(refusing());
    const publisher = publisherAt(server);
    await publisher.publish([]);
    await publisher.publish(Array.from({ length: 23 }, (_, i) => anEvent(`B-${i}`)));
    expect(entriesOf(server).map((entries) => entries.length)).toEqual([10, 10, 3]);
  });

  it("gets again only what it refused", async () => {
    await using server = await loopback(refusing(1, 3), refusing(0), refusing());
    await publisherAt(server).publish(["a", "b", "c", "d"].map(anEvent));
    expect(entriesOf(server).map(billsOf)).toEqual([["a", "b", "c", "d"], ["b", "d"], ["b"]]);
  });

  it("that refuses for good is an error with its codes", async () => {
    await using server = await loopback(refusing(0));
    await expect(publisherAt(server).publish([anEvent("B-1")])).rejects.toMatchObject({
      code: "provider-error",
      retryable: true,
      message: "The bus refused 1 events: ThrottlingException.",
    });
    expect(server.seen).toHaveLength(3);
  });

  it("that is down is an error of our own kind", async () => {
    await using server = await loopback(answering(500, "{}"));
    await expect(publisherAt(server).publish([anEvent("B-1")])).rejects.toMatchObject({
      code: "provider-error",
      message: "The bus cannot be reached.",
    });
  });
});
