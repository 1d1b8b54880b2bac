import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { secretsManagerBillFetch } from "../../../../functions/adapters/secretsmanager/bill-fetch.ts";
import { aBiller } from "../../../support/builders.ts";
import { controlledClock } from "../../../support/memory-clock.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";

const { id } = aBiller();

/** What a Secrets Manager that answers this makes of the secret of a biller, and what it was asked for. */
async function reading(status: number, answer: object) {
  await using server = await loopback(answering(status, JSON.stringify(answer)));
  const client = new SecretsManagerClient({ ...connectionTo(server.url), maxAttempts: 1 });
  const read = secretsManagerBillFetch({ prefix: "duebell/test", clock: controlledClock(), client });
  const [outcome] = await Promise.allSettled([read(id)]);
  return { ...outcome, asked: server.seen.map(({ body }) => (JSON.parse(body) as { SecretId: string }).SecretId) };
}
const holding = (secret: object) => reading(200, { SecretString: JSON.stringify(secret) });

describe("what a biller's own system wants to see", () => {
  it("is its secret bill-fetch", async () => {
    expect(await holding({ authorization: "Basic ZXhhbXBsZQ==" })).toMatchObject({
      value: "Basic ZXhhbXBsZQ==",
      asked: ["duebell/test/example-power/bill-fetch"],
    });
  });

  it("is nothing where there is no such secret", async () => {
    const answer = await reading(400, { __type: "ResourceNotFoundException", message: "none" });
    expect(answer).toMatchObject({ status: "fulfilled", value: undefined });
  });

  it.each([
    ["no authorization", {}],
    ["a line break", { authorization: "Basic a\r\nx-other: b" }],
    ["nothing in it", { authorization: "" }],
    ["no end", { authorization: "x".repeat(4_001) }],
  ])("is refused with %s, and not told", async (_what, secret) => {
    const { status, reason } = (await holding(secret)) as PromiseRejectedResult;
    expect(status).toBe("rejected");
    expect(String(reason)).toMatch(/bill-fetch is malformed/);
    expect(String(reason)).not.toMatch(/Basic|xxx/);
  });
});
