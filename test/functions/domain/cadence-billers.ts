import fc from "fast-check";
import { aBiller } from "../../support/builders.ts";

/** Zones whose clocks change in every way there is. */
export const zone = fc.constantFrom(
  "Asia/Kolkata",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/Havana",
  "America/Santiago",
  "Europe/London",
  "UTC",
);
const time = fc.constantFrom("00:00", "01:30", "02:15", "09:00", "10:00", "11:45", "19:59", "23:30");

const hop = fc.record(
  {
    wait: fc.constantFrom("PT1M", "PT30M", "PT4H", "P2D", "P10D"),
    success: fc.constantFrom("accepted" as const, "delivered" as const, "read" as const),
  },
  { requiredKeys: [] },
);
const hops = fc
  .tuple(
    fc.shuffledSubarray(["sms", "email", "whatsapp"] as const, { minLength: 1 }),
    fc.array(hop, { minLength: 3, maxLength: 3 }),
  )
  .map(([channels, list]) => channels.map((channel, n) => ({ channel, ...list[n] })));

const step = fc.record({
  relativeTo: fc.constantFrom("issuedOn" as const, "dueDate" as const, "dueDate" as const),
  days: fc.integer({ min: -8, max: 8 }),
  at: time,
  own: fc.option(hops, { nil: undefined, freq: 3 }),
});
const cadence = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 2 }))
  .map(([steps, first]) =>
    steps.map(({ own, ...rest }, n) => ({ step: `s${first + n}`, ...rest, ...(own && { hops: own }) })),
  );

const window = fc.record({
  hours: fc.constantFrom(["09:00", "20:00"], ["10:00", "10:20"], ["00:00", "23:59"], ["01:00", "03:00"]),
  days: fc.uniqueArray(
    fc.constantFrom("mon" as const, "wed" as const, "fri" as const, "sat" as const, "sun" as const),
    { minLength: 2 },
  ),
  isEveryDay: fc.boolean(),
  holiday: fc.constantFrom("2026-03-09", "2026-04-06", "2026-10-05", "2026-11-02"),
});

/** Rules that leave something of each of the windows above. */
const rule = fc.record(
  {
    categories: fc.subarray(["electricity", "loan", "water"], { minLength: 1 }),
    window: fc.record({
      start: fc.constantFrom("00:00", "01:30", "10:05"),
      end: fc.constantFrom("10:20", "19:30", "23:59"),
      holidays: fc.subarray(["2026-03-10", "2026-10-06"]),
    }),
    consent: fc.constant("explicit" as const),
  },
  { requiredKeys: ["categories"] },
);

/** Billers with any cadence, hops, window and rules. */
export const biller = fc
  .tuple(cadence, hops, fc.option(window, { freq: 4 }), zone, fc.array(rule, { maxLength: 2 }))
  .map(([cadence, hops, window, timeZone, rules]) => {
    const [start = "", end = ""] = window?.hours ?? [];
    const days = window && !window.isEveryDay ? { days: window.days } : {};
    const fitting = start === "01:00" ? [] : rules;
    const { window: _window, ...open } = aBiller({ cadence, hops, timeZone, rules });
    return window
      ? aBiller({
          cadence,
          hops,
          timeZone,
          rules: fitting,
          window: { start, end, ...days, holidays: [window.holiday] },
        })
      : open;
  });
