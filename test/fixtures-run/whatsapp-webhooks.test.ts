import { describe, expect, it } from "vitest";
import { whatsAppReports } from "../../functions/adapters/whatsapp/webhook.ts";
import { notificationReference } from "../../functions/domain/notification.ts";
import { DeliveryReport } from "../../functions/messages.ts";
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

describe("the webhooks that Meta and others print", () => {
  it("are all there", () => {
    expect(webhooks.length).toBeGreaterThanOrEqual(143);
  });

  it.each(webhooks)("are read: $id $kind", (fixture) => {
    const { reports, skipped } = whatsAppReports(fixture.body);
    expect(reports).toEqual([]);
    expect(Object.keys(skipped).length + (fixture.kind === "empty" ? 1 : 0)).toBeGreaterThan(0);
  });

  it.each(webhooks.filter((fixture) => statusesOf(fixture).length > 0 && fixture.kind !== "status.RINGING"))(
    "say what became of our messages: $id $kind",
    (fixture) => {
      const { reports, skipped } = whatsAppReports(asOurs(fixture));
      const words = { sent: "accepted", delivered: "delivered", read: "read", played: "read", failed: "failed" };
      const expected = statusesOf(fixture).map((status) => words[status as keyof typeof words]);
      expect(new Set(reports.map(({ status }) => status))).toEqual(new Set(expected));
      expect(reports.length).toBeGreaterThanOrEqual(expected.length);
      expect(skipped).toEqual({});
      for (const report of reports) expect(DeliveryReport.safeParse(report).error).toBeUndefined();
    },
  );

  it("hold as many statuses of messages as they did when they were counted", () => {
    const reports = webhooks.flatMap((fixture) => whatsAppReports(asOurs(fixture)).reports);
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
      whatsAppReports(asOurs(fixture)).reports.flatMap(({ failure }) => failure?.reason ?? []),
    );
    expect(failures.sort()).toEqual(["experiment", "held-back-by-meta"]);
  });

  it.each(others)("also read what is no webhook of messages: $id $kind", (fixture) => {
    expect(whatsAppReports(asOurs(fixture)).reports).toEqual([]);
  });
});
