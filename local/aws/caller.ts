import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "./http-message.ts";

/** Who signed a request, and for which service. */
export interface Signer {
  readonly accessKeyId: string;
  readonly service: string;
  /** True for a URL that carries its own signature. */
  readonly presigned: boolean;
}

/** The signer of a SigV4 request or presigned URL; undefined for a request that is neither. */
export function signerOf(request: HttpRequest): Signer | undefined {
  const header = /^AWS4-HMAC-SHA256 Credential=([^,\s]+)/.exec(request.headers["authorization"] ?? "")?.[1];
  const credential = header ?? request.query.get("X-Amz-Credential");
  if (credential === null || credential === undefined) return undefined;
  const [accessKeyId = "", , , service = ""] = credential.split("/");
  return { accessKeyId, service, presigned: header === undefined };
}

const encode = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

function expectedSignature(request: HttpRequest, secret: string): string {
  const { query, headers } = request;
  const pairs = [...query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const signed = query.get("X-Amz-SignedHeaders") ?? "";
  const lines = signed.split(";").map((name) => `${name}:${(headers[name] ?? "").trim()}\n`);
  const payload = query.get("X-Amz-Content-Sha256") ?? headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD";
  const canonical = [request.method, request.path, pairs.sort().join("&"), lines.join(""), signed, payload].join("\n");
  const [, date = "", region = "", service = "", end = ""] = (query.get("X-Amz-Credential") ?? "").split("/");
  const hash = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", query.get("X-Amz-Date") ?? "", [date, region, service, end].join("/"), hash].join(
    "\n",
  );
  const key = [region, service, end].reduce((previous, part) => hmac(previous, part), hmac(`AWS4${secret}`, date));
  return hmac(key, text).toString("hex");
}

/** Why a presigned URL is refused at `now`, by its signature and its expiry; undefined if it holds (AWS: "Authenticating requests: using query parameters"). */
export function presignedFault(request: HttpRequest, secret: string, now: number): string | undefined {
  const expected = Buffer.from(expectedSignature(request, secret));
  const given = Buffer.from(request.query.get("X-Amz-Signature") ?? "");
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    return "The request signature does not match.";
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(request.query.get("X-Amz-Date") ?? "") ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const seconds = Number(request.query.get("X-Amz-Expires") ?? "0");
  return now > signedAt + seconds * 1000 ? "Request has expired" : undefined;
}
