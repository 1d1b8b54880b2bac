import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { oneExchange } from "../../../functions/adapters/one-exchange.ts";
import { answering, deadEnd, hanging, loopback, resetting } from "./loopback.ts";

const soon = () => AbortSignal.timeout(2_000);

describe("one exchange", () => {
  it("brings the answer with its status, headers and body, whatever the status", async () => {
    await using server = await loopback(answering(307, "elsewhere", { location: "/x", "X-Seen": "yes" }));
    const sent = { method: "PUT", url: `${server.url}/a?b=c`, headers: { "x-asked": "1" }, body: "ë" } as const;
    expect(await oneExchange({ ...sent, signal: soon() })).toMatchObject({
      outcome: "answered",
      status: 307,
      headers: { location: "/x", "x-seen": "yes" },
      body: "elsewhere",
    });
    expect(server.seen).toMatchObject([
      { method: "PUT", path: "/a?b=c", headers: { "x-asked": "1", "content-length": "2" }, body: "ë" },
    ]);
  });

  it("tells by a code why there is none", async () => {
    await using server = await loopback(resetting, hanging, answering(200, "x".repeat(256 * 1024 + 1)));
    const asking = (url: string, signal = soon()) => oneExchange({ method: "GET", url, signal });
    expect([
      await asking(server.url),
      await asking(server.url, AbortSignal.timeout(100)),
      await asking(server.url),
      await asking(await deadEnd()),
    ]).toEqual(["broken-off", "timed-out", "too-long", "unreachable"].map((reason) => ({ outcome: "failed", reason })));
  });

  it("calls nobody without the client certificate it was given", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const tls = { cert: "no certificate", key: "no key" };
    expect((await oneExchange({ method: "GET", url, tls, signal: soon() })).outcome).toBe("failed");
    expect(connections).toBe(0);
    expect((await oneExchange({ method: "GET", url, signal: soon() })).outcome).toBe("failed");
    expect(connections).toBe(1);
    server.close();
  });
});
