import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { providerError } from "../../domain/errors.ts";

type Target = { readonly Bucket: string; readonly Key: string; readonly ContentType: string };

/** The answer; an SDK error becomes a provider-error that names no data. */
export async function asked<T>(doing: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw providerError(`S3 failed while ${doing}`, error);
  }
}

/**
 * Writes pieces as one object while they come, holding two of them at most; no pieces, no object. Where they stop with an error
 * nothing is there: an upload that was begun is removed by the bucket's own rule for incomplete ones.
 */
export async function writeInParts(client: S3Client, target: Target, pieces: AsyncGenerator<Buffer>): Promise<void> {
  try {
    const first = await pieces.next();
    if (first.done) return;
    const second = await pieces.next();
    if (second.done) await asked("writing a file", client.send(new PutObjectCommand({ ...target, Body: first.value })));
    else await upload(client, target, afterThese([first.value, second.value], pieces));
  } finally {
    // Frees what the pieces are made from, where S3 failed before they ended.
    await pieces.return(undefined);
  }
}

async function upload(client: S3Client, target: Target, pieces: AsyncIterable<Buffer>): Promise<void> {
  const { Bucket, Key } = target;
  const { UploadId } = await asked("starting a file", client.send(new CreateMultipartUploadCommand(target)));
  const Parts: CompletedPart[] = [];
  for await (const Body of pieces) {
    const PartNumber = Parts.length + 1;
    const command = new UploadPartCommand({ Bucket, Key, UploadId, Body, PartNumber });
    const { ETag } = await asked("writing a part", client.send(command));
    Parts.push({ PartNumber, ETag });
  }
  const command = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } });
  await asked("ending a file", client.send(command));
}

async function* afterThese<T>(first: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}
