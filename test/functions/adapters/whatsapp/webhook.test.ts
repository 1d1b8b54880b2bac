import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answerToVerification,
  isSignedByMeta,
  whatsAppReports,
} from "../../../../functions/adapters/whatsapp/webhook.ts";
import { notificationReference } from "../../../../functions/domain/notification.ts";
import { DeliveryReport } from "../../../../functions/messages.ts";
import { plainCode } from "../../../support/memory-recorders.ts";

const key = { code: plainCode("example-power", "B-1"), step: "due-soon", hop: 1 };
const reference = notificationReference(key);
const aStatus = (overrides: object = {}): object => ({
  id: "wamid.EXAMPLE1",
  status: "delivered",
  timestamp: "1795000123",
  recipient_id: "919830012345",
  biz_opaque_callback_data: reference,
  ...overrides,
});
const change = (value: object, field = "messages"): object => ({
  field,
  value: { messaging_product: "whatsapp", ...value },
});
const webhook = (...changes: object[]): object => ({
  object: "whatsapp_business_account",
  entry: [{ id: "100000000000001", changes }],
});

describe("Meta's signature", () => {
  const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
  const secret = "test_app_secret";
  const header = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756";

  it("holds over the raw bytes, as published", () => {
    expect(isSignedByMeta(body, header, secret)).toBe(true);
  });

  it.each([
    ["no header", undefined, secret],
    ["an empty header", "", secret],
    ["the bare digest", header.slice(7), secret],
    ["the older algorithm", header.replace("sha256", "sha1"), secret],
    ["capital letters", header.toUpperCase(), secret],
    ["more behind it", `${header}0`, secret],
    ["a letter beyond ASCII", `${header.slice(0, -1)}é`, secret],
    ["another secret", header, "another_secret"],
  ])("does not hold with %s", (_, shown, appSecret) => {
    expect(isSignedByMeta(body, shown, appSecret)).toBe(false);
  });

  it("never holds for an empty secret", () => {
    const forged = `sha256=${createHmac("sha256", "").update(body).digest("hex")}`;
    expect(isSignedByMeta(body, forged, "")).toBe(false);
  });

  it("does not hold after any bit of body or header was flipped", () => {
    const flip = (bytes: Uint8Array, bit: number): Buffer => {
      const flipped = Buffer.from(bytes);
      const at = (bit >> 3) % flipped.length;
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
      return flipped;
    };
    fc.assert(
      fc.property(fc.nat({ max: body.length * 8 - 1 }), fc.nat({ max: header.length * 8 - 1 }), (inBody, inHeader) => {
        expect(isSignedByMeta(flip(body, inBody), header, secret)).toBe(false);
        expect(isSignedByMeta(body, flip(Buffer.from(header), inHeader).toString("latin1"), secret)).toBe(false);
      }),
    );
  });

  it("does not hold for the same JSON written again", () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
    expect(isSignedByMeta(again, header, secret)).toBe(false);
  });
});

