import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BillerSettings } from "../../../functions/domain/biller.ts";
import { ComplianceRule } from "../../../functions/domain/compliance.ts";
import { complianceRules } from "../../../functions/domain/compliance-rules.ts";
import { sendTermsOf } from "../../../functions/domain/compliance-terms.ts";
import { type LocalDate, type LocalTime, momentOf, type TimeZone } from "../../../functions/domain/local-time.ts";
import { isWindowOpen, moveIntoWindow } from "../../../functions/domain/send-window.ts";
import { aBiller } from "../../support/builders.ts";
import { refusals } from "./refusals.ts";

type Settings = NonNullable<Parameters<typeof aBiller>[0]>;
const lender = (settings: Settings = {}) => aBiller({ window: { start: "09:00", end: "20:00" }, ...settings });
const terms = (settings: Settings, category?: string) => sendTermsOf(lender(settings), category);

describe("the terms on which a bill's customer is reminded", () => {
  it("are the biller's own where no rule names the category", () => {
    const caps = { perDay: 2 };
    const rules = [{ categories: ["water"], caps: { perDay: 1 } }];
    expect(terms({ caps, rules }, "electricity")).toEqual({ window: { start: "09:00", end: "20:00" }, caps });
    expect(terms({ caps, rules })).toEqual({ window: { start: "09:00", end: "20:00" }, caps });
    expect(sendTermsOf({ country: "IN" }, "electricity")).toEqual({});
  });

  it("end with the evening of the law: a loan in India is not reminded of after seven", () => {
    expect(terms({}, "loan").window).toEqual({ start: "09:00", end: "19:00" });
    expect(terms({ window: { start: "07:00", end: "21:00" } }, "loan").window).toEqual({
      start: "08:00",
      end: "19:00",
    });
    expect(sendTermsOf({ country: "IN" }, "loan").window).toEqual({ start: "08:00", end: "19:00" });
  });

  it("know no law of another country, or for another category", () => {
    expect(terms({ country: "SG" }, "loan").window?.end).toBe("20:00");
    expect(terms({}, "electricity").window?.end).toBe("20:00");
  });

  it("are what all rules of the category allow together: the hours and days in common, every holiday, the smaller caps", () => {
    const rules = [
      {
        categories: ["water", "gas"],
        window: { start: "10:00", end: "22:00", days: ["mon" as const, "sat" as const], holidays: ["2026-12-25"] },
        caps: { perDay: 3, perWeek: 4 },
      },
      { categories: ["gas"], window: { start: "08:00", end: "18:00" }, consent: "explicit" as const },
    ];
    const window = { start: "09:00", end: "20:00", days: ["sat" as const, "sun" as const], holidays: ["2026-11-08"] };
    expect(terms({ window, caps: { perDay: 2 }, rules }, "gas")).toEqual({
      window: { start: "10:00", end: "18:00", days: ["sat"], holidays: ["2026-11-08", "2026-12-25"] },
      caps: { perDay: 2, perWeek: 4 },
      consent: "explicit",
    });
    expect(terms({ window, rules }, "water").consent).toBeUndefined();
  });

  it("are worked out once for each biller and category that a rule names", () => {
    const biller = lender({ rules: [{ categories: ["gas"], caps: { perDay: 1 } }] });
    expect(sendTermsOf(biller, "gas")).toBe(sendTermsOf(biller, "gas"));
    expect(sendTermsOf(biller, "a")).toBe(sendTermsOf(biller, "b"));
    expect(sendTermsOf(biller, "a")).toBe(sendTermsOf(biller, undefined));
    expect(sendTermsOf(lender(), "gas")).not.toBe(sendTermsOf(lender(), "gas"));
  });

  it("keep to the law where the biller's own window leaves nothing of it, and say so", () => {
    const evening = terms({ window: { start: "19:30", end: "21:00" } }, "loan");
    expect(evening).toEqual({
      window: { start: "08:00", end: "19:00" },
      clash: { path: ["window"], message: "has too little in common with 08:00-19:00" },
    });
  });

  it("never allow a moment that the biller's window, one of its rules or the law forbids", () => {
    const hour = fc.integer({ min: 0, max: 21 });
    const window = fc.tuple(hour, fc.integer({ min: 1, max: 12 }), fc.boolean()).map(([from, length, isWorkday]) => ({
      start: `${String(from).padStart(2, "0")}:00`,
      end: `${String(Math.min(23, from + length)).padStart(2, "0")}:30`,
      ...(isWorkday && { days: ["mon" as const, "wed" as const, "fri" as const] }),
    }));
    const zone = fc.constantFrom(...(["Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"] as TimeZone[]));
    const at = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    const law = { start: "08:00", end: "19:00" };
    fc.assert(
      fc.property(window, fc.array(window, { maxLength: 3 }), zone, at, (own, others, zone, at) => {
        const rules = others.map((window) => ({ categories: ["loan"], window }));
        const settings = { ...lender(), window: own, rules };
        const parsed = BillerSettings.safeParse(
          Object.fromEntries(Object.entries(settings).filter(([k]) => k !== "id")),
        );
        if (!parsed.success) return;
        const moved = moveIntoWindow(at, sendTermsOf(parsed.data, "loan").window, zone);
        if (sendTermsOf(parsed.data, "loan").clash) return;
        expect(moved).toBeGreaterThanOrEqual(at);
        for (const each of [own, law, ...others]) {
          expect(isWindowOpen(moved, each as Parameters<typeof isWindowOpen>[1], zone)).toBe(true);
        }
      }),
    );
  });
});

