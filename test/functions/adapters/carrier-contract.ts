import { expect, it } from "vitest";
import type { Message } from "../../../functions/domain/message.ts";
import type { Carrier } from "../../../functions/ports.ts";
import { type Behavior, loopback } from "./loopback.ts";

/** A carrier's adapter and its provider's own words for what every provider can answer. */
export type CarrierKind = {
  /** The adapter, sending to a server. */
  readonly carrierAt: (url: string, timeoutMs: number) => Carrier;
  readonly message: Message;
  /** Messages that this adapter must not send: of another channel, of a biller that uses another provider. */
  readonly notIts: readonly Message[];
  readonly acceptance: { readonly answer: Behavior; readonly providerReference: string };
  readonly throttle: Behavior;
  readonly refusals: {
    /** The request or the address is wrong, whenever it is sent. */
    readonly forGood: readonly Behavior[];
    /** Who calls may not, or the stage is set up wrongly, until somebody acts. */
    readonly unauthorized: Behavior;
  };
  /** An error of the documented form under a name that nobody has heard of. */
  readonly unheardOf: Behavior;
  /** The throttle's own words under a 500: it may have come after the acceptance. */
  readonly throttleAt500: Behavior;
};

/** What holds for every adapter of a channel, whoever the provider is. */
export function itIsACarrier(kind: CarrierKind): void {
  const answeredBy = async (behavior: Behavior, message = kind.message) => {
    await using server = await loopback(behavior);
    const result = await kind.carrierAt(server.url, 10_000).send(message, new AbortController().signal);
    return { result, calls: server.seen.length };
  };

  it("tells the provider's reference of a message that was accepted", async () => {
    const { answer, providerReference } = kind.acceptance;
    expect(await answeredBy(answer)).toEqual({ result: { outcome: "accepted", providerReference }, calls: 1 });
  });

  it("knows a throttle as a refusal for now, and does not try again by itself", async () => {
    const reason = expect.stringMatching(/^(throttled|throughput-limit)$/);
    expect(await answeredBy(kind.throttle)).toEqual({ result: { outcome: "refused-for-now", reason }, calls: 1 });
  });

  it("waits for operations where it is not allowed to send", async () => {
    const result = { outcome: "refused-for-now", reason: "not-authorized" };
    expect(await answeredBy(kind.refusals.unauthorized)).toEqual({ result, calls: 1 });
  });

  it.each(kind.refusals.forGood.map((behavior, n) => [n, behavior] as const))(
    "knows a refusal for good (%i) as proof that nothing was accepted",
    async (_, behavior) => {
      const { result, calls } = await answeredBy(behavior);
      expect(calls).toBe(1);
      expect(result).toMatchObject({
        outcome: "refused",
        kind: expect.stringMatching(/^(permanent|technical)-failure$/),
        reason: expect.stringMatching(/^[a-z-]{3,60}$/),
      });
    },
  );

  it("takes neither an error nobody has heard of, nor a 500, as proof of anything", async () => {
    for (const behavior of [kind.unheardOf, kind.throttleAt500]) {
      expect(await answeredBy(behavior)).toMatchObject({ result: { outcome: "unknown" }, calls: 1 });
    }
  });

  it("leaves a message alone that is not its to send", async () => {
    for (const message of kind.notIts) {
      const { result, calls } = await answeredBy(kind.acceptance.answer, message);
      expect(calls).toBe(0);
      expect(result).toMatchObject({ outcome: "refused", kind: "technical-failure" });
    }
    expect(kind.notIts.length).toBeGreaterThan(0);
  });
}
