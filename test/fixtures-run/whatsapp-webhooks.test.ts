import { describe, expect, it } from "vitest";
import { readSocialEvent } from "../../functions/adapters/social-messaging/events.ts";
import { readWhatsAppEntries, type WhatsAppReading } from "../../functions/adapters/whatsapp-entries.ts";
import { notificationReference } from "../../functions/domain/notification.ts";
import { DeliveryMessage, type DeliveryReport } from "../../functions/messages.ts";
import { socialArn, socialNumber } from "../functions/adapters/social-biller.ts";
import { aSocialEvent } from "../functions/adapters/whatsapp-webhooks.ts";
import { plainCode } from "../support/memory-recorders.ts";
import { type Fixture, fixtures, rewritten } from "./fixtures.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 0 };

/** The same webhook as if every message in it had been sent by us. */
const asOurs = ({ body }: Fixture): unknown =>
  rewritten(body, (object) =>
    Array.isArray(object["statuses"])
      ? {
          ...object,
          statuses: object["statuses"].map((status: object) => ({
            ...status,
            biz_opaque_callback_data: notificationReference(key),
          })),
        }
      : object,
  );

const webhooks = fixtures("whatsapp/webhooks.json");
const statusesOf = ({ kind = "" }: Fixture): string[] =>
  [...kind.matchAll(/status\.(\w+)/g)].map(([, status = ""]) => status);
const others = fixtures("whatsapp/payments.json").concat(
  fixtures("whatsapp/requests.json"),
  fixtures("whatsapp/errors.json"),
);

/** What a webhook's body tells, when every number in it is one of ours. */
function reading(body: unknown): WhatsAppReading {
  const { entry } = Object(body) as { entry?: unknown };
  return readWhatsAppEntries(Array.isArray(entry) ? entry : [body], { senderOf: () => socialNumber });
}

const reportsIn = ({ messages }: WhatsAppReading): DeliveryReport[] =>
  messages.filter((message) => message.kind === "delivery");

describe("the webhooks that Meta and others print", () => {
  it("are all there", () => {
    expect(webhooks.length).toBeGreaterThanOrEqual(143);
  });

  it.each(webhooks)("are read: $id $kind", (fixture) => {
    const { messages, skipped } = reading(fixture.body);
    expect(reportsIn({ messages, skipped })).toEqual([]);
    const found = messages.length + Object.keys(skipped).length;
    expect(found > 0).toBe(fixture.kind !== "empty");
    for (const message of messages) expect(DeliveryMessage.safeParse(message).error).toBeUndefined();
  });

  it.each(webhooks.filter((fixture) => statusesOf(fixture).length > 0 && fixture.kind !== "status.RINGING"))(
    "say what became of our messages: $id $kind",
    (fixture) => {
      const told = reading(asOurs(fixture));
      const words = { sent: "accepted", delivered: "delivered", read: "read", played: "read", failed: "failed" };
      const expected = statusesOf(fixture).map((status) => words[status as keyof typeof words]);
      expect(new Set(reportsIn(told).map(({ status }) => status))).toEqual(new Set(expected));
      expect(told.messages.length).toBeGreaterThanOrEqual(expected.length);
      expect(told.skipped).toEqual({});
      for (const message of told.messages) expect(DeliveryMessage.safeParse(message).error).toBeUndefined();
    },
  );

  it("hold as many statuses of messages as they did when they were counted", () => {
    const reports = webhooks.flatMap((fixture) => reportsIn(reading(asOurs(fixture))));
    const count = (status: string) => reports.filter((report) => report.status === status).length;
    expect({
      accepted: count("accepted"),
      delivered: count("delivered"),
      read: count("read"),
      failed: count("failed"),
    }).toEqual({
      accepted: 104,
      delivered: 104,
      read: 103,
      failed: 2,
    });
  });

  it("say why Meta held a message back", () => {
    const failures = webhooks.flatMap((fixture) =>
      reportsIn(reading(asOurs(fixture))).flatMap(({ failure }) => failure?.reason ?? []),
    );
    expect(failures.sort()).toEqual(["experiment", "held-back-by-meta"]);
  });

  it("hold just these wishes of customers: two taps of Unsubscribe, and two who resumed in the app", () => {
    const wishes = webhooks.flatMap(({ id, body }) =>
      reading(body).messages.flatMap((one) => (one.kind === "wish" ? [`${id} ${one.wish} ${one.reason}`] : [])),
    );
    expect(wishes).toEqual([
      "wh-009 stop stop-reply",
      "wh-044 stop stop-reply",
      "wh-073 resume user-preferences",
      "wh-137 resume user-preferences",
    ]);
  });

  it("hold one STOP of somebody who shows no number, and a sign-up, which are counted", () => {
    const skips = (id: string) => reading(webhooks.find((fixture) => fixture.id === id)?.body).skipped;
    expect(skips("wh-139")).toEqual({ "no-address": 1 });
    expect(skips("wh-138")).toEqual({ "other-preference": 1 });
  });

  it.each(webhooks)("tell the same as entries within an event of End User Messaging Social: $id $kind", (fixture) => {
    const body = Object(asOurs(fixture)) as { entry?: unknown[] };
    for (const entry of body.entry ?? []) {
      const direct = readWhatsAppEntries([entry], { senderOf: () => undefined });
      const event = { ...aSocialEvent(entry, socialArn), context: {} };
      expect(readSocialEvent(event)).toEqual(direct);
      expect(readSocialEvent({ Type: "Notification", Message: JSON.stringify(event) })).toEqual(direct);
    }
    expect(body.entry?.length ?? 0).toBeGreaterThanOrEqual(fixture.kind === "empty" ? 0 : 1);
  });

  it.each(others)("also read what is no webhook of messages: $id $kind", (fixture) => {
    expect(reading(asOurs(fixture)).messages).toEqual([]);
  });
});
