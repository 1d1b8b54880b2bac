import type { EventBridgeEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { conflict } from "../../../functions/domain/errors.ts";
import { httpOrEventHandler } from "../../../functions/middleware/event.ts";
import { json } from "../../../functions/middleware/http.ts";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

const issued = {
  id: "event-1",
  "detail-type": "bill.issued",
  source: "billing.example.com",
  detail: { biller: "example-power", secret: "asha@example.org" },
} as EventBridgeEvent<string, unknown>;

/** A behavior reached both ways, and what reached it. */
function behavior(fail?: Error) {
  const seen: unknown[] = [];
  const take = (what: unknown): void => {
    seen.push(what);
    if (fail) throw fail;
  };
  const handler = httpOrEventHandler({
    http: async ({ body }) => {
      take(body);
      return json(200, {});
    },
    event: async (detail) => take(detail),
  });
  return { handler, seen };
}

describe("a behavior reached by the API and by the bus", () => {
  it("takes a request as a request", async () => {
    const { handler, seen } = behavior();
    await logOf(async () =>
      expect(await handler(aRequest({ body: "{}" }), aContext)).toMatchObject({ statusCode: 200 }),
    );
    expect(seen).toEqual(["{}"]);
  });

  it("takes an event's detail, and answers the bus nothing", async () => {
    const { handler, seen } = behavior();
    const lines = await logOf(async () => expect(await handler(issued, aContext)).toBeUndefined());
    expect(seen).toEqual([issued.detail]);
    expect(lines).toMatchObject([{ level: "info", type: "bill.issued", event: "event-1" }]);
    expect(JSON.stringify(lines)).not.toContain("asha");
  });

  it("tells the API caller what was refused, but fails for the bus, so that the event is retried and then kept", async () => {
    const { handler } = behavior(conflict("Bill EP-1 is canceled."));
    await logOf(async () => {
      expect(await handler(aRequest(), aContext)).toMatchObject({ statusCode: 409 });
    });
    const lines = await logOf(async () => {
      await expect(handler(issued, aContext)).rejects.toMatchObject({ code: "conflict" });
    });
    expect(lines).toMatchObject([{ level: "error", type: "bill.issued", event: "event-1", code: "conflict" }]);
    expect(JSON.stringify(lines)).not.toContain("asha");
  });
});
