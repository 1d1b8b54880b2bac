import { describe, expect, it } from "vitest";
import { readSesEvent } from "../../functions/adapters/ses/delivery-events.ts";
import { notificationReference } from "../../functions/domain/notification.ts";
import { DeliveryReport } from "../../functions/messages.ts";
import { plainCode } from "../support/memory-recorders.ts";
import { type Fixture, fixtures, rewritten } from "./fixtures.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 0 };
const tags = { dispatchId: [notificationReference(key)] };

/** The same event as if its e-mail had been sent by us, also inside the text of an SNS notification. */
function asOurs(body: unknown): unknown {
  return rewritten(body, (object) => {
    if (typeof object["Message"] === "string")
      return { ...object, Message: JSON.stringify(asOurs(JSON.parse(object["Message"]))) };
    return "mail" in object ? { ...object, mail: { ...(object["mail"] as object), tags } } : object;
  });
}

const events = fixtures("ses/events.json");
const envelopes = fixtures("ses/envelopes.json");

const typeOf = (body: unknown): unknown => {
  const { Message, detail, eventType, notificationType } = body as Readonly<Record<string, unknown>>;
  if (typeof Message === "string") return typeOf(JSON.parse(Message));
  return detail === undefined ? (eventType ?? notificationType) : typeOf(detail);
};
const statuses: Readonly<Record<string, string>> = {
  Send: "accepted",
  Delivery: "delivered",
  Open: "read",
  Bounce: "failed",
  Reject: "failed",
  "Rendering Failure": "failed",
  Complaint: "complaint",
  Subscription: "unsubscribed",
};

/** A complaint without any recipient, which SES itself does not send. */
const namesNobody: ReadonlySet<string> = new Set(["sesn-09"]);

const readingOf = ({ body }: Fixture): unknown => {
  const reading = readSesEvent(asOurs(body));
  return reading.outcome === "report" ? (reading.report.status ?? reading.report.suppress?.reason) : reading.reason;
};

describe("the events that SES and others print", () => {
  it("are all there", () => {
    expect([events.length, envelopes.length]).toEqual([23, 29]);
  });

  it.each([...events, ...envelopes])(
    "are read, and skipped while they are not of our e-mails: $id $title",
    ({ body }) => {
      expect(readSesEvent(body).outcome).toBe("skipped");
    },
  );

  it.each([...events, ...envelopes])("say what became of our e-mails: $id $title", (fixture) => {
    const type = String(typeOf(fixture.body));
    const expected = namesNobody.has(fixture.id) ? "no-address" : (statuses[type] ?? "other-event");
    expect(readingOf(fixture)).toBe(expected);
    const reading = readSesEvent(asOurs(fixture.body));
    if (reading.outcome === "report") expect(DeliveryReport.safeParse(reading.report).error).toBeUndefined();
  });

  it("hold every kind of bounce but a rejected attachment, each with its kind of failure", () => {
    const failures = [...events, ...envelopes].flatMap(({ body }) => {
      const reading = readSesEvent(asOurs(body));
      const failure = reading.outcome === "report" ? reading.report.failure : undefined;
      return failure ? [`${failure.kind} ${failure.reason}`] : [];
    });
    expect([...new Set(failures)].sort()).toEqual([
      "permanent-failure bounce-general",
      "permanent-failure bounce-no-email",
      "permanent-failure bounce-on-account-suppression-list",
      "permanent-failure bounce-suppressed",
      "technical-failure rejected",
      "technical-failure rendering-failure",
      "temporary-failure bounce-content-rejected",
      "temporary-failure bounce-general",
      "temporary-failure bounce-mailbox-full",
      "temporary-failure bounce-message-too-large",
      "temporary-failure bounce-undetermined",
    ]);
  });
});
