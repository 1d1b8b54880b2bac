import { describe, expect, it } from "vitest";
import { boundOf } from "../../bench/bundle-bounds.ts";
import { page } from "../../bench/page.ts";
import { requests } from "../../bench/requests.ts";
import { type HandlerName, needs } from "../../functions/config.ts";

const options = { quick: true, tighten: false };

describe("the bounds of the benchmarks", () => {
  it("hold for the page in every state: one round trip, one request, no script", async () => {
    const { tables, breaches } = await page.run(options);
    expect(tables[0]?.rows.length).toBeGreaterThan(20);
    expect(breaches).toEqual([]);
  });

  it("hold for the AWS requests of a notification on each channel", async () => {
    const { tables, breaches } = await requests.run(options);
    expect(tables[0]?.rows.map(([channel]) => channel)).toEqual(["whatsapp", "email", "sms"]);
    expect(breaches).toEqual([]);
  });

  it("name a ceiling for the bytes of every Lambda", () => {
    const without = (Object.keys(needs) as HandlerName[]).filter((name) => boundOf(name).ceiling === undefined);
    expect(without).toEqual([]);
  });
});
