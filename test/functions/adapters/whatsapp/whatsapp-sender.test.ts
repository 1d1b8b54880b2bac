import { describe, expect, it } from "vitest";
import { cloudApiWhatsAppSender } from "../../../../functions/adapters/whatsapp/whatsapp-sender.ts";
import { notificationReference } from "../../../../functions/domain/notification.ts";
import { aBiller } from "../../../support/builders.ts";
import { itIsACarrier } from "../carrier-contract.ts";
import { answering, loopback } from "../loopback.ts";
import { aMessage } from "../messages.ts";
import { itMakesOneAttempt } from "../one-attempt.ts";
import { socialBiller } from "../social-biller.ts";

const token = async () => "example-token";
const carrierAt = (baseUrl: string, timeoutMs: number) =>
  cloudApiWhatsAppSender({ baseUrl, version: "v24.0", timeoutMs, token });
const neverAborted = (): AbortSignal => new AbortController().signal;

const acceptance = JSON.stringify({
  messaging_product: "whatsapp",
  contacts: [{ input: "+919830012345", wa_id: "919830012345" }],
  messages: [{ id: "wamid.EXAMPLE1", message_status: "accepted" }],
});
const error = (code: number) =>
  JSON.stringify({
    error: { message: `(#${code}) no`, type: "OAuthException", code, error_data: { details: "no" }, fbtrace_id: "A" },
  });

describe("a WhatsApp message by the Cloud API", () => {
  it("is the approved template with its parameters, the link's suffix on the button, and our key to come back", async () => {
    await using server = await loopback(answering(200, acceptance));
    const message = aMessage("whatsapp");
    const result = await carrierAt(server.url, 10_000).send(message, neverAborted());
    expect(result).toEqual({ outcome: "accepted", providerReference: "wamid.EXAMPLE1" });
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      path: "/v24.0/200000000000001/messages",
      headers: { authorization: "Bearer example-token", "content-type": "application/json" },
    });
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+919830012345",
      type: "template",
      template: {
        name: "bill_issued_v1",
        language: { policy: "deterministic", code: "pt_BR" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Example Power" },
              { type: "text", text: "R$ 1.249,00" },
            ],
          },
          { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "EXPOWR/code" }] },
        ],
      },
      biz_opaque_callback_data: notificationReference(message.key),
    });
  });

  const answers: readonly [number, number, object][] = [
    [130429, 400, { outcome: "refused-for-now", reason: "throughput-limit" }],
    [131056, 400, { outcome: "refused-for-now", reason: "pair-rate-limit" }],
    [80007, 400, { outcome: "refused-for-now", reason: "account-rate-limit" }],
    [4, 400, { outcome: "refused-for-now", reason: "app-call-limit" }],
    [131057, 500, { outcome: "refused-for-now", reason: "maintenance" }],
    [133004, 503, { outcome: "refused-for-now", reason: "server-unavailable" }],
    [190, 401, { outcome: "refused-for-now", reason: "not-authorized" }],
    [0, 401, { outcome: "refused-for-now", reason: "not-authorized" }],
    [10, 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    [200, 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    [131026, 400, { outcome: "refused", kind: "permanent-failure", reason: "undeliverable" }],
    [130472, 400, { outcome: "refused", kind: "temporary-failure", reason: "experiment" }],
    [132000, 400, { outcome: "refused", kind: "technical-failure", reason: "parameter-count" }],
    [132001, 404, { outcome: "refused", kind: "technical-failure", reason: "template-missing" }],
    [131031, 403, { outcome: "refused", kind: "technical-failure", reason: "account-locked" }],
    [1, 400, { outcome: "unknown", reason: "unknown-error" }],
    [2, 503, { outcome: "unknown", reason: "service-unavailable" }],
    [131000, 500, { outcome: "unknown", reason: "something-went-wrong" }],
    [131016, 500, { outcome: "unknown", reason: "service-unavailable" }],
    [132000, 500, { outcome: "unknown", reason: "parameter-count" }],
    [190, 500, { outcome: "unknown", reason: "not-authorized" }],
    [999999, 400, { outcome: "unknown", reason: "code-999999" }],
    [130429, 200, { outcome: "unknown", reason: "unreadable-answer" }],
  ];
  it.each(answers)("answered with the code %i (%i) proves just what Meta's list says", async (code, status, result) => {
    await using server = await loopback(answering(status, error(code)));
    expect(await carrierAt(server.url, 10_000).send(aMessage("whatsapp"), neverAborted())).toEqual(result);
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["of an unexpected shape", '{"messages":[{"id":""}]}'],
    ["without a message", '{"messages":[]}'],
    ["that is no object", "[]"],
  ])("is not known to be accepted by a 200 %s", async (_, body) => {
    await using server = await loopback(answering(200, body));
    expect(await carrierAt(server.url, 10_000).send(aMessage("whatsapp"), neverAborted())).toEqual({
      outcome: "unknown",
      reason: "unreadable-answer",
    });
  });

  it("stops reading an answer that does not end", async () => {
    await using server = await loopback(answering(200, " ".repeat(1_500_000)));
    expect(await carrierAt(server.url, 10_000).send(aMessage("whatsapp"), neverAborted())).toMatchObject({
      outcome: "unknown",
    });
  });

  it.each([
    ["is missing", async () => undefined],
    ["cannot be read", async () => Promise.reject(new Error("down"))],
  ])("waits while the biller's access token %s: nothing was sent", async (_, brokenToken) => {
    await using server = await loopback(answering(200, acceptance));
    const carrier = cloudApiWhatsAppSender({
      baseUrl: server.url,
      version: "v24.0",
      timeoutMs: 10_000,
      token: brokenToken,
    });
    expect(await carrier.send(aMessage("whatsapp"), neverAborted())).toEqual({
      outcome: "refused-for-now",
      reason: "no-access-token",
    });
    expect(server.seen).toHaveLength(0);
  });

  it("waits when the access token takes longer than there is time: nothing was sent", async () => {
    await using server = await loopback(answering(200, acceptance));
    const slow = () => new Promise<string>(() => undefined);
    const carrier = cloudApiWhatsAppSender({ baseUrl: server.url, version: "v24.0", timeoutMs: 10_000, token: slow });
    expect(await carrier.send(aMessage("whatsapp"), AbortSignal.timeout(100))).toEqual({
      outcome: "refused-for-now",
      reason: "no-time-left",
    });
    expect(server.seen).toHaveLength(0);
  });

  it("is not sent for a biller without WhatsApp", async () => {
    await using server = await loopback(answering(200, acceptance));
    const { whatsapp: _, ...biller } = aBiller();
    const result = await carrierAt(server.url, 10_000).send(aMessage("whatsapp", { biller }), neverAborted());
    expect(result).toEqual({ outcome: "refused", kind: "technical-failure", reason: "no-sender-settings" });
    expect(server.seen).toHaveLength(0);
  });

  itIsACarrier({
    carrierAt,
    message: aMessage("whatsapp"),
    notIts: [aMessage("sms"), aMessage("whatsapp", { biller: socialBiller })],
    acceptance: { answer: answering(200, acceptance), providerReference: "wamid.EXAMPLE1" },
    throttle: answering(400, error(130429)),
    refusals: {
      forGood: [answering(400, error(131026)), answering(400, error(132000)), answering(404, error(132001))],
      unauthorized: answering(401, error(190)),
    },
    unheardOf: answering(400, error(777777)),
    throttleAt500: answering(500, error(130429)),
  });

  itMakesOneAttempt({ carrierAt, message: aMessage("whatsapp"), acceptance, serverError: error(131000) });
});
