import { describe, expect, it } from "vitest";
import { cloudApiWhatsAppSender } from "../../functions/adapters/whatsapp/whatsapp-sender.ts";
import type { SendResult } from "../../functions/ports.ts";
import { answering, loopback } from "../functions/adapters/loopback.ts";
import { aMessage } from "../functions/adapters/messages.ts";
import { fixtures } from "./fixtures.ts";

async function resultOf(status: number, body: unknown): Promise<SendResult> {
  await using server = await loopback(answering(status, JSON.stringify(body)));
  const options = { baseUrl: server.url, version: "v24.0", timeoutMs: 10_000, token: async () => "example-token" };
  return await cloudApiWhatsAppSender(options).send(aMessage("whatsapp"), new AbortController().signal);
}

describe("the answers that Meta prints", () => {
  it.each(fixtures("whatsapp/requests.json").filter(({ kind }) => kind === "send-response"))(
    "with a message's id are an acceptance: $id $title",
    async ({ body }) => {
      const [{ id: providerReference }] = (body as { messages: [{ id: string }] }).messages;
      expect(await resultOf(200, body)).toEqual({ outcome: "accepted", providerReference });
    },
  );

  it("with an error are what the list of codes says", async () => {
    const results = await Promise.all(
      fixtures("whatsapp/errors.json").map(async ({ id, body }) => [id, await resultOf(400, body)]),
    );
    expect(Object.fromEntries(results)).toEqual({
      "err-001": { outcome: "refused-for-now", reason: "not-authorized" },
      "err-002": { outcome: "refused", kind: "technical-failure", reason: "payments-terms-not-accepted" },
      "err-003": { outcome: "unknown", reason: "http-400" },
      "err-004": { outcome: "refused-for-now", reason: "throughput-limit" },
      "err-005": { outcome: "refused", kind: "technical-failure", reason: "invalid-parameter" },
    });
  });
});
