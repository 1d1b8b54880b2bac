import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { secretsManagerLinkKeys } from "../../../../functions/adapters/secretsmanager/link-keys.ts";
import { secretsManagerWebhookSecrets } from "../../../../functions/adapters/secretsmanager/webhook-secrets.ts";
import { secretsManagerWhatsAppAccounts } from "../../../../functions/adapters/secretsmanager/whatsapp-accounts.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { answering, type Behavior, connectionTo, type Loopback, loopback } from "../loopback.ts";

const biller = "example-power" as BillerId;
const minuteMs = 60_000;

/** A Secrets Manager that holds `secrets`; a value that is a behavior is what becomes of the request. */
const holding =
  (secrets: Readonly<Record<string, string | Behavior>>): Behavior =>
  (response, seen) => {
    const { SecretId } = JSON.parse(seen.body) as { SecretId: string };
    const secret = secrets[SecretId];
    if (typeof secret === "function") secret(response, seen);
    else if (secret === undefined)
      answering(400, '{"__type":"ResourceNotFoundException","message":"none"}')(response, seen);
    else answering(200, JSON.stringify({ Name: SecretId, SecretString: secret }))(response, seen);
  };

const optionsFor = (server: Loopback) => ({
  clock: controlledClock(),
  client: new SecretsManagerClient({ ...connectionTo(server.url), maxAttempts: 1 }),
});

const key = "0123456789abcdef0123456789abcdef";
const linkKey = (overrides: object = {}): object => ({
  id: "1",
  key,
  activeFrom: "1970-01-01T00:00:00Z",
  ...overrides,
});

describe("the link keys", () => {
  it.each([
    ["one object", linkKey(), [{ id: "1", key, activeFrom: 0 }]],
    [
      "a list",
      [linkKey(), linkKey({ id: "2", activeFrom: "2026-06-01T00:00:00+05:30" })],
      [
        { id: "1", key, activeFrom: 0 },
        { id: "2", key, activeFrom: Date.parse("2026-05-31T18:30:00Z") },
      ],
    ],
  ])("are read from %s", async (_, secret, expected) => {
    await using server = await loopback(holding({ keys: JSON.stringify(secret) }));
    expect(await secretsManagerLinkKeys({ name: "keys", ...optionsFor(server) })()).toEqual(expected);
  });

  it.each([
    ["no JSON", `{"key": "${key}`, "is not JSON text"],
    ["an empty list", "[]", "must hold a key"],
    ["a text", '"key"', "0 must be {id, key, activeFrom}"],
    ["a key without its name", JSON.stringify({ key, activeFrom: "1970-01-01T00:00:00Z" }), "0.id"],
    ["a long name", JSON.stringify(linkKey({ id: "12" })), "0.id must be one character of base58"],
    [
      "a short key",
      JSON.stringify([linkKey(), linkKey({ id: "2", key: "short" })]),
      "1.key must be 32 characters or more",
    ],
    [
      "a day for a time",
      JSON.stringify(linkKey({ activeFrom: "2026-06-01" })),
      "0.activeFrom must be a time with its zone",
    ],
    ["one name twice", JSON.stringify([linkKey(), linkKey()]), "must name each key differently"],
  ])("that are %s are refused with what is wrong, and never with a key", async (_, secret, message) => {
    await using server = await loopback(holding({ keys: secret }));
    const error: unknown = await secretsManagerLinkKeys({ name: "keys", ...optionsFor(server) })().catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "provider-error", retryable: true, message: expect.stringContaining(message) });
    expect(error).not.toHaveProperty("cause");
    expect(String(error)).toContain("secret keys");
    expect(String(error)).not.toContain(key.slice(0, 8));
  });

  it("that do not exist are an error", async () => {
    await using server = await loopback(holding({}));
    await expect(secretsManagerLinkKeys({ name: "keys", ...optionsFor(server) })()).rejects.toMatchObject({
      message: "The secret keys does not exist.",
    });
  });

  it("are read once in five minutes, also when many ask at once", async () => {
    await using server = await loopback(holding({ keys: JSON.stringify(linkKey()) }));
    const options = optionsFor(server);
    const keys = secretsManagerLinkKeys({ name: "keys", ...options });
    await Promise.all([keys(), keys(), keys()]);
    options.clock.advance(5 * minuteMs - 1);
    await keys();
    expect(server.seen).toHaveLength(1);
    options.clock.advance(1);
    await keys();
    expect(server.seen).toHaveLength(2);
  });

  it("that cannot be read anew are an error, not the old ones, and are asked for again at the next call", async () => {
    const answer = holding({ keys: JSON.stringify(linkKey()) });
    await using server = await loopback(answer, answering(500, '{"__type":"InternalServiceError"}'), answer);
    const options = optionsFor(server);
    const keys = secretsManagerLinkKeys({ name: "keys", ...options });
    await keys();
    options.clock.advance(5 * minuteMs);
    await expect(keys()).rejects.toMatchObject({ code: "provider-error", message: "The secret keys cannot be read." });
    expect(await keys()).toHaveLength(1);
  });
});

