import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import { smallApp, smallLaptop } from "./support/small-laptop.ts";

let laptop: Laptop;

beforeAll(async () => {
  laptop = await smallLaptop();
});

afterAll(() => laptop.stop());

type Echo = {
  readonly event: Record<string, unknown> & { readonly requestContext: Record<string, unknown> };
  readonly joined: string;
};

const echo = async (path: string, init: RequestInit = {}): Promise<Echo> =>
  (await (await fetch(`${laptop.url}${path}`, init)).json()) as Echo;

describe("the REST API", () => {
  it("gives the function the proxy event of API Gateway", async () => {
    const headers = { "content-type": "application/json", "x-one": "1" };
    const { event } = await echo("/items/a%20b?x=1&x=2", { method: "POST", body: '{"n":1}', headers });
    expect(event).toMatchObject({
      resource: "/items/{id}",
      path: "/items/a%20b",
      httpMethod: "POST",
      headers: { "x-one": "1" },
      multiValueHeaders: { "x-one": ["1"] },
      queryStringParameters: { x: "2" },
      multiValueQueryStringParameters: { x: ["1", "2"] },
      pathParameters: { id: "a b" },
      stageVariables: null,
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    expect(event.requestContext).toMatchObject({
      httpMethod: "POST",
      identity: { sourceIp: "127.0.0.1" },
      path: "/items/a%20b",
      resourcePath: "/items/{id}",
      stage: "prod",
    });
  });

  it("says null where there is no query and no body", async () => {
    const { event } = await echo("/items/a");
    expect(event).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null, body: null });
  });

  it("gives a body of a binary media type in base64", async () => {
    const headers = { "content-type": "application/octet-stream" };
    const { event } = await echo("/items/a", { method: "POST", body: new Uint8Array([0, 255]), headers });
    expect(event).toMatchObject({ isBase64Encoded: true, body: "AP8=" });
  });

  it("prefers a fixed path to a parameter", async () => {
    expect((await echo("/items/special")).event).toMatchObject({ resource: "/items/special", pathParameters: null });
  });

  it("runs the function with what its template joins", async () => {
    expect((await echo("/items/a")).joined).toBe("b/ap-south-1");
  });

  it("answers what the function answers: status, repeated headers", async () => {
    const plain = await fetch(`${laptop.url}/items/a`);
    expect([plain.status, plain.headers.getSetCookie()]).toEqual([201, ["a=1", "b=2"]]);
  });

  it.each([
    ["is a binary media type", "image/png, text/html", [1, 2, 3]],
    ["is not, whatever comes second", "text/html, image/png", [...Buffer.from("AQID")]],
  ])("decodes a binary body where the first type that the client accepts %s", async (_title, accept, bytes) => {
    const response = await fetch(`${laptop.url}/items/a?as=binary`, { headers: { accept } });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(bytes);
  });

  it.each([
    ["compresses a long answer for who takes gzip", "/items/a?as=long", "br, gzip;q=0.5", "gzip"],
    ["compresses nothing for who refuses gzip", "/items/a?as=long", "gzip;q=0", null],
    ["compresses nothing for who says nothing of it", "/items/a?as=long", "identity", null],
    ["leaves a short answer as it is", "/items/a?as=binary", "gzip", null],
  ])("%s", async (_title, path, acceptEncoding, coding) => {
    const response = await fetch(`${laptop.url}${path}`, { headers: { "accept-encoding": acceptEncoding } });
    expect(response.headers.get("content-encoding")).toBe(coding);
    expect((await response.text()).length).toBe(path.endsWith("long") ? 1000 : 4);
  });

  it.each(["broken", "thrown"])("answers 502 where the function's answer is %s", async (as) => {
    const response = await fetch(`${laptop.url}/items/a?as=${as}`);
    expect([response.status, await response.json()]).toEqual([502, { message: "Internal server error" }]);
  });

  it.each([
    ["a path without a route", "/nothing/here", "GET"],
    ["a method without a route", "/items/a", "DELETE"],
    ["a parameter that is empty", "/items/", "GET"],
    ["a parameter that cannot be decoded", "/items/%E0%A4%A", "GET"],
  ])("answers 403 to %s, as API Gateway does", async (_title, path, method) => {
    const response = await fetch(`${laptop.url}${path}`, { method });
    expect([response.status, await response.json()]).toEqual([403, { message: "Missing Authentication Token" }]);
  });

  it("reaches no function that does not admit it, and the denial is logged", async () => {
    const text = JSON.stringify(await smallApp()).replaceAll("apigateway.amazonaws.com", "elsewhere.amazonaws.com");
    const other = await smallLaptop({ app: JSON.parse(text) });
    expect((await fetch(`${other.url}/items/a`)).status).toBe(502);
    expect(other.calls({ function: "apigateway" })).toMatchObject([
      { service: "lambda", action: "InvokeFunction", allowed: false },
    ]);
    await other.stop();
  });
});
