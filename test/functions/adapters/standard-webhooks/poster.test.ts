import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { oneExchange } from "../../../../functions/adapters/one-exchange.ts";
import { outboundCall } from "../../../../functions/adapters/outbound.ts";
import { standardWebhookPoster } from "../../../../functions/adapters/standard-webhooks/poster.ts";
import { verifyStandardWebhook } from "../../../../functions/adapters/standard-webhooks/verify.ts";
import { aBiller } from "../../../support/builders.ts";
import { answering, type Behavior, closing, loopback } from "../loopback.ts";

const secretOf = (letter: string): string => `whsec_${Buffer.from(letter.repeat(24)).toString("base64")}`;
const [first, second] = [secretOf("a"), secretOf("b")];
const biller = aBiller({ webhook: { url: "https://billing.example.com/duebell?x=1" } });
const event = {
  id: "bill.paid/example-power/EP-1/razorpay:pay_0001",
  type: "bill.paid",
  at: Date.parse("2026-11-20T13:00:00Z"),
  data: { source: "razorpay", version: 1, biller: "example-power", billId: "EP-1" },
};

type Options = Partial<Parameters<typeof standardWebhookPoster>[0]>;

/** Posts the event to a system that behaves like this; the library of Standard Webhooks knows only the real time. */
async function posted(behavior: Behavior, options: Options = {}, to = biller) {
  await using server = await loopback(behavior);
  const call = outboundCall({ to: server.url as `http://127.0.0.1:${string}` });
  const poster = standardWebhookPoster({ call, secrets: async () => [first], clock: { now: Date.now }, ...options });
  const outcome = await poster.post(to, event);
  return { outcome, seen: server.seen };
}

const headersOf = (seen: Awaited<ReturnType<typeof posted>>["seen"]) => seen[0]?.headers as Record<string, string>;

describe("an event posted to a biller's own system", () => {
  it("is its type, time and detail as JSON, and says who calls", async () => {
    const { outcome, seen } = await posted(answering(204, ""));
    expect(outcome).toEqual({ outcome: "taken" });
    expect(seen[0]).toMatchObject({ method: "POST", path: "/duebell?x=1" });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      type: "bill.paid",
      timestamp: "2026-11-20T13:00:00.000Z",
      data: event.data,
    });
    const { host, "content-type": type, "user-agent": agent, "webhook-id": id } = headersOf(seen);
    expect([host, type, agent, id]).toEqual([
      "billing.example.com",
      "application/json",
      "Duebell-Webhooks/1",
      event.id,
    ]);
  });

  it("is genuine to the official library by each of two live secrets, and by no other", async () => {
    const { seen } = await posted(answering(200, "ok"), { secrets: async () => [first, second] });
    const body = seen[0]?.body ?? "";
    for (const secret of [first, second])
      expect(new Webhook(secret).verify(body, headersOf(seen))).toMatchObject({ type: "bill.paid" });
    expect(() => new Webhook(secretOf("c")).verify(body, headersOf(seen))).toThrow();
    expect(() => new Webhook(first).verify(body.replace("EP-1", "EP-2"), headersOf(seen))).toThrow();
  });

  it("is dated by each try's own time, and has the same id and body at all of them", async () => {
    const at = Date.parse("2026-11-22T00:00:07.900Z");
    const later = await posted(answering(200, ""), { clock: { now: () => at } });
    const now = await posted(answering(200, ""));
    expect(headersOf(later.seen)["webhook-timestamp"]).toBe(String(Math.floor(at / 1_000)));
    expect(later.seen[0]?.body).toBe(now.seen[0]?.body);
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headersOf(later.seen);
    const signed = { body: Buffer.from(later.seen[0]?.body ?? ""), id, timestamp, signature };
    expect(verifyStandardWebhook(signed, { secrets: [first], now: at })).toMatchObject({ outcome: "genuine" });
  });

  it.each<[string, Behavior, object]>([
    ["taken with any success", answering(202, "later"), { outcome: "taken" }],
    ["gone with 410", answering(410, ""), { outcome: "gone" }],
    ["refused with a redirect, which is not followed", answering(302, "", { location: "/x" }), refused("http-302")],
    ["refused with an error", answering(503, ""), refused("http-503")],
    ["refused for as long as it says", answering(429, "", { "retry-after": "600" }), refused("http-429", 600_000)],
    ["refused, a wish in the past left out", answering(503, "", { "retry-after": "0" }), refused("http-503")],
    ["refused, an unreadable wish left out", answering(503, "", { "retry-after": "soon" }), refused("http-503")],
    ["refused with an answer without end", answering(200, "x".repeat(300_000)), refused("too-long")],
    ["refused where the answer is lost", closing, refused("broken-off")],
  ])("is %s", async (_, behavior, outcome) => {
    expect((await posted(behavior)).outcome).toEqual(outcome);
  });

  it("waits until the date that the system names", async () => {
    const at = Date.parse("2026-11-22T00:00:00Z");
    const behavior = answering(503, "", { "retry-after": "Sun, 22 Nov 2026 00:30:00 GMT" });
    expect((await posted(behavior, { clock: { now: () => at } })).outcome).toEqual(refused("http-503", 1_800_000));
  });

  it("is posted to nobody without a secret, or without a webhook", async () => {
    const without = await posted(answering(200, ""), { secrets: async () => [] });
    const nowhere = await posted(answering(200, ""), {}, aBiller());
    expect([without.outcome, nowhere.outcome]).toEqual([{ outcome: "no-secret" }, { outcome: "no-secret" }]);
    expect([...without.seen, ...nowhere.seen]).toEqual([]);
  });

  it.each(["https://10.0.0.1/duebell", "https://[::1]/duebell", "https://169.254.169.254/latest"])(
    "goes to no internal address: %s",
    async (url) => {
      const call = outboundCall({ to: "public" });
      const poster = standardWebhookPoster({ call, secrets: async () => [first], clock: { now: Date.now } });
      // As a biller stored before such an address was refused.
      expect(await poster.post({ ...aBiller(), webhook: { url } }, event)).toEqual(refused("refused-address"));
    },
  );

  it("fails where its secret cannot be read, without a call", async () => {
    const secrets = () => Promise.reject(new Error("away"));
    await expect(posted(answering(200, ""), { secrets, call: oneExchange })).rejects.toThrow("away");
  });
});

function refused(reason: string, retryAfterMs?: number) {
  return { outcome: "refused", reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
