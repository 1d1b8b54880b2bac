import { glob, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundleHandlers, clientsOf } from "../../bench/bundling.ts";
import { stageSettings } from "../../lib/config.ts";
import { ServiceFunction } from "../../lib/constructs/service-function.ts";
import { DataStack } from "../../lib/data-stack.ts";
import type { Foundation } from "../../lib/foundation.ts";

let folder: string;
let measured: ReadonlyMap<string, Bundle>;

beforeAll(async () => {
  [folder, measured] = await Promise.all([
    mkdtemp(join(tmpdir(), "duebell-bundle-")),
    bundleHandlers(["get-biller", "receive-webhook"]),
  ]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The file that the stacks would upload for the simplest of the Lambdas. */
async function deployed(): Promise<Buffer> {
  const app = new App({ outdir: folder, analyticsReporting: false });
  const settings = stageSettings("dev");
  const { table } = new DataStack(app, settings, {});
  new ServiceFunction(new Stack(app, "Measured"), { settings, table, bundle: true } as Foundation, {
    handler: "get-biller",
    environment: { TABLE_NAME: table.tableName, LANES: "4" },
    timeout: Duration.seconds(10),
  });
  app.synth();
  const [bundled = ""] = await Array.fromAsync(glob("asset.*/index.mjs", { cwd: folder }));
  return await readFile(join(folder, bundled));
}

describe("the bundle that is measured", () => {
  it("is byte for byte the one that is deployed", async () => {
    const { code } = measured.get("get-biller") ?? {};
    expect((await deployed()).equals(code ?? new Uint8Array())).toBe(true);
  });

  it("is compared with the clients that are in it, and not with those that were shaken out", async () => {
    const webhook = measured.get("receive-webhook");
    const clients = webhook && (await clientsOf(webhook));
    expect([...(clients?.keys() ?? [])].sort()).toEqual([
      "@aws-sdk/client-s3",
      "@aws-sdk/client-secrets-manager",
      "@aws-sdk/client-sqs",
    ]);
    expect([...(clients?.get("@aws-sdk/client-sqs") ?? [])].sort()).toEqual(["SQSClient", "SendMessageBatchCommand"]);
  });
});
