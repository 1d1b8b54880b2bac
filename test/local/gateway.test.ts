import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import { deed, smallLaptop } from "./support/small-laptop.ts";

let laptop: Laptop;

beforeAll(async () => {
  laptop = await smallLaptop();
});

afterAll(() => laptop.stop());

describe("a call the role grants", () => {
  it.each([
    ["a write to the table", { deed: "put" }],
    ["a read of its index", { deed: "queryIndex" }],
    ["a batch of writes", { deed: "batchWrite" }],
    ["a message to the queue", { deed: "send", body: '{"id":"granted"}' }],
    ["an event on the bus", { deed: "event" }],
    ["a text message to a phone", { deed: "sms" }],
  ])("%s is answered", async (_title, order) => {
    expect(await deed(laptop, "caller", order)).toMatchObject({ ok: {} });
  });

  it("a secret of the stacks is made on first use and stays the same", async () => {
    const first = await deed(laptop, "caller", { deed: "secret" });
    expect(JSON.parse(String(first.ok))).toEqual({ id: "1", key: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(await deed(laptop, "caller", { deed: "secret" })).toEqual(first);
  });

  it("an object keeps its versions", async () => {
    const { ok: version } = await deed(laptop, "caller", { deed: "upload", object: "in/v.txt", text: "one" });
    await deed(laptop, "caller", { deed: "upload", object: "in/v.txt", text: "two" });
    expect(await deed(laptop, "caller", { deed: "download", object: "in/v.txt" })).toEqual({ ok: "two" });
    const order = { deed: "download", object: "in/v.txt", version: String(version) };
    expect(await deed(laptop, "caller", order)).toEqual({ ok: "one" });
  });

  it("an object that is not there is NoSuchKey", async () => {
    expect(await deed(laptop, "caller", { deed: "download", object: "in/none" })).toMatchObject({
      refused: "NoSuchKey",
    });
  });
});

describe("a call no policy grants", () => {
  it.each([
    ["DynamoDB", { deed: "put" }, "AccessDeniedException", "dynamodb:PutItem"],
    ["an index of DynamoDB", { deed: "queryIndex" }, "AccessDeniedException", "/index/due"],
    ["SQS", { deed: "send" }, "AccessDenied", "sqs:SendMessage"],
    ["S3", { deed: "upload" }, "AccessDenied", "s3:PutObject"],
    ["EventBridge", { deed: "event" }, "AccessDeniedException", "events:PutEvents"],
    ["Secrets Manager", { deed: "secret" }, "AccessDeniedException", "secretsmanager:GetSecretValue"],
    ["SNS", { deed: "sms" }, "AuthorizationErrorException", "sns:Publish"],
    ["SES", { deed: "email" }, "AccessDeniedException", "ses:SendEmail"],
  ])("is refused in the words of %s", async (_service, order, name, message) => {
    const result = await deed(laptop, "guest", order);
    expect(result.refused).toBe(name);
    expect(result.message).toContain(message);
  });

  it("is refused where one table of a batch is not granted", async () => {
    const result = await deed(laptop, "caller", { deed: "batchGet" });
    expect(result).toMatchObject({
      refused: "AccessDeniedException",
      message: expect.stringContaining("table/another"),
    });
  });

  it("is refused where a grant is denied again", async () => {
    expect(await deed(laptop, "caller", { deed: "delete" })).toMatchObject({ refused: "AccessDeniedException" });
  });

  it("is refused outside the part of the bucket that is granted", async () => {
    expect(await deed(laptop, "caller", { deed: "upload", object: "out/a.txt" })).toMatchObject({
      refused: "AccessDenied",
    });
  });

  it("stands in the log of calls beside the ones that were allowed", async () => {
    const calls = laptop.calls({ function: "guest", service: "sns" });
    expect(calls).toEqual([
      {
        function: "guest",
        service: "sns",
        action: "Publish",
        resource: "*",
        allowed: false,
        at: expect.stringMatching(/^2026-11-15T/),
      },
    ]);
    expect(laptop.calls({ function: "caller", service: "sns" })[0]).toMatchObject({ action: "Publish", allowed: true });
  });

  it("a stranger's credentials are refused", async () => {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKIASTRANGER/20261115/ap-south-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
    const headers = {
      authorization,
      "x-amz-target": "DynamoDB_20120810.ListTables",
      "content-type": "application/x-amz-json-1.0",
    };
    const response = await fetch(laptop.url, { method: "POST", headers, body: "{}" });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ __type: expect.stringContaining("UnrecognizedClientException") });
  });
});

describe("a presigned URL", () => {
  const presigned = async (): Promise<string> => String((await deed(laptop, "caller", { deed: "presign" })).ok);
  const put = (url: string): Promise<Response> => fetch(url, { method: "PUT", body: "uploaded" });

  it("takes a plain upload", async () => {
    expect((await put(await presigned())).status).toBe(200);
    expect(await deed(laptop, "caller", { deed: "download", object: "in/b.txt" })).toEqual({ ok: "uploaded" });
  });

  it("takes nothing under another key", async () => {
    const response = await put((await presigned()).replace("in/b.txt", "in/c.txt"));
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("<Code>AccessDenied</Code>");
  });

  it("takes nothing once it has expired by the laptop's clock", async () => {
    const url = await presigned();
    laptop.clock.advance(61_000);
    const response = await put(url);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  });
});