describe("Meta's verification request", () => {
  const query = { "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "our-token" };

  it("is answered with its challenge when the token is ours", () => {
    expect(answerToVerification(query, "our-token")).toBe("1158201444");
  });

  it.each([
    ["a wrong token", { ...query, "hub.verify_token": "another" }],
    ["no token", { "hub.mode": "subscribe", "hub.challenge": "1" }],
    ["another mode", { ...query, "hub.mode": "unsubscribe" }],
    ["no challenge", { "hub.mode": "subscribe", "hub.verify_token": "our-token" }],
    ["markup for a challenge", { ...query, "hub.challenge": "<script>" }],
  ])("is not answered with %s", (_, bad) => {
    expect(answerToVerification(bad, "our-token")).toBeUndefined();
  });

  it("is not answered by who has no token of his own", () => {
    expect(answerToVerification({ ...query, "hub.verify_token": "" }, "")).toBeUndefined();
  });
});

describe("WhatsApp's statuses", () => {
  it.each([
    ["sent", "accepted"],
    ["delivered", "delivered"],
    ["read", "read"],
    ["played", "read"],
  ])("say with %s that the message is %s", (status, expected) => {
    const { reports, skipped } = whatsAppReports(webhook(change({ statuses: [aStatus({ status })] })));
    expect(reports).toEqual([
      {
        kind: "delivery",
        ...key,
        channel: "whatsapp",
        status: expected,
        at: 1795000123000,
        providerReference: "wamid.EXAMPLE1",
      },
    ]);
    expect(skipped).toEqual({});
  });

  it.each([
    [131026, "permanent-failure", "undeliverable"],
    [131049, "temporary-failure", "held-back-by-meta"],
    [131000, "technical-failure", "something-went-wrong"],
    [777777, "technical-failure", "code-777777"],
  ])("say why a message failed with the code %i", (code, kind, reason) => {
    const errors = [{ code, title: "no", message: "no", error_data: { details: "no" } }];
    const { reports } = whatsAppReports(webhook(change({ statuses: [aStatus({ status: "failed", errors })] })));
    expect(reports).toMatchObject([{ status: "failed", failure: { kind, reason } }]);
  });

  it("tell a failure also without its reason, or with one that cannot be read", () => {
    const statuses = [aStatus({ status: "failed" }), aStatus({ status: "failed", errors: "no" })];
    const { reports } = whatsAppReports(webhook(change({ statuses })));
    expect(reports.map(({ failure }) => failure)).toEqual(
      [1, 2].map(() => ({ kind: "technical-failure", reason: "unexplained" })),
    );
  });

  it("bring back the key of a receipt", () => {
    const receipt = { ...key, step: "receipt.1a2b3c4d" };
    const { reports } = whatsAppReports(
      webhook(change({ statuses: [aStatus({ biz_opaque_callback_data: notificationReference(receipt) })] })),
    );
    expect(reports).toMatchObject([receipt]);
  });

  it("come many at a time, among other things that are counted and left", () => {
    const body = webhook(
      change({ statuses: [aStatus({ status: "sent" }), aStatus({ biz_opaque_callback_data: "of another program" })] }),
      change({ messages: [{ from: "919830012345", type: "text", text: { body: "STOP" } }] }),
      change({
        statuses: [
          aStatus({ type: "payment", status: "captured" }),
          aStatus({ biz_opaque_callback_data: undefined }),
          7,
        ],
      }),
      change({ statuses: [aStatus()] }, "calls"),
      change({
        statuses: [aStatus({ status: "deleted" }), aStatus({ timestamp: 1795000200, recipient_id: undefined })],
      }),
    );
    const { reports, skipped } = whatsAppReports(body);
    expect(reports.map(({ status, at }) => [status, at])).toEqual([
      ["accepted", 1795000123000],
      ["delivered", 1795000200000],
    ]);
    expect(skipped).toEqual({ "no-reference": 2, "not-a-status": 2, "other-status": 2, malformed: 1 });
  });

  it("of any shape are read without an error, and reports are always such as the queue takes", () => {
    const anyStatus = fc.record(
      {
        id: fc.oneof(fc.string(), fc.integer()),
        status: fc.constantFrom("sent", "delivered", "read", "failed", "odd", 3),
        timestamp: fc.oneof(fc.constantFrom("1795000123", "soon", "-1", "9".repeat(40)), fc.integer(), fc.double()),
        biz_opaque_callback_data: fc.oneof(fc.constant(reference), fc.string(), fc.constant(null)),
        errors: fc.oneof(fc.constant([{ code: 131026 }]), fc.anything()),
      },
      { requiredKeys: [] },
    );
    const anyBody = fc.oneof(
      fc.anything(),
      fc.array(fc.oneof(anyStatus, fc.anything())).map((statuses) => webhook(change({ statuses }))),
    );
    fc.assert(
      fc.property(anyBody, (body) => {
        for (const report of whatsAppReports(body).reports) expect(DeliveryReport.safeParse(report).success).toBe(true);
      }),
    );
  });
});
