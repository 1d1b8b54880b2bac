import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { type CountedDay, countOpens, type LinkOpen } from "../../../functions/domain/open.ts";
import { aBill } from "../../support/builders.ts";

const { code, biller, billId } = aBill();
const date = "2026-11-20" as LocalDate;
const open = (id: string, changes: Partial<LinkOpen> = {}): LinkOpen => ({
  biller,
  billId,
  code,
  date,
  by: "human",
  at: 1_000,
  id,
  ...changes,
});

describe("counting opens of one day", () => {
  it("counts people and machines apart, and people by the mark they came with", () => {
    const opens = [
      open("1", { at: 30, mark: "s7Q" }),
      open("2", { at: 20, by: "bot" }),
      open("3", { at: 40 }),
      open("4", { at: 35, mark: "s7Q" }),
    ];
    expect(countOpens(undefined, opens)).toMatchObject({
      date,
      first: 20,
      last: 40,
      humans: 3,
      bots: 1,
      marks: { s7Q: 2 },
    });
  });

  it("counts a line once however often and in whatever groups it is told", () => {
    const lines = Array.from({ length: 20 }, (_, n) => open(`line-${n}`, { at: n, by: n % 3 ? "human" : "bot" }));
    const { counted: _, ...once } = countOpens(undefined, lines) as CountedDay;
    fc.assert(
      fc.property(fc.array(fc.subarray(lines), { maxLength: 6 }), (groups) => {
        let day: CountedDay | undefined;
        for (const group of [...groups, lines]) day = countOpens(day, group) ?? day;
        const { counted, ...told } = day as CountedDay;
        expect(told).toEqual(once);
        expect(counted).toHaveLength(20);
      }),
    );
  });

  it("has nothing to write where everything was counted before", () => {
    const day = countOpens(undefined, [open("1")]);
    expect(countOpens(day, [open("1")])).toBeUndefined();
    expect(countOpens(undefined, [])).toBeUndefined();
  });

  it("remembers the sixty lines counted last, and every line of a larger group", () => {
    const many = Array.from({ length: 200 }, (_, n) => open(`line-${n}`));
    const day = countOpens(undefined, many) as CountedDay;
    expect(countOpens(day, many)).toBeUndefined();
    const after = countOpens(day, [open("one more")]) as CountedDay;
    expect(after.counted).toHaveLength(60);
    expect(countOpens(after, many.slice(-59))).toBeUndefined();
    expect(countOpens(after, [open("one more")])).toBeUndefined();
  });
});
