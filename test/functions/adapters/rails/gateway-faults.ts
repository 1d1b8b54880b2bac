import { expect, it } from "vitest";
import type { RailMeans } from "../../../../functions/adapters/gateway-means.ts";
import type { RailAttempt } from "../../../../functions/domain/rail.ts";
import type { Rail } from "../../../../functions/ports.ts";
import type { GatewayRail } from "../../../../functions/use-cases/open-checkout.ts";
import { meansFor } from "../../../support/gateway-world.ts";
import {
  answering,
  type Behavior,
  closing,
  deadEnd,
  hanging,
  loopback,
  resetting,
  type SeenRequest,
  stalling,
  truncating,
} from "../loopback.ts";

/** What a gateway's rail is tried with. */
export type TriedRail = {
  readonly make: (means: RailMeans) => Rail;
  readonly attempt: RailAttempt & { readonly n: number; readonly startedAt: number };
  /** The gateway's own answer to a checkout that was made. */
  readonly acceptance: string;
  /** What comes before the call that makes it: a token. */
  readonly before?: readonly Behavior[];
  /** Whether a request makes a checkout; all that do must bear the same name. */
  readonly nameOf: (seen: SeenRequest) => string | undefined;
};

const asking = (rail: Rail): GatewayRail => {
  if (rail.kind !== "gateway") throw new TypeError(`${rail.name} asks no gateway`);
  return rail;
};

/** What holds for every gateway: whatever its connection does, there is one name, an end in time, and a reason that names nobody. */
export function itAsksForOneCheckout({ make, attempt, acceptance, before = [], nameOf }: TriedRail): void {
  const faults: readonly [string, Behavior, string][] = [
    ["answers with a 500 that holds nothing", answering(500, ""), "provider-fault"],
    ["answers with a proxy's page", answering(502, "<html><body>Bad Gateway</body></html>"), "provider-fault"],
    ["is misdirected", answering(421, ""), "refused"],
    ["redirects", answering(307, "", { location: "/elsewhere" }), "malformed-answer"],
    ["answers with what cannot be read", answering(200, "<<< {"), "malformed-answer"],
    ["answers with nothing", answering(200, ""), "malformed-answer"],
    ["answers with something else", answering(200, '{"id":"plink_1","status":"created"}'), "malformed-answer"],
    ["is not allowed to", answering(403, "{}"), "unauthorized"],
    ["is asked too often", answering(429, "{}"), "throttled"],
    ["resets the connection", resetting, "broken-off"],
    ["closes the connection", closing, "broken-off"],
    ["answers half", truncating(200, acceptance), "broken-off"],
    ["refuses by half", truncating(429, "{}"), "broken-off"],
  ];
  const silences: readonly [string, Behavior][] = [
    ["never answers", hanging],
    ["stops in the middle of its answer", stalling(200, acceptance)],
  ];
  const names = (seen: readonly SeenRequest[]): string[] => seen.flatMap((one) => nameOf(one) ?? []);

  it.each(faults)("asks under one name only when the gateway %s, and says why", async (_, behavior, reason) => {
    await using server = await loopback(...before, behavior);
    const rail = asking(make(meansFor(server.url)));
    expect(await rail.create(attempt)).toEqual({ outcome: "unavailable", reason });
    expect(names(server.seen).length).toBeGreaterThan(0);
    expect(new Set(names(server.seen)).size).toBe(1);
  });

  it.each(silences)("ends in time when the gateway %s", async (_, behavior) => {
    await using server = await loopback(...before, behavior);
    const began = performance.now();
    const rail = asking(make(meansFor(server.url, { createMs: 500 })));
    expect(await rail.create(attempt)).toEqual({ outcome: "unavailable", reason: "timed-out" });
    expect(new Set(names(server.seen)).size).toBe(1);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it("is unavailable when nobody listens there", async () => {
    const rail = asking(make(meansFor(await deadEnd())));
    const { outcome, reason } = (await rail.create(attempt)) as { outcome: string; reason: string };
    expect([outcome, reason.replace("token-", "")]).toEqual(["unavailable", "unreachable"]);
    expect(await rail.cancel("reference", attempt.biller)).toBe("unknown");
  });

  it.each([
    ["says nothing", resetting],
    ["is asked too often", answering(429, "{}")],
    ["answers with what cannot be read", answering(200, "<<< {")],
  ])("does not know what became of a checkout when the gateway refuses to end it and then %s", async (_, behavior) => {
    await using server = await loopback(...before, answering(400, "{}"), behavior);
    const rail = asking(make(meansFor(server.url)));
    expect(await rail.cancel("reference", attempt.biller)).toBe("unknown");
    expect(server.seen).toHaveLength(before.length + 2);
  });

  it("tells of a checkout that could not be ended in time", async () => {
    await using server = await loopback(...before, hanging);
    const rail = asking(make(meansFor(server.url, { cancelMs: 300 })));
    expect(await rail.cancel("reference", attempt.biller)).toBe("unknown");
  });
}
