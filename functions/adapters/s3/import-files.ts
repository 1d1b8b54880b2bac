import { Readable } from "node:stream";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { providerError } from "../../domain/errors.ts";
import type { ImportFiles } from "../../ports.ts";
import { s3Client } from "./client.ts";
import { rejectsCsv, rejectsFromCsv } from "./rejects-csv.ts";
import { asked, writeInParts } from "./write-in-parts.ts";

type Options = {
  readonly bucket: string;
  /** Made by `s3Client`. */
  readonly client?: S3Client;
  /** How much of a list of rejects is held at once, in bytes; S3 takes parts of 5 MiB and more. */
  readonly partBytes?: number;
};

const anHour = { expiresIn: 3_600 };
const csvType = "text/csv; charset=utf-8";

/** The uploaded files and lists of rejects in one bucket, which keeps versions. */
export function s3ImportFiles({ bucket, client = s3Client(), partBytes = 16_777_216 }: Options): ImportFiles {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  async function bytesOf(command: GetObjectCommand): Promise<AsyncIterable<Uint8Array>> {
    const { Body: body } = await asked("reading a file", client.send(command));
    if (!(body instanceof Readable)) throw providerError("S3 answered without a file");
    return chunksOf(body);
  }
  return {
    uploadUrl: (key) => getSignedUrl(client, new PutObjectCommand(at(key)), anHour),
    read: ({ key, versionId, from = 0, to }) =>
      bytesOf(
        new GetObjectCommand({
          ...at(key),
          VersionId: versionId,
          ...((from > 0 || to !== undefined) && { Range: `bytes=${from}-${to === undefined ? "" : to - 1}` }),
        }),
      ),
    writeRejects: (key, rejects) =>
      writeInParts(client, { ...at(key), ContentType: csvType }, rejectsCsv(rejects, partBytes)),
    async *readRejects(key) {
      yield* rejectsFromCsv(await bytesOf(new GetObjectCommand(at(key))));
    },
    rejectsUrl: (key) => {
      const asFile = { ResponseContentType: csvType, ResponseContentDisposition: 'attachment; filename="rejects.csv"' };
      return getSignedUrl(client, new GetObjectCommand({ ...at(key), ...asFile }), anHour);
    },
  };
}

async function* chunksOf(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (error) {
    throw providerError("S3 broke off while a file was read", error);
  }
}
