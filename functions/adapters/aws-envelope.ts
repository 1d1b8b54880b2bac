import * as z from "zod/mini";
import { jsonIn } from "./json-in.ts";

const Envelope = z.object({ detail: z.optional(z.unknown()), Message: z.optional(z.unknown()) });

/** What an AWS service tells, bare or out of the EventBridge event or the SNS notification around it; undefined for SNS's own plain texts. */
export function unwrapped(body: unknown): unknown {
  const { detail, Message } = Envelope.safeParse(body).data ?? {};
  if (detail !== undefined) return detail;
  if (typeof Message !== "string") return body;
  return jsonIn(Message);
}
