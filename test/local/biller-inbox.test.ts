import { describe, expect, it } from "vitest";
import { signStandardWebhook } from "../../functions/adapters/standard-webhooks/sign.ts";
import { billerInbox } from "../../local/biller-inbox.ts";
import { controlledClock } from "../support/memory-clock.ts";

const url = "https://billing.example.com/duebell";
const secretOf = (letter: string): string => `whsec_${Buffer.from(letter.repeat(24)).toString("base64")}`;
const [first, second] = [secretOf("a"), secretOf("b")];
const body = JSON.stringify({ type: "bill.paid", timestamp: "2026-11-20T13:00:00.000Z", data: { billId: "EP-1" } });

/** The webhook of one biller, and a way to post to it. */
function anInbox() {
  const clock = controlledClock();
  const inbox = billerInbox({
    settings: () => ({ power: { webhook: { url } }, water: { name: "Without a webhook" } }),
    secrets: { ofBiller: () => ({ webhook: { secrets: [first, second] } }) },
    now: clock.now,
  });
  const post = (headers: Record<string, string> = {}, to = url) => {
    const signed = { id: "event-1", timestamp: String(Math.floor(clock.now() / 1_000)), body };
    return inbox.take(to, {
      ...{ method: "POST", path: "/sandbox/outbound/duebell", query: new URLSearchParams(), body: Buffer.from(body) },
      headers: {
        "webhook-id": signed.id,
        "webhook-timestamp": signed.timestamp,
        "webhook-signature": signStandardWebhook(signed, first),
        ...headers,
      },
    });
  };
  return { ...inbox, clock, post };
}

describe("the double of a biller's webhook", () => {
  it("takes what either secret signed, and keeps it with its type", () => {
    const { post, received, clock } = anInbox();
    expect(post()).toMatchObject({ status: 204 });
    const signed = { id: "event-1", timestamp: String(Math.floor(clock.now() / 1_000)), body };
    expect(post({ "webhook-signature": `v1,AAAA ${signStandardWebhook(signed, second)}` })).toMatchObject({
      status: 204,
    });
    expect(received({ biller: "power", type: "bill.paid" })).toMatchObject([
      { id: "event-1", verified: true, status: 204, body: { data: { billId: "EP-1" } } },
      { verified: true },
    ]);
    expect(received({ biller: "water" })).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    [
      "another's signature",
      { "webhook-signature": signStandardWebhook({ id: "event-1", timestamp: "1", body }, first) },
    ],
    ["another id", { "webhook-id": "event-2" }],
    ["a time long past", { "webhook-timestamp": "1700000000" }],
    ["no signature", { "webhook-signature": "" }],
  ])("refuses %s, and keeps that it came", (_, headers) => {
    const { post, received } = anInbox();
    expect(post(headers)).toMatchObject({ status: 401 });
    expect(received({})).toMatchObject([{ verified: false, status: 401 }]);
  });

  it("answers as it is told to, whatever it is posted", () => {
    const { post, setMode } = anInbox();
    const answers = (["down", "busy", "gone", "slow", "ok"] as const).map((mode) => {
      setMode("power", mode);
      const answer = post();
      return typeof answer === "object" ? answer.status : answer;
    });
    expect(answers).toEqual([503, 429, 410, "hang", 204]);
    expect(() => setMode("water", "down")).toThrow(/no webhook/);
  });

  it("keeps the last five hundred, and takes nothing for an address that is nobody's", () => {
    const { post, received } = anInbox();
    for (let n = 0; n < 510; n++) post();
    expect(received({})).toHaveLength(500);
    expect(post({}, "https://elsewhere.example.com/duebell")).toBeUndefined();
  });
});
