import { describe, expect, it } from "vitest";
import { readSmsDeliveryLogs } from "../../functions/adapters/sns/delivery-logs.ts";
import { SmsLogLine } from "../../functions/messages.ts";
import { aLogEvent } from "../support/sms-logs.ts";
import { type Fixture, fixtures } from "./fixtures.ts";

type LogFixture = Fixture & { readonly status: "SUCCESS" | "FAILURE"; readonly providerResponse?: string };
type SubscriptionFixture = Omit<Fixture, "body"> & { readonly title: string; readonly event: unknown };

const logs = fixtures("sns/sms-delivery-logs.json") as readonly LogFixture[];
const subscriptions = fixtures("sns/cloudwatch-logs-events.json") as readonly unknown[] as SubscriptionFixture[];

describe("the delivery logs that SNS and others print", () => {
  it("are all there", () => {
    expect([logs.length, subscriptions.length]).toEqual([18, 5]);
  });

  it.each(logs)("are read: $id $status $providerResponse", ({ body, status }) => {
    const { lines, skipped } = readSmsDeliveryLogs(aLogEvent(body));
    expect(skipped).toEqual({});
    expect(lines).toMatchObject([{ status: status === "SUCCESS" ? "delivered" : "failed" }]);
    expect(SmsLogLine.safeParse(lines[0]).error).toBeUndefined();
    expect(new Date(lines[0]?.at ?? 0).toISOString()).toMatch(/^2016-06-28T00:40:3[56]/);
  });

  it("hold every listed reason, each with its kind of failure and none unexplained", () => {
    const { lines } = readSmsDeliveryLogs(aLogEvent(...logs.map(({ body }) => body)));
    const failures = lines.flatMap(({ failure, suppress }) =>
      failure ? [`${failure.kind} ${failure.reason}${suppress ? `, suppressed: ${suppress.reason}` : ""}`] : [],
    );
    expect([...new Set(failures)].sort()).toEqual([
      "permanent-failure blocked-by-carrier",
      "permanent-failure blocked-by-phone",
      "permanent-failure invalid-number, suppressed: invalid-address",
      "permanent-failure number-blocked",
      "permanent-failure opted-out, suppressed: opted-out",
      "technical-failure blocked-as-spam",
      "technical-failure invalid-message",
      "technical-failure price-over-maximum",
      "technical-failure unknown-error",
      "temporary-failure carrier-unreachable",
      "temporary-failure phone-unreachable",
    ]);
  });

  it.each([
    ["cwl-1", ["delivered"], {}],
    ["cwl-2", ["failed"], {}],
    ["cwl-4", [], { "control-message": 1 }],
    ["cwl-5", ["delivered"], { "not-json": 1 }],
  ])("are unpacked from what CloudWatch Logs hands over: %s", (id, statuses, skipped) => {
    const reading = readSmsDeliveryLogs(subscriptions.find((fixture) => fixture.id === id)?.event);
    expect(reading.lines.map(({ status }) => status)).toEqual(statuses);
    expect(reading.skipped).toEqual(skipped);
  });

  it("are unpacked in batches", () => {
    const batch = subscriptions.find(({ id }) => id === "cwl-3")?.event;
    const { lines, skipped } = readSmsDeliveryLogs(batch);
    expect([lines.length, skipped]).toEqual([16, {}]);
  });
});
