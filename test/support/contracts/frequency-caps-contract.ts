import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caps } from "../../../functions/domain/compliance.ts";
import type { BillerId, CustomerId } from "../../../functions/domain/ids.ts";
import { addDays, type LocalDate, mondayOf } from "../../../functions/domain/local-time.ts";
import type { FrequencyCaps } from "../../../functions/ports.ts";
import { aBiller, aCustomer } from "../builders.ts";

const biller = aBiller().id;
const customer = aCustomer().id;
const monday = "2026-11-16" as LocalDate;
const sunday = "2026-11-22" as LocalDate;

type Take = Partial<Parameters<FrequencyCaps["take"]>[0]>;
const ask = (reminder: string, limits: Caps, rest: Take = {}) => ({
  biller,
  customer,
  day: monday,
  reminder,
  limits,
  ...rest,
});

/** Promises about the caps on reminders. */
export function frequencyCapsContract(open: () => Promise<FrequencyCaps>): void {
  it("lets as many reminders of a day through as the cap says, and then no more", async () => {
    const caps = await open();
    const answers = ["a", "b", "c"].map((reminder) => caps.take(ask(reminder, { perDay: 2 })));
    expect((await Promise.all(answers)).toSorted()).toEqual(["day-full", "taken", "taken"]);
    expect(await caps.take(ask("d", { perDay: 2 }))).toBe("day-full");
    expect(await caps.take(ask("d", { perDay: 2 }, { day: addDays(monday, 1) }))).toBe("taken");
  });

  it("counts the days of a week together, from Monday to Sunday", async () => {
    const caps = await open();
    const limits = { perDay: 1, perWeek: 2 };
    expect(await caps.take(ask("a", limits))).toBe("taken");
    expect(await caps.take(ask("b", limits))).toBe("day-full");
    expect(await caps.take(ask("b", limits, { day: addDays(monday, 3) }))).toBe("taken");
    expect(await caps.take(ask("c", limits, { day: sunday }))).toBe("week-full");
    expect(await caps.take(ask("c", limits, { day: addDays(sunday, 1) }))).toBe("taken");
  });

  it("says that the week is full where the day is, too", async () => {
    const caps = await open();
    const limits = { perDay: 1, perWeek: 1 };
    await caps.take(ask("a", limits));
    expect(await caps.take(ask("b", limits))).toBe("week-full");
  });

  it("counts a reminder once, however often it is told", async () => {
    const caps = await open();
    const limits = { perDay: 2, perWeek: 2 };
    for (let n = 0; n < 3; n++) expect(await caps.take(ask("a", limits))).toBe("taken");
    expect(await caps.take(ask("b", limits))).toBe("taken");
    expect(await caps.take(ask("a", limits))).toBe("taken");
    expect(await caps.take(ask("c", limits))).toBe("week-full");
  });

  it("counts a reminder on each day that it goes out on, and once in the week", async () => {
    const caps = await open();
    const tuesday = { day: addDays(monday, 1) };
    const limits = { perDay: 1, perWeek: 2 };
    await caps.take(ask("a", limits));
    expect(await caps.take(ask("a", limits, tuesday))).toBe("taken");
    expect(await caps.take(ask("b", limits, tuesday))).toBe("day-full");
    expect(await caps.take(ask("b", limits, { day: sunday }))).toBe("taken");
  });

  it("counts what goes out where nothing is limited, for the day that something is", async () => {
    const caps = await open();
    expect(await caps.take(ask("a", {}))).toBe("taken");
    expect(await caps.take(ask("b", { perWeek: 1 }))).toBe("week-full");
    expect(await caps.take(ask("b", { perDay: 1 }))).toBe("day-full");
  });

  it("counts each customer of each biller alone", async () => {
    const caps = await open();
    const limits = { perDay: 1 };
    await caps.take(ask("a", limits));
    expect(await caps.take(ask("b", limits, { customer: "10024" as CustomerId }))).toBe("taken");
    expect(await caps.take(ask("b", limits, { biller: "other-power" as BillerId }))).toBe("taken");
  });

  describe("for many takers at once", () => {
    it("never lets more than the caps through, and never refuses while there is room", async () => {
      const one = fc.record({
        reminder: fc.constantFrom("a", "b", "c", "d", "e", "f"),
        days: fc.integer({ min: 0, max: 9 }),
      });
      const limits = fc.record({ perDay: fc.integer({ min: 1, max: 3 }), perWeek: fc.integer({ min: 1, max: 5 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 16 }), limits, async (asked, limits) => {
          const caps = await open();
          const takes = asked.map(async ({ reminder, days }) => {
            const day = addDays(monday, days);
            return { reminder, day, answer: await caps.take(ask(reminder, limits, { day })) };
          });
          const answers = await Promise.all(takes);
          const passed = answers.filter(({ answer }) => answer === "taken");
          const within = (at: (day: LocalDate) => LocalDate, of: LocalDate): ReadonlySet<string> =>
            new Set(passed.filter(({ day }) => at(day) === at(of)).map(({ reminder }) => reminder));
          for (const { day, answer } of answers) {
            const [today, week] = [within((it) => it, day).size, within(mondayOf, day).size];
            expect(today).toBeLessThanOrEqual(limits.perDay);
            expect(week).toBeLessThanOrEqual(limits.perWeek);
            if (answer === "day-full") expect(today).toBe(limits.perDay);
            if (answer === "week-full") expect(week).toBe(limits.perWeek);
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}
