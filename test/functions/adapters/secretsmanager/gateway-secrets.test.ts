import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { secretsManagerGatewaySecrets } from "../../../../functions/adapters/secretsmanager/gateway-secrets.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { gatewaySecrets } from "../../../support/gateway-world.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";

const biller = "example-power" as BillerId;
const prefix = "duebell/test";
const pem = (kind: string) => `-----BEGIN ${kind}-----\nMIIB\n-----END ${kind}-----\n`;

/** Reads one kind of secret, whose stored value is `stored`; undefined: there is none. */
async function read(
  kind: "razorpay" | "stripe" | "mercadoPago" | "pix",
  stored: unknown,
): Promise<{ value: unknown; asked: string[] }> {
  const found = answering(200, JSON.stringify({ SecretString: JSON.stringify(stored) }));
  const none = answering(400, '{"__type":"ResourceNotFoundException","message":"none"}');
  await using server = await loopback(stored === undefined ? none : found);
  const client = new SecretsManagerClient({ ...connectionTo(server.url), maxAttempts: 1 });
  const secrets = secretsManagerGatewaySecrets({ prefix, clock: controlledClock(), client });
  const value = await secrets[kind](biller);
  return { value, asked: server.seen.map(({ body }) => String((JSON.parse(body) as { SecretId: string }).SecretId)) };
}

const { razorpay, stripe, pix } = gatewaySecrets;
const certified = { ...pix, certificate: pem("CERTIFICATE"), privateKey: pem("PRIVATE KEY") };

describe("a biller's accounts at the gateways", () => {
  it.each([
    ["razorpay", { ...razorpay, webhookSecret: "of-another-use" }, razorpay],
    ["stripe", stripe, stripe],
    ["pix", pix, pix],
    ["pix", certified, certified],
    ["pix", { ...certified, privateKey: pem("RSA PRIVATE KEY") }, { ...certified, privateKey: pem("RSA PRIVATE KEY") }],
  ] as const)("are opened with the secret %s", async (kind, stored, expected) => {
    expect(await read(kind, stored)).toEqual({ value: expected, asked: [`duebell/test/example-power/${kind}`] });
  });

  it("are opened at Mercado Pago with the secret mercado-pago", async () => {
    const stored = { accessToken: "TEST-0000000001", webhookSecrets: ["of-another-use"] };
    const { value, asked } = await read("mercadoPago", stored);
    expect(value).toEqual({ accessToken: "TEST-0000000001" });
    expect(asked).toEqual(["duebell/test/example-power/mercado-pago"]);
  });

  it.each(["razorpay", "stripe", "mercadoPago"] as const)(
    "are not there in a secret of %s that is for webhooks only",
    async (kind) => {
      expect((await read(kind, { webhookSecrets: ["of-another-use"] })).value).toBeUndefined();
      await expect(read(kind, {})).rejects.toMatchObject({ code: "provider-error" });
    },
  );

  it.each(["razorpay", "stripe", "pix"] as const)("are not there without the secret %s", async (kind) => {
    expect((await read(kind, undefined)).value).toBeUndefined();
  });

  it.each([
    ["razorpay", "a text", "must be {keyId, keySecret}"],
    ["razorpay", { ...razorpay, keyId: "rzp:test:1" }, "keyId must not hold a colon"],
    ["razorpay", { keyId: razorpay.keyId }, "keySecret must be text"],
    ["stripe", { secretKey: "sk_test with spaces" }, "secretKey must be printable ASCII"],
    ["stripe", { secretKey: "sk" }, "secretKey must be 8 characters or more"],
    ["pix", { clientId: pix.clientId }, "clientSecret must be text"],
    ["pix", { ...pix, certificate: pem("CERTIFICATE") }, "privateKey must come together with certificate"],
    ["pix", { ...certified, privateKey: pem("CERTIFICATE") }, "privateKey must be PEM"],
  ] as const)("say what is wrong with a secret, without its value: %s %j", async (kind, stored, fault) => {
    const failure = await read(kind, stored).catch((error: Error) => error);
    expect(failure).toMatchObject({ code: "provider-error", message: expect.stringContaining(fault) });
    expect(String(failure)).not.toMatch(/example-secret|with spaces|MIIB/);
  });
});
