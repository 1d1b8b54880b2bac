import { describe, expect, it } from "vitest";
import { readSmsVoiceEvent } from "../../functions/adapters/sms-voice/delivery-events.ts";
import { notificationReference, notificationStatus } from "../../functions/domain/notification.ts";
import { DeliveryReport } from "../../functions/messages.ts";
import { plainCode } from "../support/memory-recorders.ts";
import { type Fixture, fixtures, rewritten } from "./fixtures.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 0 };

/** The same event as if its SMS had been sent by us, also inside the text of an SNS notification. */
function asOurs(body: unknown): unknown {
  return rewritten(body, (object) => {
    if (typeof object["Message"] === "string")
      return { ...object, Message: JSON.stringify(asOurs(JSON.parse(object["Message"]))) };
    return "eventType" in object ? { ...object, context: { dispatchId: notificationReference(key) } } : object;
  });
}

type SmsFixture = Fixture & { readonly form: string; readonly expectStatus?: string };
const all = fixtures("sms-voice/events.json") as readonly SmsFixture[];
const answers = all.filter(({ form }) => form === "two-way inbound");
const events = all.filter(({ form }) => form !== "two-way inbound");

const reportOf = ({ body }: Fixture): DeliveryReport | undefined => {
  const reading = readSmsVoiceEvent(asOurs(body));
  return reading.outcome === "report" ? reading.report : undefined;
};

/** What a fixture's own label means in our words. */
const labels: Readonly<Record<string, readonly string[]>> = {
  accepted: ["accepted"],
  delivered: ["delivered"],
  "failure (permanent)": ["permanent-failure"],
  "failure (temporary)": ["temporary-failure"],
  failure: ["permanent-failure", "temporary-failure", "technical-failure"],
  // Nothing is said of what is not known.
  "failure or unknown": ["nothing"],
};

describe("the events that End User Messaging SMS and others print", () => {
  it("are all there", () => {
    expect([events.length, answers.length]).toEqual([24, 11]);
  });

  it.each(events)("are read, and skipped while they are not of our SMS: $id", ({ body }) => {
    expect(readSmsVoiceEvent(body)).toEqual({
      outcome: "skipped",
      reason: JSON.stringify(body).includes("TEXT_UNKNOWN") ? "other-event" : "no-reference",
    });
  });

  it.each(events)("say what became of our SMS: $id", (fixture) => {
    const report = reportOf(fixture);
    expect(report === undefined).toBe(JSON.stringify(fixture.body).includes("TEXT_UNKNOWN"));
    if (report) expect(DeliveryReport.safeParse(report).error).toBeUndefined();
    // No source is older than the service, none is younger than this file.
    if (report) expect(new Date(report.at).getUTCFullYear()).toBeGreaterThanOrEqual(2016);
  });

  it.each(events.filter(({ expectStatus }) => expectStatus))("mean what their label says: $id", (fixture) => {
    const report = reportOf(fixture);
    const said = report?.failure?.kind ?? report?.status ?? "nothing";
    expect(labels[fixture.expectStatus ?? ""]).toContain(said);
  });

  it("end as delivered where they come in pairs, whatever the order", () => {
    const [delivered, successful] = ["smsv-03", "smsv-04"].map((id) =>
      reportOf(all.find((fixture) => fixture.id === id) ?? { id, body: {} }),
    );
    expect(delivered?.providerReference).toBe(successful?.providerReference);
    expect([delivered?.status, successful?.status]).toEqual(["delivered", "accepted"]);
    const facts = { ...(delivered && { deliveredAt: delivered.at }), ...(successful && { acceptedAt: successful.at }) };
    expect(notificationStatus(facts)).toBe("delivered");
  });

  it("suppress the number that is none, and no other", () => {
    const suppressed = events.flatMap((fixture) => {
      const suppress = reportOf(fixture)?.suppress;
      return suppress ? [[fixture.id, suppress]] : [];
    });
    expect(suppressed).toEqual([["smsv-26", { reason: "invalid-address", address: "+919999900033" }]]);
  });

  it.each(answers)("leave a customer's answer alone: $id", ({ body }) => {
    expect(readSmsVoiceEvent(body)).toEqual({ outcome: "skipped", reason: "inbound-message" });
  });
});
