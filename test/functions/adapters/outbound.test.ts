import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outboundCall, type Resolve } from "../../../functions/adapters/outbound.ts";
import { isPublicAddress } from "../../../functions/adapters/public-address.ts";
import { answering, closing, deadEnd, hanging, loopback, resetting, stalling, truncating } from "./loopback.ts";

type Base = `http://127.0.0.1:${string}`;

const soon = () => AbortSignal.timeout(2_000);
const asking = (url: string, signal = soon()) => ({ method: "GET", url, signal }) as const;

/** A resolver that answers the addresses in turn, and counts how often it was asked. */
function resolving(...turns: readonly (readonly string[])[]): { resolve: Resolve; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    resolve: (_name, _options, done) => {
      const addresses = turns[Math.min(asked, turns.length - 1)] ?? [];
      asked += 1;
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    },
  };
}

const special = [
  ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"],
  ...["172.31.255.255", "192.0.0.170", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.7"],
  ...["224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"],
  ...["::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::a00:1", "100::1"],
  ...["2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0"],
  ...["fec0::1", "ff02::1", "5f00::1"],
];

describe("a public address", () => {
  it.each(special)("is not %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["1.1.1.1", "100.63.255.255", "172.32.0.1", "192.0.1.1", "2606:4700:4700::1111", "2a00:1450::1"])(
    "is %s",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it("is nothing that is no address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof isPublicAddress(text)).toBe("boolean");
      }),
    );
    expect(isPublicAddress("localhost")).toBe(false);
  });
});

describe("a call to a public address", () => {
  it.each([
    ...["http://billing.example.com/", "ftp://billing.example.com/", "file:///etc/passwd", "nothing", "https://"],
    ...["https://user:secret@billing.example.com/", "https://user@billing.example.com/", "https://a.example.com/#x"],
  ])("is not made to the URL %s", async (url) => {
    const { resolve, asked } = resolving(["1.1.1.1"]);
    expect(await outboundCall({ to: "public", resolve })(asking(url))).toEqual({
      outcome: "failed",
      reason: "refused-url",
    });
    expect(asked()).toBe(0);
  });

  it.each([
    ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "0", "169.254.169.254"],
    ...["[::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]", "１２７.0.0.1", "10.0.0.1:8443"],
  ])("is not made to the address %s", async (host) => {
    const { resolve, asked } = resolving(["1.1.1.1"]);
    const answer = await outboundCall({ to: "public", resolve })(asking(`https://${host}/bills/fetch`));
    expect(answer).toEqual({ outcome: "failed", reason: "refused-address" });
    expect(asked()).toBe(0);
  });

  it.each([
    ["a local one", ["127.0.0.1"]],
    ["the metadata service", ["169.254.169.254"]],
    ["a private one beside a public one", ["1.1.1.1", "10.0.0.1"]],
    ["an IPv4 address wrapped in IPv6", ["::ffff:127.0.0.1"]],
  ])("is not made to a name that resolves to %s", async (_what, addresses) => {
    const { resolve } = resolving(addresses);
    const answer = await outboundCall({ to: "public", resolve })(asking("https://billing.example.com/"));
    expect(answer).toEqual({ outcome: "failed", reason: "refused-address" });
  });

  it("judges the very answer that the connection is made to", async () => {
    const { resolve, asked } = resolving(["127.0.0.1"], ["1.1.1.1"]);
    const answer = await outboundCall({ to: "public", resolve })(asking("https://localhost./"));
    expect(answer).toEqual({ outcome: "failed", reason: "refused-address" });
    expect(asked()).toBe(1);
  });

  it("fails where a name has no address", async () => {
    const { resolve } = resolving([]);
    const answer = await outboundCall({ to: "public", resolve })(asking("https://billing.example.com/"));
    expect(answer).toEqual({ outcome: "failed", reason: "unreachable" });
  });

  it("ends with its signal while a name is looked up", async () => {
    const resolve: Resolve = () => undefined;
    const signal = AbortSignal.timeout(50);
    const answer = await outboundCall({ to: "public", resolve })(asking("https://billing.example.com/", signal));
    expect(answer).toEqual({ outcome: "failed", reason: "timed-out" });
  });
});

describe("a call on the laptop", () => {
  const call = (base: string) => outboundCall({ to: base as Base });

  it("goes to the one URL it was given, with the path, body and host that were meant", async () => {
    await using server = await loopback(answering(200, "yes"));
    const answer = await call(`${server.url}/sandbox/outbound`)({
      method: "POST",
      url: "https://billing.example.com:8443/v1/bills/fetch?a=b",
      headers: { authorization: "Basic ZXhhbXBsZQ==", "content-type": "application/json" },
      body: '{"name":"আশা"}',
      signal: soon(),
    });
    expect(answer).toMatchObject({ outcome: "answered", status: 200, body: "yes" });
    expect(server.seen).toMatchObject([
      {
        method: "POST",
        path: "/sandbox/outbound/v1/bills/fetch?a=b",
        headers: { host: "billing.example.com:8443", authorization: "Basic ZXhhbXBsZQ==" },
        body: '{"name":"আশা"}',
      },
    ]);
  });

  it("does not follow a redirect", async () => {
    await using server = await loopback(answering(302, "", { location: "http://127.0.0.1/elsewhere" }));
    expect(await call(server.url)(asking("https://billing.example.com/"))).toMatchObject({ status: 302 });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["is reset", resetting, "broken-off"],
    ["is closed", closing, "broken-off"],
    ["is cut off", truncating(200, "a long answer"), "broken-off"],
    ["is longer than 256 KB", answering(200, "x".repeat(256 * 1024 + 1)), "too-long"],
  ])("fails when the answer %s", async (_what, behavior, reason) => {
    await using server = await loopback(behavior);
    expect(await call(server.url)(asking("https://billing.example.com/"))).toEqual({ outcome: "failed", reason });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["never comes", hanging],
    ["stops half way", stalling(200, "a long answer")],
  ])("ends with its signal when the answer %s", async (_what, behavior) => {
    await using server = await loopback(behavior);
    const answer = await call(server.url)(asking("https://billing.example.com/", AbortSignal.timeout(100)));
    expect(answer).toEqual({ outcome: "failed", reason: "timed-out" });
  });

  it("says so when nobody listens", async () => {
    const answer = await call(await deadEnd())(asking("https://billing.example.com/"));
    expect(answer).toEqual({ outcome: "failed", reason: "unreachable" });
  });

  it("takes an answer of 256 KB", async () => {
    await using server = await loopback(answering(200, "x".repeat(256 * 1024)));
    expect(await call(server.url)(asking("https://billing.example.com/"))).toMatchObject({ outcome: "answered" });
  });

  it("refuses a URL that it would refuse elsewhere", async () => {
    await using server = await loopback(answering(200, "yes"));
    const answer = await call(server.url)(asking("http://billing.example.com/"));
    expect(answer).toEqual({ outcome: "failed", reason: "refused-url" });
    expect(server.seen).toHaveLength(0);
  });

  it("never throws, whatever it is given", async () => {
    const base = await deadEnd();
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.dictionary(fc.string(), fc.string()), async (url, headers) => {
        const answer = await call(base)({ method: "GET", url: `https://${url}`, headers, signal: soon() });
        expect(answer.outcome).toBe("failed");
      }),
      { numRuns: 50 },
    );
  });
});
