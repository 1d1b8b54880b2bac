import { describe, expect, it } from "vitest";
import { activity } from "../../local/activity.ts";
import { agenda } from "../../local/agenda.ts";
import { virtualClock } from "../../local/clock.ts";
import { clockRunner } from "../../local/clock-runner.ts";
import { durationMilliseconds, moveAsked } from "../../local/sandbox-clock.ts";
import { scheduler } from "../../local/scheduler.ts";

const start = Date.parse("2026-11-15T04:00:20Z");
const minute = 60_000;

describe("the virtual clock", () => {
  it("starts where it is told, runs on, and moves forward", () => {
    const clock = virtualClock(start);
    expect(clock.now()).toBeGreaterThanOrEqual(start);
    clock.set(start + minute);
    expect(clock.now()).toBeGreaterThanOrEqual(start + minute);
    clock.advance(minute);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 2 * minute);
    expect(clock.now()).toBeLessThan(start + 3 * minute);
  });

  it("tells of a move before it can be seen", () => {
    const told: number[] = [];
    let shown = (): number => start;
    const clock = virtualClock(start, (target) => told.push(Math.round((target - shown()) / minute)));
    shown = clock.now;
    clock.advance(5 * minute);
    expect(told).toEqual([0, 5]);
  });

  it("never moves back", () => {
    const clock = virtualClock(start);
    expect(() => clock.set(start - 1)).toThrow(RangeError);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
  });

  it("knows what it showed at a moment of the machine's clock", () => {
    const clock = virtualClock(start);
    const real = Date.now();
    expect(Math.abs(clock.fromReal(real) - start)).toBeLessThan(1000);
  });
});

describe("what the sandbox's clock understands", () => {
  it.each([
    ["P3D", 3 * 86_400_000],
    ["PT4H30M", 4.5 * 3_600_000],
    ["P1W", 7 * 86_400_000],
    ["P1DT1S", 86_401_000],
  ])("the duration %s", (text, milliseconds) => {
    expect(durationMilliseconds(text)).toBe(milliseconds);
  });

  it.each(["P", "PT", "3D", "P1M", "P-1D", "", "P1.5D"])("no duration %j", (text) => {
    expect(durationMilliseconds(text)).toBeNaN();
  });

  it.each<[unknown, string]>([
    [{ now: "yesterday" }, "now"],
    [{ now: "2026-11-15T04:00:00Z" }, "now"],
    [{ now: "2026-11-16" }, "now"],
    [{ advance: "P1M" }, "advance"],
    [{}, "now"],
    [{ now: "2026-11-16T00:00:00Z", advance: "P1D" }, "now"],
    [{ later: true }, "later"],
    [{ now: 5 }, "now"],
    [{ now: "2200-01-01T00:00:00Z" }, "now"],
    [{ now: "9999-12-31T23:59:59Z" }, "now"],
    [{ now: "2027-02-29T00:00:00Z" }, "now"],
    [{ now: "2026-11-31T00:00:00+05:30" }, "now"],
    [{ now: "2026-13-01T00:00:00Z" }, "now"],
    [{ now: "2026-11-16T24:00:00Z" }, "now"],
    [{ advance: "P64000D" }, "advance"],
    [{ advance: `P${"9".repeat(400)}W` }, "advance"],
  ])("refuses %j and names the field", (body, path) => {
    expect(() => moveAsked(body, start)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path })] }),
    );
  });

  it("takes a time with a zone and a duration", () => {
    expect(moveAsked({ now: "2026-11-15T09:31:00+05:30" }, start)(start + 5)).toBe(Date.parse("2026-11-15T04:01:00Z"));
    expect(moveAsked({ now: "2028-02-29T00:00:00Z" }, start)(start)).toBe(Date.parse("2028-02-29T00:00:00Z"));
    expect(moveAsked({ advance: "P1D" }, start)(start)).toBe(start + 86_400_000);
  });

  it("counts a duration from when the move's turn has come", () => {
    const target = moveAsked({ advance: "P1D" }, start);
    expect(target(start + 5000)).toBe(start + 5000 + 86_400_000);
    const late = Date.parse("2199-12-31T12:00:00Z");
    expect(() => target(late)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path: "advance" })] }),
    );
  });
});

