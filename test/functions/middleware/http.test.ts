import { describe, expect, it } from "vitest";
import {
  conflict,
  DuebellError,
  invalidInput,
  notFound,
  notReady,
  providerError,
  unauthorized,
} from "../../../functions/domain/errors.ts";
import { type HttpRequest, httpHandler, json, problem } from "../../../functions/middleware/http.ts";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

/** What a handler behind the API sees of a request. */
async function seen(event: Parameters<typeof aRequest>[0]): Promise<HttpRequest> {
  let found: HttpRequest | undefined;
  const handler = httpHandler(async (request) => {
    found = request;
    return { status: 204 };
  });
  await logOf(() => handler(aRequest(event), aContext));
  if (!found) throw new Error("the handler was not called");
  return found;
}

/** What a caller gets when a handler throws. */
async function answered(error: unknown) {
  const handler = httpHandler(async () => {
    throw error;
  });
  let answer: Awaited<ReturnType<typeof handler>> | undefined;
  const log = await logOf(async () => {
    answer = await handler(aRequest(), aContext);
  });
  return { answer, log };
}

describe("a problem", () => {
  it.each([
    [invalidInput("The bill is not valid."), 400, "invalid-input"],
    [unauthorized("No."), 401, "unauthorized"],
    [notFound("There is no bill x."), 404, "not-found"],
    [conflict("The bill is canceled."), 409, "conflict"],
    [providerError("DynamoDB failed"), 502, "provider-error"],
    [notReady("Not yet."), 503, "not-ready"],
  ])("says %s as RFC 9457 asks", (error, status, code) => {
    const { headers, body, status: answered } = problem(error);
    expect(answered).toBe(status);
    expect(headers).toMatchObject({ "content-type": "application/problem+json", "cache-control": "no-store" });
    expect(JSON.parse(body ?? "")).toEqual({
      type: expect.stringMatching(new RegExp(`^https://.*/${code}$`)),
      title: code.replaceAll("-", " "),
      status,
      code,
      detail: error.message,
    });
  });

  it("names the fields of invalid input", () => {
    const errors = [{ path: "dueDate", message: "is required" }];
    expect(JSON.parse(problem(invalidInput("The bill is not valid.", errors)).body ?? "")).toMatchObject({ errors });
  });

  it.each([
    new TypeError("the number +919830012345 is odd"),
    "asha@example.org",
    undefined,
    { code: "not-found", message: "+919830012345" },
  ])("tells nothing of an error that is not ours (%#)", (error) => {
    const { status, body } = problem(error);
    expect(status).toBe(500);
    expect(JSON.parse(body ?? "")).toMatchObject({ code: "internal-error", status: 500 });
    expect(body).not.toMatch(/9830012345|asha/);
  });
});

describe("a handler behind the API", () => {
  it("answers with status, headers and body", async () => {
    const handler = httpHandler(async () => json(201, { outcome: "registered" }));
    await logOf(async () => {
      expect(await handler(aRequest(), aContext)).toEqual({
        statusCode: 201,
        headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
        body: '{"outcome":"registered"}',
      });
    });
  });

  it("answers with a file in base64, and says so", async () => {
    const file = { status: 200, headers: { "content-type": "application/pdf" }, bodyBase64: "JVBERi0=" };
    const handler = httpHandler(async () => file);
    await logOf(async () => {
      expect(await handler(aRequest(), aContext)).toMatchObject({ body: "JVBERi0=", isBase64Encoded: true });
    });
  });

  it("counts what the answer asks to count, as metrics", async () => {
    const handler = httpHandler(async () => ({ status: 200, counts: ["unavailable"] }));
    const [metrics] = await logOf(() => handler(aRequest(), aContext));
    expect(metrics).toMatchObject({ unavailable: 1, _aws: { CloudWatchMetrics: [{ Namespace: "Duebell" }] } });
  });

  it("sees header names in lower case, and the path decoded", async () => {
    const request = await seen({
      headers: { "Webhook-ID": "msg_1", Gone: undefined },
      pathParameters: { bill: "EP%201", odd: "%E0%A4%A" },
    });
    expect(request.headers).toEqual({ "webhook-id": "msg_1" });
    expect(request.params).toEqual({ bill: "EP 1", odd: "%E0%A4%A" });
  });

  it("sees the body byte for byte, whether API Gateway encoded it or not", async () => {
    const bytes = Buffer.from([0x7b, 0xe0, 0xa6, 0x86, 0x00, 0xff, 0x7d]);
    const encoded = await seen({ body: bytes.toString("base64"), isBase64Encoded: true });
    expect(encoded.rawBody.equals(bytes)).toBe(true);
    const text = await seen({ body: '{"name":"আশা"}' });
    expect([text.body, text.rawBody.toString("utf8")]).toEqual(['{"name":"আশা"}', '{"name":"আশা"}']);
  });

  it("makes do with a request that has nothing in it", async () => {
    expect((await seen({ resource: "/{header}/{code}/receipt.pdf" })).route).toBe("/{header}/{code}/receipt.pdf");
    const bare = { headers: null, pathParameters: null, queryStringParameters: null, body: null };
    const request = await seen(bare as unknown as Parameters<typeof aRequest>[0]);
    expect(request).toMatchObject({ headers: {}, params: {}, query: {}, body: "" });
  });

  it("turns what is thrown into a problem, and never fails itself", async () => {
    const { answer } = await answered(notFound("There is no bill x."));
    expect(answer).toMatchObject({ statusCode: 404, headers: { "content-type": "application/problem+json" } });
    expect((await answered(new Error("boom"))).answer).toMatchObject({ statusCode: 500 });
  });

  it("logs the route and the status, never the path, which may hold a link code", async () => {
    const handler = httpHandler(async () => ({ status: 200 }));
    const event = aRequest({
      resource: "/{header}/{code}",
      path: "/EXPOWR/1aB2cD3eF4gH5",
      pathParameters: { code: "1aB2cD3eF4gH5" },
    });
    const log = await logOf(() => handler(event, aContext));
    expect(log).toMatchObject([{ level: "info", status: 200, route: "/{header}/{code}", method: "PUT" }]);
    expect(JSON.stringify(log)).not.toContain("1aB2cD3eF4gH5");
  });

  it("logs a fault of its own with its place, and a caller's mistake as an answer only", async () => {
    const fault = await answered(new Error("the number +919830012345 is odd"));
    expect(fault.log.map(({ level }) => level)).toEqual(["error", "info"]);
    expect(fault.log[0]).toMatchObject({ error: "Error", where: expect.stringContaining("http.test.ts") });
    expect(JSON.stringify(fault.log)).not.toContain("9830012345");
    const mistake = await answered(new DuebellError("invalid-input", "The bill is not valid."));
    expect(mistake.log.map(({ level }) => level)).toEqual(["info"]);
  });
});
