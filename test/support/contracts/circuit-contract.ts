import { beforeEach, describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Pace, PaceRequest } from "../../../functions/ports.ts";
import type { PaceBench } from "./pace-contract.ts";

const request: PaceRequest = { line: "ses", perSecond: 14, units: 1, biller: "example-power" as BillerId };
const halfMinute = 30_000;

const fail = async (pace: Pace, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) await pace.report("ses", "down");
};

/** What every store of rates promises of a provider that is down; each test starts with an empty table. */
export function circuitContract(make: () => Promise<PaceBench>): void {
  let bench: PaceBench;
  beforeEach(async () => {
    bench = await make();
  });
  const ask = (pace: Pace = bench.sender()) => pace.reserve(request);
  const open = () => fail(bench.sender(), 5);

  describe("a provider that failed five times in a row", () => {
    it("is called by nobody for half a minute", async () => {
      await open();
      expect(await ask()).toEqual({ outcome: "open-circuit", until: bench.clock.now() + halfMinute });
      expect(await bench.sender().reserve({ ...request, line: "sns" })).toMatchObject({ outcome: "slot" });
    });

    it("does not get the calls either whose slots were given before", async () => {
      const slot = await ask();
      await open();
      expect(slot.outcome).toBe("slot");
      const kept = { ...request, slot: bench.clock.now() + 5_000 };
      expect(await bench.sender().reserve(kept)).toMatchObject({ outcome: "open-circuit" });
    });

    it("is called by a sender that saw another's probe under way, within seconds of its success", async () => {
      await open();
      bench.clock.advance(halfMinute);
      const [prober, onlooker] = [bench.sender(), bench.sender()];
      expect(await ask(prober)).toMatchObject({ outcome: "slot", probe: true });
      expect(await ask(onlooker)).toMatchObject({ outcome: "open-circuit" });
      await prober.report("ses", "up");
      bench.clock.advance(2_000);
      expect(await ask(onlooker)).toMatchObject({ outcome: "slot" });
    });

    it("is tried by one sender, with one message, once the time is over", async () => {
      await open();
      bench.clock.advance(halfMinute);
      const senders = [bench.sender(), bench.sender()];
      const slots = await Promise.all(senders.flatMap((pace) => [ask(pace), ask(pace), ask(pace)]));
      const probes = slots.filter(({ outcome }) => outcome === "slot");
      expect(probes).toEqual([{ outcome: "slot", at: bench.clock.now(), probe: true }]);
      expect(slots.filter(({ outcome }) => outcome === "open-circuit")).toHaveLength(5);
    });

    it("is called as before when the probe gets through", async () => {
      await open();
      bench.clock.advance(halfMinute);
      const prober = bench.sender();
      await ask(prober);
      await prober.report("ses", "up");
      expect(await ask()).toMatchObject({ outcome: "slot" });
      expect(await ask()).not.toHaveProperty("probe");
      await fail(bench.sender(), 4);
      expect(await ask()).toMatchObject({ outcome: "slot" });
    });

    it("is back, and slower, when the probe is told to slow down", async () => {
      await open();
      bench.clock.advance(halfMinute);
      const prober = bench.sender();
      await ask(prober);
      await prober.report("ses", "throttled");
      const pace = bench.sender();
      const [first, second] = await Promise.all([ask(pace), ask(pace)]);
      expect(first?.outcome === "slot" && second?.outcome === "slot" && second.at - first.at > 140).toBe(true);
    });

    it("is left alone twice as long after each probe that fails, a quarter of an hour at most", async () => {
      await open();
      bench.clock.advance(halfMinute);
      const waits: number[] = [];
      for (let i = 0; i < 6; i++) {
        const prober = bench.sender();
        expect(await ask(prober)).toMatchObject({ probe: true });
        await prober.report("ses", "down");
        const slot = await ask();
        if (slot.outcome !== "open-circuit") throw new Error("the circuit is closed");
        waits.push((slot.until - bench.clock.now()) / minuteMs);
        bench.clock.set(slot.until);
      }
      expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    });

    it("is tried by another when a prober was never heard of again", async () => {
      await open();
      bench.clock.advance(halfMinute);
      expect(await ask()).toMatchObject({ probe: true });
      expect(await ask()).toEqual({ outcome: "open-circuit", until: bench.clock.now() + minuteMs });
      bench.clock.advance(minuteMs);
      expect(await ask()).toMatchObject({ probe: true });
    });

    it("is not taken to be back because a call of before ended well", async () => {
      const early = bench.sender();
      await ask(early);
      await open();
      await early.report("ses", "up");
      expect(await ask()).toMatchObject({ outcome: "open-circuit" });
    });
  });

  describe("a provider that failed now and then", () => {
    it("is called on", async () => {
      await fail(bench.sender(), 4);
      expect(await ask()).toMatchObject({ outcome: "slot" });
    });

    it("is forgiven by an answer in between", async () => {
      const pace = bench.sender();
      await fail(pace, 4);
      await pace.report("ses", "up");
      await fail(bench.sender(), 4);
      expect(await ask()).toMatchObject({ outcome: "slot" });
    });

    it("is forgiven what is a minute old", async () => {
      for (let i = 0; i < 8; i++) {
        await fail(bench.sender(), 1);
        bench.clock.advance(minuteMs + 1);
      }
      expect(await ask()).toMatchObject({ outcome: "slot" });
    });
  });
}
