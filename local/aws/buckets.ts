import type { BucketResource } from "../deployment-storage.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { awsError } from "./errors.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import type { AwsRequest } from "./request.ts";

/**
 * S3, a double of our own, since fauxqs knows no versions, sends no notifications and takes no more than 11 MiB:
 * PutObject, GetObject (whole, by range, by version) and HeadObject.
 */
export interface Buckets {
  readonly handle: (request: AwsRequest) => Promise<HttpAnswer>;
}

/** What the double stands on; `onCreated` hears of every object written to a bucket that notifies EventBridge. */
export interface BucketsOptions {
  readonly buckets: readonly BucketResource[];
  readonly objects: ObjectStore;
  readonly now: () => number;
  readonly onCreated: (object: StoredObject) => void;
}

const fail = (code: string, status: number, message: string): HttpAnswer => awsError("s3", { code, status, message });

function bodyOf(http: HttpRequest): Buffer {
  const chunked = (http.headers["content-encoding"] ?? "").includes("aws-chunked");
  return chunked ? decodeAwsChunked(http.body) : http.body;
}

function facts(object: StoredObject, versioned: boolean): Record<string, string> {
  return {
    etag: object.etag,
    "content-type": object.contentType,
    "last-modified": new Date(object.modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
    ...(versioned ? { "x-amz-version-id": object.versionId } : {}),
  };
}

function ranged(object: StoredObject, range: string, headers: Record<string, string>): HttpAnswer {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const size = object.body.length;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) return fail("InvalidRange", 416, "The requested range is not satisfiable");
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${size}` },
    body: object.body.subarray(start, end + 1),
  };
}

/** The double over `objects`. */
export function buckets({ buckets: declared, objects, now, onCreated }: BucketsOptions): Buckets {
  const put = (bucket: BucketResource, key: string, http: HttpRequest): HttpAnswer => {
    const contentType = http.headers["content-type"] ?? "binary/octet-stream";
    const stored = objects.put({ bucket: bucket.name, key, contentType, modifiedAt: now(), body: bodyOf(http) });
    if (bucket.notifiesEventBridge) onCreated(stored);
    const version: Record<string, string> = bucket.versioned ? { "x-amz-version-id": stored.versionId } : {};
    return { status: 200, headers: { etag: stored.etag, ...version }, body: "" };
  };
  const get = (bucket: BucketResource, key: string, http: HttpRequest): HttpAnswer => {
    const versionId = http.query.get("versionId") ?? undefined;
    const object = objects.get(bucket.name, key, versionId);
    if (object === undefined) {
      return versionId === undefined
        ? fail("NoSuchKey", 404, "The specified key does not exist.")
        : fail("NoSuchVersion", 404, "The specified version does not exist.");
    }
    const headers = facts(object, bucket.versioned);
    const disposition = http.query.get("response-content-disposition");
    if (disposition !== null) headers["content-disposition"] = disposition;
    if (http.headers["range"] !== undefined) return ranged(object, http.headers["range"], headers);
    const length = { "content-length": String(object.body.length) };
    return { status: 200, headers: { ...headers, ...length }, body: http.method === "HEAD" ? "" : object.body };
  };
  return {
    handle: async ({ action, input, http }) => {
      const bucket = declared.find(({ name }) => name === input["Bucket"]);
      if (bucket === undefined) return fail("NoSuchBucket", 404, "The specified bucket does not exist");
      const key = String(input["Key"]);
      if (action === "PutObject") return put(bucket, key, http);
      if (action === "GetObject" || action === "HeadObject") return get(bucket, key, http);
      return fail("NotImplemented", 501, `The laptop's S3 does not know ${action}.`);
    },
  };
}
