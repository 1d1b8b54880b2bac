import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

/**
 * A client whose URLs name the bucket in the path. It adds no checksum of its own: in a presigned URL that would be the checksum of
 * nothing, and S3 would refuse the file.
 */
export const s3Client = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    ...config,
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