describe("moving the clock", () => {
  const runnerAt = (
    dues: readonly string[],
    times: { everyMinutes: number; fromMinute?: number } = { everyMinutes: 1 },
  ) => {
    const clock = virtualClock(start);
    const counted = activity(() => undefined);
    const [stops, waiting, reports] = [[] as string[], agenda(counted), agenda(counted)];
    const schedule = { name: "s", arn: "arn:s", ...times, target: { arn: "t" }, roleArn: "r" };
    const deliver = () => {
      stops.push(new Date(clock.now()).toISOString().slice(0, 16));
    };
    const moments = dues.map((due) => Date.parse(due));
    const due = {
      firstFrom: async (from: number) => moments.filter((at) => at >= Math.floor(from / minute) * minute).sort()[0],
      leftBefore: async () => false,
    };
    const schedules = scheduler([schedule], new Map(), { now: clock.now(), deliver });
    return {
      clock,
      stops,
      waiting,
      reports,
      runner: clockRunner({ clock, activity: counted, scheduler: schedules, agenda: waiting, reports, due }),
    };
  };

  it("stops a minute after each due minute, and nowhere between", async () => {
    const { runner, stops } = runnerAt(["2026-11-16T04:30:00Z", "2026-12-01T10:00:00Z"]);
    await runner.moveTo(start + 60 * 86_400_000);
    expect(stops).toEqual(["2026-11-16T04:31", "2026-12-01T10:01", "2027-01-14T04:00"]);
  });

  it("stops each day at the time of a daily schedule, though nothing is due", async () => {
    const { runner, stops } = runnerAt([], { everyMinutes: 1440, fromMinute: 21 * 60 + 45 });
    await runner.moveTo(start + 3 * 86_400_000);
    expect(stops).toEqual(["2026-11-15T21:45", "2026-11-16T21:45", "2026-11-17T21:45"]);
  });

  it("stops where a retry, a message or a report waits, and does what they then ask for", async () => {
    const { runner, waiting, reports, clock } = runnerAt([]);
    const done: string[] = [];
    const note = (what: string) => async () => {
      done.push(`${what} ${new Date(clock.now()).toISOString().slice(0, 19)}`);
    };
    waiting.at(start + 10 * minute, async () => {
      await note("retry")();
      reports.at(start + 20 * minute, note("report"));
    });
    await runner.moveTo(start + 30 * minute);
    expect(done).toEqual(["retry 2026-11-15T04:10:20", "report 2026-11-15T04:20:20"]);
  });

  it("goes on by the seconds until no report is pending", async () => {
    const { runner, reports, clock } = runnerAt([]);
    let told = false;
    reports.at(start + minute + 3000, async () => {
      told = true;
    });
    await runner.moveTo(start + minute);
    expect(told).toBe(true);
    expect(clock.now()).toBeGreaterThanOrEqual(start + minute + 3000);
  });

  it("refuses to go back", async () => {
    const { runner } = runnerAt([]);
    await expect(runner.moveTo(start - minute)).rejects.toThrow(RangeError);
  });

  it("counts both of two moves that were asked for at once", async () => {
    const { runner, clock } = runnerAt([]);
    const anHour = (now: number): number => now + 60 * minute;
    await Promise.all([runner.moveTo(anHour), runner.moveTo(anHour)]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 120 * minute);
  });

  it("ends a move that is under way when the laptop ends, and goes no further", async () => {
    const { runner, stops } = runnerAt(["2026-11-16T04:30:00Z", "2026-12-01T10:00:00Z"]);
    const moving = runner.moveTo(start + 60 * 86_400_000);
    await runner.stop();
    await moving;
    expect(stops.length).toBeLessThan(3);
    await runner.moveTo(start + 90 * 86_400_000);
    runner.tick();
    expect(stops.length).toBeLessThan(3);
  });

  it("lets one move wait for the other", async () => {
    const { runner, clock, stops } = runnerAt([]);
    await Promise.all([runner.moveTo(start + 5 * minute), runner.moveTo(start + 10 * minute)]);
    expect(stops).toEqual(["2026-11-15T04:05", "2026-11-15T04:10"]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 10 * minute);
  });
});
