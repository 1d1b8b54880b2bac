import { beforeEach, describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Pace, PaceRequest, Slot } from "../../../functions/ports.ts";
import type { ControlledClock } from "../memory-clock.ts";

/** A table of lines, the clock all senders go by, and senders that know nothing of one another. */
export type PaceBench = { readonly clock: ControlledClock; sender(): Pace };

const big = "example-power" as BillerId;
const small = "city-water" as BillerId;

const aRequest = (overrides: Partial<PaceRequest> = {}): PaceRequest => ({
  line: "whatsapp#100000000000001",
  perSecond: 10,
  units: 1,
  biller: big,
  ...overrides,
});

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const atOf = (slot: Slot): number => (slot.outcome === "open-circuit" ? slot.until : slot.at);
const outcomes = (slots: readonly Slot[]): string[] => [...new Set(slots.map(({ outcome }) => outcome))].toSorted();

/** What every store of rates promises; each test starts with an empty table. */
export function paceContract(make: () => Promise<PaceBench>): void {
  let bench: PaceBench;
  beforeEach(async () => {
    bench = await make();
  });

  slotContract(() => bench);
  backlogContract(() => bench);
  slowDownContract(() => bench);
}

function slotContract(bench: () => PaceBench): void {
  describe("slots", () => {
    it("stand a little farther apart than the rate asks for", async () => {
      const pace = bench().sender();
      const slots = await Promise.all(times(4, () => pace.reserve(aRequest())));
      expect(slots.map((slot) => atOf(slot) - bench().clock.now())).toEqual([240, 342, 444, 546]);
    });

    it("take as long as a message has parts", async () => {
      const pace = bench().sender();
      const slots = await Promise.all([3, 1, 1].map((units) => pace.reserve(aRequest({ units }))));
      expect(slots.map((slot) => atOf(slot) - bench().clock.now())).toEqual([240, 546, 648]);
    });

    it("of many senders at once are all different", async () => {
      const senders = times(5, () => bench().sender());
      const slots = await Promise.all(senders.flatMap((pace) => times(4, () => pace.reserve(aRequest()))));
      const ats = slots.map(atOf).toSorted((a, b) => a - b);
      expect(outcomes(slots)).toEqual(["slot"]);
      expect(ats.slice(1).every((at, i) => at - (ats[i] ?? 0) >= 102)).toBe(true);
      expect((ats.at(-1) ?? 0) - (ats[0] ?? 0)).toBe(19 * 102);
    });

    it("are not saved up while a line stands still", async () => {
      const pace = bench().sender();
      await pace.reserve(aRequest());
      bench().clock.advance(minuteMs);
      const slots = await Promise.all(times(2, () => pace.reserve(aRequest())));
      expect(slots.map((slot) => atOf(slot) - bench().clock.now())).toEqual([240, 342]);
    });

    it("of one line are nothing to another", async () => {
      const pace = bench().sender();
      await pace.reserve(aRequest({ units: 50 }));
      const slot = await pace.reserve(aRequest({ line: "ses" }));
      expect(atOf(slot) - bench().clock.now()).toBe(240);
    });

    it("that were given stand, for any sender, until they have passed", async () => {
      const { at } = (await bench().sender().reserve(aRequest())) as { at: number };
      const pace = bench().sender();
      expect(await pace.reserve(aRequest({ slot: at }))).toEqual({ outcome: "slot", at });
      bench().clock.set(at);
      expect(atOf(await pace.reserve(aRequest({ slot: at })))).toBeGreaterThan(at);
    });
  });
}

/** Fills a line of one a second with so many of the big biller's. */
const fill = (pace: Pace, units: number): Promise<Slot> => pace.reserve(aRequest({ perSecond: 1, units }));

