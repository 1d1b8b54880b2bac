import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Whether Meta signed these very bytes: `header` is `X-Hub-Signature-256`, compared in constant time. */
export function isSignedByMeta(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const right = Buffer.from(`sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`);
  const shown = Buffer.from(header ?? "");
  return appSecret !== "" && shown.length === right.length && timingSafeEqual(shown, right);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The challenge to answer Meta's verification request with, from its query; undefined when the token is not ours or the request is none. */
export function answerToVerification(
  query: Readonly<Record<string, string | undefined>>,
  verifyToken: string,
): string | undefined {
  const challenge = query["hub.challenge"] ?? "";
  const isOurs = timingSafeEqual(digest(query["hub.verify_token"] ?? ""), digest(verifyToken));
  // Only what cannot be markup is echoed.
  return isOurs && verifyToken !== "" && query["hub.mode"] === "subscribe" && /^[\w-]{1,200}$/.test(challenge)
    ? challenge
    : undefined;
}
