import type * as z from "zod";
import { DuebellError, invalidInput } from "../functions/domain/errors.ts";
import { type HttpAnswer, jsonAnswer } from "./aws/http-message.ts";

const statusOf: Readonly<Record<string, number>> = {
  "invalid-input": 400,
  unauthorized: 401,
  "not-found": 404,
  conflict: 409,
  "provider-error": 502,
  "not-ready": 503,
};

const titles: Readonly<Record<string, string>> = {
  "invalid-input": "The request is not valid",
  "not-found": "There is no such thing",
  conflict: "The request contradicts what is there",
};

/** The answer to an error, after RFC 9457: `errors` names each field; anything that is not ours is thrown on. */
export function problem(cause: unknown): HttpAnswer {
  if (!(cause instanceof DuebellError)) throw cause;
  const status = statusOf[cause.code] ?? 500;
  const body = {
    type: "about:blank",
    title: titles[cause.code] ?? "The request failed",
    status,
    detail: cause.message,
    code: cause.code,
    ...(cause.fields.length === 0 ? {} : { errors: cause.fields }),
  };
  return jsonAnswer(status, body, "application/problem+json");
}

/** A refusal of one field. */
export const refuse = (path: string, message: string): DuebellError =>
  invalidInput(`${path} ${message}`, [{ path, message }]);

/** A request body as JSON; throws `invalid-input` where it is none. */
export function jsonBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw refuse("body", "must be JSON");
  }
}

/** A value that fits `schema`; throws `invalid-input` naming every field that does not. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "is not a known field" }))
      : [{ path: issue.path.join(".") || "body", message: issue.message }],
  );
  throw invalidInput(fields.map(({ path, message }) => `${path} ${message}`).join("; "), fields);
}
