import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { secretsManagerBillerWebhook } from "../../../../functions/adapters/secretsmanager/biller-webhook.ts";
import { aBiller } from "../../../support/builders.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";

const { id } = aBiller();
const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, "a").toString("base64")}`;

/** What a Secrets Manager that answers this makes of the secret of a biller, and what it was asked for. */
async function reading(status: number, answer: object) {
  await using server = await loopback(answering(status, JSON.stringify(answer)));
  const client = new SecretsManagerClient({ ...connectionTo(server.url), maxAttempts: 1 });
  const read = secretsManagerBillerWebhook({ prefix: "duebell/test", clock: controlledClock(), client });
  const [outcome] = await Promise.allSettled([read(id)]);
  return { ...outcome, asked: server.seen.map(({ body }) => (JSON.parse(body) as { SecretId: string }).SecretId) };
}
const holding = (secret: object) => reading(200, { SecretString: JSON.stringify(secret) });

describe("what events to a biller's own system are signed with", () => {
  it.each([[[secretOf(24)]], [[secretOf(32), secretOf(64)]]])("is its secret webhook: one, or two", async (secrets) => {
    expect(await holding({ secrets })).toMatchObject({
      value: secrets,
      asked: ["duebell/test/example-power/webhook"],
    });
  });

  it("is nothing where there is no such secret", async () => {
    expect(await reading(400, { __type: "ResourceNotFoundException", message: "none" })).toMatchObject({ value: [] });
  });

  it.each([
    ["none", { secrets: [] }],
    ["three", { secrets: [secretOf(24), secretOf(25), secretOf(26)] }],
    ["one that is too short", { secrets: [secretOf(16)] }],
    ["one that is too long", { secrets: [secretOf(80)] }],
    ["one without its prefix", { secrets: [Buffer.alloc(32, "a").toString("base64")] }],
    ["another shape", { secret: secretOf(24) }],
  ])("is refused with %s, and not told", async (_what, secret) => {
    const { status, reason } = (await holding(secret)) as PromiseRejectedResult;
    expect(status).toBe("rejected");
    expect(String(reason)).toMatch(/webhook is malformed/);
    expect(String(reason)).not.toMatch(/YWFh/);
  });
});
