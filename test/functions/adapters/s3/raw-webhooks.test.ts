import { GetObjectCommand } from "@aws-sdk/client-s3";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { s3Client } from "../../../../functions/adapters/s3/client.ts";
import { s3RawWebhooks } from "../../../../functions/adapters/s3/raw-webhooks.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { rawWebhooksContract } from "../../../support/contracts/raw-webhooks-contract.ts";
import { memoryRawWebhooks } from "../../../support/memory-raw-webhooks.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";

const bucket = "duebell-imports";
const call = {
  biller: "example-power" as BillerId,
  provider: "razorpay",
  body: Buffer.from("{}"),
  at: Date.parse("2026-11-21T10:00:00Z"),
};

let server: FauxqsServer;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false });
  server.createBucket(bucket);
});
afterAll(() => server.stop());

rawWebhooksContract("in memory", async () => {
  const raw = memoryRawWebhooks();
  return { raw, read: async (key) => raw.kept.get(key) ?? new Uint8Array() };
});

rawWebhooksContract("in S3", async () => {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = s3Client({ endpoint: server.address, region: "ap-south-1", credentials });
  const read = async (Key: string): Promise<Uint8Array> => {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return (await body?.transformToByteArray()) ?? new Uint8Array();
  };
  return { raw: s3RawWebhooks({ bucket, client }), read };
});

describe("bodies of webhooks in S3", () => {
  const refusal = (code: string): string =>
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`;
  const xml = { "content-type": "application/xml" };

  it("are put only where there is none yet, as a file that no browser shows", async () => {
    await using s3 = await loopback(answering(200, ""));
    await s3RawWebhooks({ bucket, client: s3Client({ ...connectionTo(s3.url), maxAttempts: 1 }) }).keep(call);
    expect(s3.seen).toMatchObject([
      { method: "PUT", headers: { "if-none-match": "*", "content-type": "application/octet-stream" } },
    ]);
  });

  it("that are there already are as good as kept", async () => {
    await using s3 = await loopback(answering(412, refusal("PreconditionFailed"), xml));
    const raw = s3RawWebhooks({ bucket, client: s3Client({ ...connectionTo(s3.url), maxAttempts: 1 }) });
    expect(await raw.keep(call)).toContain("webhooks/example-power/razorpay/2026-11-21/");
  });

  it.each([
    [403, "AccessDenied"],
    [409, "ConditionalRequestConflict"],
    [500, "InternalError"],
  ])("that cannot be kept (%i) are an error, so that the provider sends them again", async (status, code) => {
    await using s3 = await loopback(answering(status, refusal(code), xml));
    const raw = s3RawWebhooks({ bucket, client: s3Client({ ...connectionTo(s3.url), maxAttempts: 1 }) });
    await expect(raw.keep(call)).rejects.toMatchObject({ code: "provider-error", retryable: true });
  });
});
