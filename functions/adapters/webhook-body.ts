import { jsonIn } from "./json-in.ts";

/** The JSON in the bytes of a webhook; undefined where they are no UTF-8 or hold none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return jsonIn(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
