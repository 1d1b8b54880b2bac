import { createHash } from "node:crypto";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { providerError } from "../../domain/errors.ts";
import { toIso } from "../../domain/local-time.ts";
import type { RawWebhooks } from "../../money-ports.ts";
import { s3Client } from "./client.ts";

type Options = {
  readonly bucket: string;
  /** Made by `s3Client`. */
  readonly client?: S3Client;
};

/** A provider waits for its answer: five seconds at the most impatient (Razorpay). */
const inTime = { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true };

/**
 * Bodies of webhooks under `webhooks/<biller>/<provider>/<day in UTC>/<sha256 of the body>.json` in a bucket that encrypts them. The first
 * stays; nobody can have a browser take one for a page.
 */
export function s3RawWebhooks({ bucket, client = s3Client({ requestHandler: inTime }) }: Options): RawWebhooks {
  return {
    keep: async ({ biller, provider, body, at }) => {
      const hash = createHash("sha256").update(body).digest("hex");
      const key = `webhooks/${biller}/${provider}/${toIso(at).slice(0, 10)}/${hash}.json`;
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: "application/octet-stream",
        IfNoneMatch: "*",
      });
      try {
        await client.send(put);
      } catch (error) {
        const isThere = error instanceof Error && error.name === "PreconditionFailed";
        if (!isThere) throw providerError("The body of a webhook could not be kept.", error);
      }
      return key;
    },
  };
}
