type ApiEvent = { body: string | null; isBase64Encoded: boolean; queryStringParameters: Record<string, string> | null };

/** Answers with the event it was given; `?as=broken` with what API Gateway cannot understand. */
export const handler = async (event: ApiEvent) => {
  const as = event.queryStringParameters?.["as"];
  if (as === "broken") return { nothing: true };
  if (as === "thrown") throw new Error("asked to throw");
  if (as === "binary") {
    return { statusCode: 200, headers: { "content-type": "image/png" }, body: "AQID", isBase64Encoded: true };
  }
  if (as === "long") return { statusCode: 200, headers: { "content-type": "text/plain" }, body: "a".repeat(1000) };
  return {
    statusCode: 201,
    headers: { "content-type": "application/json" },
    multiValueHeaders: { "set-cookie": ["a=1", "b=2"] },
    body: JSON.stringify({ event, joined: process.env["JOINED"] }),
  };
};