describe("settings that leave no time to remind", () => {
  const { id: _id, ...settings } = lender();
  const refused = (changes: object): readonly string[] => refusals(BillerSettings, { ...settings, ...changes });
  const gas = (window: object) => ({ categories: ["gas"], window });

  it.each([
    [
      "hours that do not meet",
      gas({ start: "20:00", end: "22:00" }),
      "rules.0.window: has too little in common with 09:00-20:00",
    ],
    [
      "fewer than fifteen minutes",
      gas({ start: "19:46", end: "22:00" }),
      "rules.0.window: has too little in common with 09:00-20:00",
    ],
  ])("are refused for a rule with %s", (_case, rule, refusal) => {
    expect(refused({ rules: [rule] })).toEqual([refusal]);
  });

  it("are refused for a rule of other days", () => {
    const rule = gas({ start: "10:00", end: "12:00", days: ["sun"] });
    const window = { start: "09:00", end: "20:00", days: ["mon", "tue"] };
    expect(refused({ window, rules: [rule] })).toEqual([
      "rules.0.window: has too little in common with 09:00-20:00 mon tue",
    ]);
  });

  it("are refused for two rules of one category that do not meet, naming the second", () => {
    const rules = [gas({ start: "10:00", end: "12:00" }), gas({ start: "13:00", end: "15:00" })];
    expect(refused({ rules })).toEqual(["rules.1.window: has too little in common with 10:00-12:00"]);
    expect(refused({ rules: [rules[0], { ...rules[1], categories: ["water"] }] })).toEqual([]);
  });

  it("are refused where the biller's rules name a category whose law its window does not meet", () => {
    const window = { start: "19:30", end: "21:00" };
    const rules = [{ categories: ["loan", "loan-repayment"], caps: { perDay: 1 } }];
    expect(refused({ window, rules })).toEqual(["window: has too little in common with 08:00-19:00"]);
    expect(refused({ window })).toEqual([]);
  });

  it("are taken with exactly fifteen minutes left", () => {
    expect(refused({ rules: [gas({ start: "19:45", end: "22:00" })] })).toEqual([]);
  });
});

describe("the countries' rules", () => {
  it.each(complianceRules)("$country $categories has a source, and hours that hold a working window", (law) => {
    const { country, source, ...rule } = law;
    expect(country).toMatch(/^[A-Z]{2}$/);
    expect(source.length).toBeGreaterThan(20);
    expect(ComplianceRule.parse(rule)).toEqual(rule);
  });

  it("leave time for every category they name", () => {
    for (const { country, categories } of complianceRules) {
      for (const category of categories) expect(sendTermsOf({ country }, category).clash).toBeUndefined();
    }
  });

  it("are the customer's own hours: an Indian lender's customer in Dubai is reminded by the clock of Dubai", () => {
    const { window } = sendTermsOf({ country: "IN" }, "loan");
    const dubai = "Asia/Dubai" as TimeZone;
    const evening = momentOf("2026-11-15" as LocalDate, "19:00" as LocalTime, dubai);
    expect(isWindowOpen(evening - 60_000, window, dubai)).toBe(true);
    expect(moveIntoWindow(evening, window, dubai)).toBe(
      momentOf("2026-11-16" as LocalDate, "08:00" as LocalTime, dubai),
    );
  });
});