function backlogContract(bench: () => PaceBench): void {
  const request = (overrides: Partial<PaceRequest> = {}) => aRequest({ perSecond: 1, ...overrides });

  describe("a full line", () => {
    it("tells a biller with much waiting to come back, in whole minutes and in the order of asking", async () => {
      const pace = bench().sender();
      await fill(pace, 200);
      await fill(pace, 70);
      const slots = await Promise.all(times(180, () => bench().sender().reserve(request())));
      const now = bench().clock.now();
      expect(outcomes(slots)).toEqual(["later"]);
      const minutes = slots.map((slot) => (atOf(slot) - now) / minuteMs);
      expect(minutes.every((minute) => minute > 0 && Number.isInteger(minute))).toBe(true);
      expect(Math.max(...minutes)).toBeGreaterThanOrEqual(5);
    });

    it("gives what is little a slot behind the rest", async () => {
      await fill(bench().sender(), 200);
      await fill(bench().sender(), 70);
      const slot = await bench()
        .sender()
        .reserve(request({ biller: small }));
      expect(slot.outcome).toBe("slot");
      expect(atOf(slot) - bench().clock.now()).toBeGreaterThan(200_000);
    });

    it("gives what is urgent a slot, whatever else its biller has waiting", async () => {
      const pace = bench().sender();
      await fill(pace, 200);
      await fill(pace, 70);
      expect((await pace.reserve(request())).outcome).toBe("later");
      expect((await pace.reserve(request({ urgent: true }))).outcome).toBe("slot");
    });

    it("has slots again when its time has come", async () => {
      const pace = bench().sender();
      await fill(pace, 200);
      await fill(pace, 70);
      expect((await pace.reserve(request())).outcome).toBe("later");
      bench().clock.advance(2 * minuteMs);
      expect((await pace.reserve(request())).outcome).toBe("slot");
    });
  });
}

function slowDownContract(bench: () => PaceBench): void {
  describe("a provider that says slow down", () => {
    it("is left alone for a second, and then gets half as much", async () => {
      const pace = bench().sender();
      await pace.reserve(aRequest());
      await pace.report(aRequest().line, "throttled");
      const slots = await Promise.all(times(3, () => bench().sender().reserve(aRequest())));
      const [first = 0, second = 0, third = 0] = slots.map(atOf).toSorted((a, b) => a - b);
      expect(first - bench().clock.now()).toBeGreaterThanOrEqual(1_000);
      expect([second - first, third - second]).toEqual([204, 204]);
    });

    it("is heard once, however many of a batch tell it", async () => {
      const pace = bench().sender();
      await Promise.all(times(10, () => pace.report(aRequest().line, "throttled")));
      await bench().sender().report(aRequest().line, "throttled");
      const slots = await Promise.all(times(2, () => pace.reserve(aRequest())));
      expect(atOf(slots[1] as Slot) - atOf(slots[0] as Slot)).toBe(204);
    });

    it("gets a sixteenth at least, and a step more for each half minute without a complaint", async () => {
      const { clock } = bench();
      const pace = bench().sender();
      const gap = async () => {
        const slots = await Promise.all(times(2, () => pace.reserve(aRequest())));
        return atOf(slots[1] as Slot) - atOf(slots[0] as Slot);
      };
      for (let i = 0; i < 6; i++) {
        await pace.report(aRequest().line, "throttled");
        clock.advance(1_000);
      }
      expect(await gap()).toBe(16 * 102);
      const gaps: number[] = [];
      for (let i = 0; i < 5; i++) {
        clock.advance(30_000);
        gaps.push(await gap());
      }
      expect(gaps).toEqual([8 * 102, 4 * 102, 2 * 102, 102, 102]);
    });

    it("is not given every slot of before the complaint", async () => {
      const pace = bench().sender();
      const given = await Promise.all(times(40, () => pace.reserve(aRequest())));
      await pace.report(aRequest().line, "throttled");
      const kept: boolean[] = [];
      for (const at of given.map(atOf)) {
        kept.push(
          atOf(
            await bench()
              .sender()
              .reserve(aRequest({ slot: at })),
          ) === at,
        );
      }
      expect(kept.filter(Boolean)).toHaveLength(20);
    });
  });
}
