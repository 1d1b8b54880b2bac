import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSmsDeliveryLogs } from "../../../../functions/adapters/sns/delivery-logs.ts";
import { DuebellError } from "../../../../functions/domain/errors.ts";
import { SmsLogLine } from "../../../../functions/messages.ts";
import { aDelivery, aFailure, aLogEvent, asSubscription, loggedAt } from "../../../support/sms-logs.ts";

const publishedAt = Date.parse("2026-11-21T10:15:30.123Z");
const address = "+919830012345";

describe("a delivery log of SNS", () => {
  it("says that an SMS was delivered, at the time of the phone's answer", () => {
    expect(readSmsDeliveryLogs(aLogEvent(aDelivery()))).toEqual({
      lines: [
        {
          kind: "sms-log",
          providerReference: "567910cd-0000-4000-8000-000000000001",
          status: "delivered",
          at: publishedAt + 1_344,
        },
      ],
      skipped: {},
    });
  });

  it.each([
    ["Blocked as spam by phone carrier", "technical-failure", "blocked-as-spam"],
    ["Destination is on a blocked list", "permanent-failure", "number-blocked"],
    ["Message body is invalid", "technical-failure", "invalid-message"],
    ["Phone carrier has blocked this message", "permanent-failure", "blocked-by-carrier"],
    ["Phone carrier is currently unreachable/unavailable", "temporary-failure", "carrier-unreachable"],
    ["Phone has blocked SMS", "permanent-failure", "blocked-by-phone"],
    ["Phone is on a blocked list", "permanent-failure", "number-blocked"],
    ["Phone is currently unreachable/unavailable", "temporary-failure", "phone-unreachable"],
    ["This delivery would exceed max price", "technical-failure", "price-over-maximum"],
    ["Unknown error attempting to reach phone", "technical-failure", "unknown-error"],
    ["Something about +919830012345", "technical-failure", "unexplained"],
    ["constructor", "technical-failure", "unexplained"],
  ])("knows '%s' as a %s: %s", (providerResponse, kind, reason) => {
    const { lines } = readSmsDeliveryLogs(aLogEvent(aFailure(providerResponse)));
    expect(lines).toEqual([
      {
        kind: "sms-log",
        providerReference: "1077257a-0000-4000-8000-000000000002",
        status: "failed",
        at: publishedAt + 1_344,
        failure: { kind, reason },
      },
    ]);
  });

  it.each([
    ["Phone number is opted out", "opted-out", "opted-out"],
    ["Invalid phone number", "invalid-number", "invalid-address"],
  ])("says by '%s' that the number is not to be messaged again", (providerResponse, reason, suppress) => {
    expect(readSmsDeliveryLogs(aLogEvent(aFailure(providerResponse))).lines).toMatchObject([
      { failure: { kind: "permanent-failure", reason }, suppress: { reason: suppress, address } },
    ]);
  });

  it.each([
    ["the carrier's answer", { delivery: { dwellTimeMsUntilDeviceAck: undefined } }, publishedAt + 599],
    ["the publishing", { delivery: { dwellTimeMsUntilDeviceAck: undefined, dwellTimeMs: -1 } }, publishedAt],
    ["the log line", { notification: { timestamp: undefined } }, loggedAt],
    ["the log line, for a date that is none", { notification: { timestamp: "2026-11-32 10:15:30" } }, loggedAt],
    ["the publishing to the second", { notification: { timestamp: "2026-11-21 10:15:30" } }, publishedAt + 1_221],
  ])("has the time of %s where nothing better is told", (_, changes, at) => {
    expect(readSmsDeliveryLogs(aLogEvent(aDelivery(changes))).lines).toMatchObject([{ at }]);
  });

  it("counts the lines beside the good ones that say nothing, and loses none of the good", () => {
    const failure = aFailure("Phone has blocked SMS");
    const reading = readSmsDeliveryLogs(aLogEvent("not json {", aDelivery(), "7", { status: "SUCCESS" }, failure));
    expect(reading.lines.map(({ status }) => status)).toEqual(["delivered", "failed"]);
    expect(reading.skipped).toEqual({ "not-json": 1, "not-a-delivery": 2 });
  });

  it("leaves out a line without any time", () => {
    const line = JSON.stringify(aDelivery({ notification: { timestamp: "yesterday" } }));
    const event = asSubscription({ messageType: "DATA_MESSAGE", logEvents: [{ message: line }] });
    expect(readSmsDeliveryLogs(event)).toEqual({ lines: [], skipped: { "no-time": 1 } });
  });

  it("is not the control message by which CloudWatch tries a new subscription", () => {
    const event = asSubscription({ messageType: "CONTROL_MESSAGE", logEvents: [{ id: "1", message: "{}" }] });
    expect(readSmsDeliveryLogs(event)).toEqual({ lines: [], skipped: { "control-message": 1 } });
  });

  it.each([
    ["nothing", undefined],
    ["another event", { Records: [] }],
    ["what is no gzip", { awslogs: { data: "bm90IGd6aXA=" } }],
    ["what is no base64", { awslogs: { data: "%%%" } }],
    ["half of it", { awslogs: { data: aLogEvent(aDelivery()).awslogs.data.slice(0, 100) } }],
    ["a gzip of what is no JSON", { awslogs: { data: gzipSync("hello").toString("base64") } }],
    ["a gzip of another JSON", asSubscription(["DATA_MESSAGE"])],
  ])("that is %s is refused", (_, event) => {
    expect(() => readSmsDeliveryLogs(event)).toThrow(
      expect.objectContaining({ code: "invalid-input", fields: [expect.objectContaining({ path: "awslogs.data" })] }),
    );
  });

  it("that unpacks to more than any log is refused before it fills the memory", () => {
    const event = { awslogs: { data: gzipSync(Buffer.alloc(64 * 1_048_576, 32), { level: 1 }).toString("base64") } };
    expect(event.awslogs.data.length).toBeLessThan(1_048_576);
    expect(() => readSmsDeliveryLogs(event)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });

  it("of any shape is read or refused, never more, and what is read is a line of ours", () => {
    const good = aDelivery();
    const odd = fc.oneof(
      fc.anything(),
      fc.anything().map((data) => ({ awslogs: { data } })),
      fc.uint8Array().map((bytes) => ({ awslogs: { data: Buffer.from(bytes).toString("base64") } })),
      fc.jsonValue().map(asSubscription),
      fc.jsonValue().map((logEvents) => asSubscription({ messageType: "DATA_MESSAGE", logEvents })),
      fc.array(fc.oneof(fc.string(), fc.jsonValue())).map((lines) => aLogEvent(...lines)),
      fc
        .tuple(
          fc.constantFrom("messageId", "timestamp", "destination", "providerResponse", "dwellTimeMs"),
          fc.jsonValue(),
        )
        .map(([name, value]) =>
          aLogEvent({
            ...good,
            notification: { ...good.notification, [name]: value },
            delivery: { ...good.delivery, [name]: value },
            status: "FAILURE",
          }),
        ),
    );
    fc.assert(
      fc.property(odd, (event) => {
        try {
          for (const line of readSmsDeliveryLogs(event).lines) {
            expect(SmsLogLine.safeParse(line).error).toBeUndefined();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DuebellError);
          expect(error).toMatchObject({ code: "invalid-input" });
        }
      }),
    );
  });
});
