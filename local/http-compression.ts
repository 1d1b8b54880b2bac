import { gzipSync } from "node:zlib";
import type { HttpAnswer } from "./aws/http-message.ts";

const takesGzip = (acceptEncoding: string): boolean =>
  acceptEncoding.split(",").some((coding) => /^\s*(gzip|\*)\s*(;\s*q\s*=\s*(?!0(\.0*)?\s*$)|$)/i.test(coding));

/** The answer as API Gateway sends it: in gzip where it has `from` bytes or more and the client takes that (developer guide, "Payload compression"). */
export function compressed(answer: HttpAnswer, acceptEncoding: string, from: number | undefined): HttpAnswer {
  const isLong = from !== undefined && Buffer.byteLength(answer.body) >= from;
  if (!isLong || answer.headers["content-encoding"] !== undefined || !takesGzip(acceptEncoding)) return answer;
  return { ...answer, headers: { ...answer.headers, "content-encoding": "gzip" }, body: gzipSync(answer.body) };
}
