/** One HTTP request that has been read to its end; header names are lower case. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One HTTP answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** A request that must never get an answer: the client gives up by itself. */
export type MaybeAnswer = HttpAnswer | "hang";

/** An answer with a JSON body. */
export const jsonAnswer = (status: number, body: unknown, type = "application/json"): HttpAnswer => ({
  status,
  headers: { "content-type": type },
  body: JSON.stringify(body),
});

/** An answer with an XML body. */
export const xmlAnswer = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { "content-type": "text/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

/** Text as it may stand in XML. */
export const xmlText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