describe("the secrets of a biller", () => {
  const account = { accessToken: "example-token", appSecret: "example-app-secret", verifyToken: "example-verify" };
  const live = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", `whsec_${Buffer.alloc(32, 7).toString("base64")}`];

  it("are those of its own webhooks", async () => {
    await using server = await loopback(
      holding({
        "duebell/test/example-power/standard": JSON.stringify({ secrets: live }),
        "duebell/test/example-power/whatsapp": JSON.stringify(account),
      }),
    );
    const secrets = secretsManagerWebhookSecrets({ prefix: "duebell/test", ...optionsFor(server) });
    expect(await secrets.standard(biller)).toEqual(live);
    expect(await secrets.whatsApp(biller)).toEqual(account);
    expect(await secrets.standard("other" as BillerId)).toEqual([]);
    expect(await secrets.whatsApp("other" as BillerId)).toBeUndefined();
  });

  it("are what the gateways sign with, be it that the account has no webhook, or other keys beside them", async () => {
    const webhookSecrets = ["example secret one", "example secret two"];
    await using server = await loopback(
      holding({
        "duebell/test/example-power/razorpay": JSON.stringify({ keyId: "rzp_1", keySecret: "k", webhookSecrets }),
        "duebell/test/example-power/stripe": JSON.stringify({ secretKey: "sk_test_1" }),
        "duebell/test/example-power/mercado-pago": JSON.stringify({ webhookSecrets: webhookSecrets.slice(1) }),
        "duebell/test/example-power/bbps": JSON.stringify({ authorizations: ["Basic c2V0dTpleGFtcGxl"] }),
      }),
    );
    const secrets = secretsManagerWebhookSecrets({ prefix: "duebell/test", ...optionsFor(server) });
    expect(await secrets.razorpay(biller)).toEqual(webhookSecrets);
    expect(await secrets.stripe(biller)).toEqual([]);
    expect(await secrets.mercadoPago(biller)).toEqual(["example secret two"]);
    expect(await secrets.bbps(biller)).toEqual(["Basic c2V0dTpleGFtcGxl"]);
    expect(await secrets.bbps("other" as BillerId)).toEqual([]);
  });

  it.each([
    ["a short one", { webhookSecrets: ["short"] }, "webhookSecrets.0 must be 8 characters or more"],
    ["a line break", { webhookSecrets: ["example\nsecret"] }, "webhookSecrets.0 must be printable ASCII"],
    ["three of them", { webhookSecrets: ["a", "b", "c"].map((x) => x.repeat(8)) }, "webhookSecrets must hold two"],
  ])("of a gateway with %s are refused with what is wrong", async (_, secret, message) => {
    await using server = await loopback(holding({ "duebell/test/example-power/stripe": JSON.stringify(secret) }));
    const secrets = secretsManagerWebhookSecrets({ prefix: "duebell/test", ...optionsFor(server) });
    const expected = { code: "provider-error", message: expect.stringContaining(message) };
    await expect(secrets.stripe(biller)).rejects.toMatchObject(expected);
  });

  it("hold the token that its WhatsApp messages are sent with", async () => {
    await using server = await loopback(holding({ "duebell/test/example-power/whatsapp": JSON.stringify(account) }));
    const accountOf = secretsManagerWhatsAppAccounts({ prefix: "duebell/test", ...optionsFor(server) });
    expect((await accountOf(biller))?.accessToken).toBe("example-token");
    expect(await accountOf("other" as BillerId)).toBeUndefined();
  });

  it.each([
    ["no list", { secrets: live[0] }, "secrets must be a list"],
    ["an empty list", { secrets: [] }, "secrets must hold a secret"],
    ["three secrets", { secrets: [...live, live[0]] }, "secrets must hold two secrets at most"],
    ["a secret of another kind", { secrets: ["sk_example"] }, "secrets.0 must be whsec_"],
  ])("with %s are refused with what is wrong", async (_, secret, message) => {
    await using server = await loopback(holding({ "duebell/test/example-power/standard": JSON.stringify(secret) }));
    const secrets = secretsManagerWebhookSecrets({ prefix: "duebell/test", ...optionsFor(server) });
    await expect(secrets.standard(biller)).rejects.toMatchObject({
      code: "provider-error",
      message: expect.stringContaining(message),
    });
  });

  it("of hundreds of billers that do not exist are forgotten again", async () => {
    await using server = await loopback(holding({}));
    const { standard } = secretsManagerWebhookSecrets({ prefix: "duebell/test", ...optionsFor(server) });
    for (let i = 0; i <= 200; i++) expect(await standard(`biller-${i}` as BillerId)).toEqual([]);
    await standard("biller-0" as BillerId);
    expect(server.seen).toHaveLength(202);
  });
});
