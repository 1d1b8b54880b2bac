import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StepName } from "../../../functions/domain/ids.ts";
import { type LinkCode, linkCodeFrom } from "../../../functions/domain/link-code.ts";
import {
  hasSucceeded,
  type NotificationFacts,
  type NotificationStatus,
  notificationReference,
  notificationStatus,
  parseNotificationReference,
} from "../../../functions/domain/notification.ts";
import { receiptStep } from "../../../functions/domain/payment.ts";
import { aPayment } from "../../support/builders.ts";

/** Every status, the one that is known least of first. */
const lattice: readonly NotificationStatus[] = [
  "not-sent",
  "unknown",
  "accepted",
  "technical-failure",
  "temporary-failure",
  "delivered",
  "permanent-failure",
  "read",
];
/** Failures for now and of ours stand at the same height: whichever was told first stays. */
const heightOf = (status: NotificationStatus): number =>
  lattice.indexOf(status === "temporary-failure" ? "technical-failure" : status);

const failed = (kind: "permanent-failure" | "temporary-failure" | "technical-failure"): NotificationFacts => ({
  failedAt: 5,
  failure: { kind, reason: "told" },
});

describe("the status of a notification", () => {
  it.each([
    ["not-sent", { notSentAt: 1, reason: "paid" }],
    ["not-sent", {}],
    ["unknown", { unknownAt: 1 }],
    ["accepted", { acceptedAt: 1 }],
    ["accepted", { acceptedAt: 2, unknownAt: 1 }],
    ["accepted", { acceptedAt: 2, notSentAt: 1, reason: "expired" }],
    ["delivered", { deliveredAt: 1 }],
    ["delivered", { deliveredAt: 3, unknownAt: 1 }],
    ["delivered", { deliveredAt: 6, acceptedAt: 1, ...failed("temporary-failure") }],
    ["delivered", { deliveredAt: 6, ...failed("technical-failure") }],
    ["permanent-failure", { deliveredAt: 6, ...failed("permanent-failure") }],
    ["temporary-failure", { acceptedAt: 1, ...failed("temporary-failure") }],
    ["technical-failure", { unknownAt: 1, ...failed("technical-failure") }],
    ["technical-failure", { failedAt: 5 }],
    ["read", { readAt: 0 }],
    ["read", { readAt: 1, ...failed("permanent-failure") }],
  ] as const)("is %s where %j is known", (status, facts) => {
    expect(notificationStatus(facts)).toBe(status);
  });

  it("never goes backward, whatever is told in whatever order, twice or late", () => {
    const told: readonly NotificationFacts[] = [
      { acceptedAt: 1, providerReference: "m-1" },
      { deliveredAt: 2 },
      { readAt: 3 },
      { unknownAt: 4 },
      { notSentAt: 6, reason: "superseded" },
      failed("permanent-failure"),
      failed("temporary-failure"),
      failed("technical-failure"),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...told), { maxLength: 12 }), (order) => {
        let known: NotificationFacts = {};
        let height = 0;
        for (const facts of order) {
          // As every store keeps them: what is known first stays.
          known = { ...facts, ...known };
          const next = heightOf(notificationStatus(known));
          expect(next).toBeGreaterThanOrEqual(height);
          height = next;
        }
      }),
    );
  });

  it("is the same in the end for every order of the same reports", () => {
    const reports: readonly NotificationFacts[] = [
      { acceptedAt: 1 },
      { deliveredAt: 2 },
      { readAt: 3 },
      { unknownAt: 4 },
      failed("permanent-failure"),
    ];
    const statusOf = (list: readonly NotificationFacts[]) => notificationStatus(Object.assign({}, ...list));
    const orders = fc
      .subarray([...reports])
      .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })));
    fc.assert(
      fc.property(orders, ([some, shuffled]) => {
        expect(statusOf(shuffled)).toBe(statusOf(some));
      }),
    );
  });
});

describe("the success of a hop", () => {
  const facts: Readonly<Record<string, NotificationFacts>> = {
    nothing: {},
    unknown: { unknownAt: 1 },
    accepted: { acceptedAt: 1 },
    delivered: { acceptedAt: 1, deliveredAt: 2 },
    read: { readAt: 3 },
    failed: { acceptedAt: 1, ...failed("permanent-failure") },
    bounced: { deliveredAt: 2, ...failed("permanent-failure") },
  };

  it.each([
    ["accepted", ["accepted", "delivered", "read"]],
    ["delivered", ["delivered", "read"]],
    ["read", ["read"]],
  ] as const)("%s is reached by %j alone", (success, reached) => {
    const names = Object.keys(facts).filter((name) => hasSucceeded(facts[name] ?? {}, success));
    expect(names).toEqual(reached);
  });
});

describe("the reference a provider carries", () => {
  const code = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => linkCodeFrom("1", bytes));
  const name = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
  const step = fc.oneof(
    name,
    fc.nat().map((n) => receiptStep(aPayment({ paymentId: `pay_${n}` }))),
    fc.integer({ min: 1, max: 999 }).map((n) => receiptStep(aPayment({ paymentId: `pay_${n}`, resent: n }))),
    fc.constant("remind.2026-11-20"),
  );

  it("is read back as what it names, and holds what every provider takes", () => {
    fc.assert(
      fc.property(code, step, fc.integer({ min: 0, max: 99 }), (code, step, hop) => {
        const reference = notificationReference({ code, step, hop });
        expect(reference).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        expect(parseNotificationReference(reference)).toEqual({ code, step, hop });
      }),
    );
  });

  it("is written back as it was read, or is none of ours", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9._-]{0,20}$/);
    const almost = fc
      .tuple(
        fc.oneof(code, part),
        part,
        fc.constantFrom("", "_x"),
        fc.constantFrom("0", "1", "01", "100", "-1", "x", ""),
      )
      .map(([code, step, more, hop]) => `${code}_${step}${more}_${hop}`);
    fc.assert(
      fc.property(almost, (text) => {
        const key = parseNotificationReference(text);
        if (key) expect(notificationReference(key)).toBe(text);
      }),
    );
  });

  it.each([
    "",
    "_",
    "1111111111111",
    "1111111111111_issued",
    "1111111111111_issued_",
    "1111111111111_issued_1 ",
    "1111111111111_issued_01",
    "1111111111111_issued_100",
    "1111111111111__0",
    "1111111111111_Issued_0",
    "1111111111111_a_b_c_0",
    "1111111111111_issued_0\n",
    "O111111111111_issued_0",
    `1111111111111_${"a".repeat(33)}_0`,
    `1111111111111_receipt_${"a".repeat(17)}_0`,
  ])("is not read from %j", (text) => {
    expect(parseNotificationReference(text)).toBeUndefined();
  });

  it("tells a receipt from a step of the cadence with the same letters", () => {
    const plain = { code: "1111111111111" as LinkCode, step: StepName.parse("receipt-a1"), hop: 0 };
    const receipt = { ...plain, step: "receipt.a1" };
    expect(notificationReference(plain)).not.toBe(notificationReference(receipt));
  });
});
