import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

type Dynalite = (options: { readonly createTableMs: number }) => Server;

/** A DynamoDB to count requests with: the one that `DYNAMODB_LOCAL_URL` names, else dynalite, which ends with `stop`. */
export async function someDynamo(): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const named = process.env["DYNAMODB_LOCAL_URL"];
  if (named !== undefined) return { endpoint: named, stop: async () => undefined };
  // It has no types of its own, so that an import would not compile.
  const server = (createRequire(import.meta.url)("dynalite") as Dynalite)({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
