import { expect, it } from "vitest";
import type { Message } from "../../../functions/domain/message.ts";
import type { Carrier } from "../../../functions/ports.ts";
import {
  answering,
  type Behavior,
  closing,
  deadEnd,
  hanging,
  loopback,
  resetting,
  stalling,
  truncating,
} from "./loopback.ts";

/** What a carrier's adapter is tried with. */
export type OneAttempt = {
  /** The adapter, sending to a server. */
  readonly carrierAt: (url: string, timeoutMs: number) => Carrier;
  readonly message: Message;
  /** The body of the provider's acceptance. */
  readonly acceptance: string;
  /** The body of the provider's own 500. */
  readonly serverError: string;
};

const neverAborted = (): AbortSignal => new AbortController().signal;

/** What holds for every carrier: one call is one request at most, it ends in time, and only proof is told as proof. */
export function itMakesOneAttempt({ carrierAt, message, acceptance, serverError }: OneAttempt): void {
  const faults: readonly [string, Behavior][] = [
    ["answers with its own 500", answering(500, serverError)],
    ["answers with a 500 that holds nothing", answering(500, "")],
    ["answers with a gateway's page", answering(502, "<html><body>Bad Gateway</body></html>")],
    ["is misdirected", answering(421, "")],
    ["redirects", answering(307, "", { location: "/elsewhere" })],
    ["answers with what cannot be read", answering(200, "<<< {")],
    ["answers with nothing", answering(200, "")],
    ["resets the connection", resetting],
    ["closes the connection", closing],
    ["answers half", truncating(200, acceptance)],
    ["refuses by half", truncating(429, serverError)],
  ];
  const silences: readonly [string, Behavior][] = [
    ["never answers", hanging],
    ["stops in the middle of its answer", stalling(200, acceptance)],
  ];

  it.each(faults)("sends once, and knows nothing, when the provider accepts and then %s", async (_, behavior) => {
    await using server = await loopback(behavior);
    const result = await carrierAt(server.url, 10_000).send(message, neverAborted());
    expect(result.outcome).toBe("unknown");
    expect(server.seen).toHaveLength(1);
  });

  it.each(silences)("sends once, and ends in time, when the provider accepts and then %s", async (_, behavior) => {
    await using server = await loopback(behavior);
    const result = await carrierAt(server.url, 1_000).send(message, neverAborted());
    expect(result).toEqual({ outcome: "unknown", reason: "timed-out" });
    expect(server.seen).toHaveLength(1);
  });

  it("knows a lost connection from a time-out", async () => {
    await using server = await loopback(resetting);
    const result = await carrierAt(server.url, 10_000).send(message, neverAborted());
    expect(result).toEqual({ outcome: "unknown", reason: "connection-lost" });
  });

  it("ends a call with the signal it was given", async () => {
    await using server = await loopback(hanging);
    const began = performance.now();
    const result = await carrierAt(server.url, 20_000).send(message, AbortSignal.timeout(200));
    expect(result).toEqual({ outcome: "unknown", reason: "timed-out" });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("does not begin when the time is over already, which proves that nothing was sent", async () => {
    await using server = await loopback(answering(200, acceptance));
    const result = await carrierAt(server.url, 10_000).send(message, AbortSignal.abort());
    expect(result).toEqual({ outcome: "refused-for-now", reason: "no-time-left" });
    expect(server.seen).toHaveLength(0);
  });

  it("knows that a provider whose address refuses the connection has accepted nothing", async () => {
    const result = await carrierAt(await deadEnd(), 10_000).send(message, neverAborted());
    expect(result).toEqual({ outcome: "refused-for-now", reason: "provider-unreachable" });
  });

  it("sends one message after another over connections of their own", async () => {
    await using server = await loopback(answering(200, acceptance));
    const carrier = carrierAt(server.url, 10_000);
    for (let i = 0; i < 3; i++) expect((await carrier.send(message, neverAborted())).outcome).toBe("accepted");
    expect(server.seen.map(({ headers }) => headers.connection)).toEqual(["close", "close", "close"]);
  });
}
