import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { s3Client } from "../../../../functions/adapters/s3/client.ts";
import { s3ImportFiles } from "../../../../functions/adapters/s3/import-files.ts";
import type { ImportReject } from "../../../../functions/domain/import.ts";
import { importFilesContract } from "../../../support/contracts/import-files-contract.ts";
import { memoryImportFiles } from "../../../support/memory-import-files.ts";

const bucket = "duebell-imports";
const settings = { region: "ap-south-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

let server: FauxqsServer;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false });
  server.createBucket(bucket);
});
afterAll(() => server.stop());

const clientOf = (endpoint: string) => s3Client({ ...settings, endpoint });

function open(partBytes?: number) {
  const client = clientOf(server.address);
  return { client, files: s3ImportFiles({ bucket, client, ...(partBytes !== undefined && { partBytes }) }) };
}

importFilesContract("in memory", async () => {
  const files = memoryImportFiles();
  return { files, upload: async (key, content) => files.upload(key, content) };
});

importFilesContract("in S3", async () => {
  const { client, files } = open();
  const upload = async (Key: string, Body: string): Promise<string> => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    return "null";
  };
  return { files, upload };
});

async function* manyRejects(count: number): AsyncGenerator<ImportReject> {
  for (let n = 0; n < count; n++) yield { line: n + 2, column: "title", message: `${"x".repeat(100)} ${n}` };
}

describe("import files in S3", () => {
  it("take a plain PUT at the upload URL", async () => {
    const { files } = open();
    const url = await files.uploadUrl("imports/example-power/plain.csv");
    expect(new URL(url).pathname).toBe(`/${bucket}/imports/example-power/plain.csv`);
    expect([...new URL(url).searchParams.keys()].filter((name) => name.includes("checksum"))).toEqual([]);
    expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("3600");
    expect(new URL(url).searchParams.get("X-Amz-SignedHeaders")).toBe("host");
    expect((await fetch(url, { method: "PUT", body: "billId\n" })).status).toBe(200);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await files.read({ key: "imports/example-power/plain.csv", versionId: "null" }))
      chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("billId\n");
  });

  it("give the list of rejects to a plain GET, as CSV that is downloaded", async () => {
    const { files } = open();
    await files.writeRejects("rejects/example-power/get.csv", manyRejects(1));
    const answer = await fetch(await files.rejectsUrl("rejects/example-power/get.csv"));
    expect(await answer.text()).toBe(`line,column,message\r\n2,"title","${"x".repeat(100)} 0"\r\n`);
    expect(answer.headers.get("content-type")).toContain("text/csv");
  });

  it("write a long list in parts, and read it back whole", async () => {
    const { client, files } = open(5 * 1_048_576);
    await files.writeRejects("rejects/example-power/long.csv", manyRejects(100_000));
    const { ETag } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: "rejects/example-power/long.csv", Range: "bytes=0-0" }),
    );
    expect(ETag).toMatch(/-3"$/);
    let line = 2;
    for await (const reject of files.readRejects("rejects/example-power/long.csv")) expect(reject.line).toBe(line++);
    expect(line).toBe(100_002);
  });

  it("hold back what a spreadsheet would take for a formula", async () => {
    const { client, files } = open();
    const column = '=HYPERLINK("https://example.com")';
    const rejects = (async function* () {
      yield { line: 2, column, message: "is not a known field" };
      yield { line: 3, column: "a;@b", message: "-1\t+2" };
    })();
    await files.writeRejects("rejects/example-power/formula.csv", rejects);
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: "rejects/example-power/formula.csv" }),
    );
    expect((await Body?.transformToString())?.split("\r\n").slice(1, 3)).toEqual([
      `2,"'=HYPERLINK(""https://example.com"")","is not a known field"`,
      `3,"a;'@b","'-1\t'+2"`,
    ]);
  });
});

/** Answers each request by `answer`, on a port of its own until `use` is through. */
async function withServer<T>(
  answer: (request: IncomingMessage) => Buffer | "break",
  use: (endpoint: string) => Promise<T>,
): Promise<T> {
  const own = createServer((request, response) => {
    const body = answer(request);
    if (body !== "break") response.end(body);
    else response.writeHead(200, { "content-length": 1_000 }).write("half", () => response.destroy());
  });
  await new Promise<void>((ready) => own.listen(0, "127.0.0.1", ready));
  try {
    return await use(`http://127.0.0.1:${(own.address() as AddressInfo).port}`);
  } finally {
    own.closeAllConnections();
    await new Promise((closed) => own.close(closed));
  }
}

describe("a file being read from S3", () => {
  it("is asked for by its version and the bytes needed", async () => {
    const asked: string[] = [];
    await withServer(
      ({ url, headers }) => {
        asked.push(
          `${url?.split("?")[0]} ${new URLSearchParams(url?.split("?")[1]).get("versionId")} ${headers.range}`,
        );
        return Buffer.from("x");
      },
      async (endpoint) => {
        const files = s3ImportFiles({ bucket, client: clientOf(endpoint) });
        await files.read({ key: "imports/b/a.csv", versionId: "v1" });
        await files.read({ key: "imports/b/a.csv", versionId: "v2", from: 10, to: 20 });
      },
    );
    const path = `/${bucket}/imports/b/a.csv`;
    expect(asked).toEqual([`${path} v1 undefined`, `${path} v2 bytes=10-19`]);
  });

  it("fails as a provider does when the connection breaks half-way", async () => {
    await withServer(
      () => "break",
      async (endpoint) => {
        const chunks = await s3ImportFiles({ bucket, client: clientOf(endpoint) }).read({
          key: "imports/b/a.csv",
          versionId: "v",
        });
        const readAll = async (): Promise<void> => {
          for await (const chunk of chunks) expect(chunk.length).toBe(4);
        };
        await expect(readAll()).rejects.toMatchObject({ code: "provider-error", retryable: true });
      },
    );
  });
});
