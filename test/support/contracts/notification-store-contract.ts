import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NotificationFacts, NotificationKey } from "../../../functions/domain/notification.ts";
import { receiptStep } from "../../../functions/domain/payment.ts";
import { aBill, aPayment } from "../builders.ts";
import type { OpenStores } from "./stores.ts";

const key: NotificationKey = { code: aBill().code, step: "issued", hop: 0 };

const everyFact: Required<NotificationFacts> = {
  channel: "sms",
  message: "issued",
  language: "bn",
  template: "builtin/issued.bn@1",
  segments: 2,
  providerReference: "b2f4e8a0-0000-4000-8000-000000000001",
  acceptedAt: 1_794_717_000_000,
  deliveredAt: 1_794_717_005_000,
  readAt: 1_794_717_009_000,
  failedAt: 1_794_717_012_000,
  failure: { kind: "temporary-failure", reason: "phone switched off" },
  unknownAt: 1_794_717_001_000,
  notSentAt: 1_794_717_002_000,
  reason: "paused",
};

/** The facts, told one by one. */
const singly = Object.entries(everyFact).map(([fact, value]): NotificationFacts => ({ [fact]: value }));

/** Promises about notifications. */
export function notificationStoreContract(open: OpenStores): void {
  describe("a notification", () => {
    it("is unknown until something is recorded of it", async () => {
      const { notifications } = await open();
      expect(await notifications.get(key)).toBeUndefined();
    });

    it("comes back with all that was recorded", async () => {
      const { notifications } = await open();
      expect(await notifications.record(key, everyFact)).toEqual({ ...key, ...everyFact });
      expect(await notifications.get(key)).toEqual({ ...key, ...everyFact });
      expect(await notifications.get(key, { consistent: true })).toEqual({ ...key, ...everyFact });
    });

    it("keeps the first telling of each fact and takes what is new", async () => {
      const { notifications } = await open();
      await notifications.record(key, { acceptedAt: 10, failure: { kind: "technical-failure", reason: "first" } });
      const later = {
        acceptedAt: 20,
        deliveredAt: 30,
        failure: { kind: "permanent-failure", reason: "second" },
      } as const;
      const all = { ...key, acceptedAt: 10, deliveredAt: 30, failure: { kind: "technical-failure", reason: "first" } };
      expect(await notifications.record(key, later)).toEqual(all);
      expect(await notifications.get(key)).toEqual(all);
    });

    it("exists once it is named, even without a fact", async () => {
      const { notifications } = await open();
      expect(await notifications.record(key, {})).toEqual(key);
      expect(await notifications.get(key)).toEqual(key);
    });

    it("is one per hop and per step, a payment's receipt included", async () => {
      const { notifications } = await open();
      const receipt = { ...key, step: receiptStep(aPayment()) };
      await notifications.record(key, { acceptedAt: 1 });
      await notifications.record({ ...key, hop: 1 }, { acceptedAt: 2 });
      await notifications.record(receipt, { acceptedAt: 3 });
      expect(await notifications.get(key)).toEqual({ ...key, acceptedAt: 1 });
      expect(await notifications.get({ ...key, hop: 1 })).toEqual({ ...key, hop: 1, acceptedAt: 2 });
      expect(await notifications.get(receipt)).toEqual({ ...receipt, acceptedAt: 3 });
    });
  });
  describe("facts of a notification", () => orderContract(open));
}

function orderContract(open: OpenStores): void {
  it("make the same notification in whatever order they come, however often", async () => {
    const { notifications } = await open();
    let hop = 0;
    const orders = fc.shuffledSubarray(singly, { minLength: singly.length });
    const inAnyOrder = fc.asyncProperty(orders, fc.subarray(singly), async (order, repeated) => {
      const fresh = { ...key, hop: hop++ };
      for (const facts of [...order, ...repeated]) await notifications.record(fresh, facts);
      expect(await notifications.get(fresh, { consistent: true })).toEqual({ ...fresh, ...everyFact });
    });
    await fc.assert(inAnyOrder, { numRuns: 10 });
  });

  it("are all kept when they come at once", async () => {
    const { notifications } = await open();
    await Promise.all(singly.map((facts) => notifications.record(key, facts)));
    expect(await notifications.get(key, { consistent: true })).toEqual({ ...key, ...everyFact });
  });
}
