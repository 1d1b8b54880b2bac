import { describe, expect, it } from "vitest";
import { payNowRail } from "../../../../functions/adapters/rails/pay-now.ts";
import { fieldOf, isSealed } from "../../domain/emv-reading.ts";
import { attempt, facts, paid } from "./pay-facts.ts";

const sgd = (value: number) => ({ value, currency: "SGD" });
const rails = { payNow: { uen: "201812345A", payeeName: "Example Power Pte Ltd" } };
const bill = { amountDue: sgd(8_540), zone: "Asia/Singapore" };

describe("paying by PayNow", () => {
  it("is offered as a code of the exact amount, for a month", () => {
    const given = facts({ bill, rails });
    const way = payNowRail.offer(given);
    expect(way).toMatchObject({
      rail: "pay-now",
      fixed: true,
      payee: { name: "Example Power Pte Ltd", address: "201812345A" },
    });
    const code = way?.code ?? "";
    expect(isSealed(code)).toBe(true);
    expect(fieldOf(code, "54")).toBe("85.40");
    expect(fieldOf(code, "26", "03")).toBe("0");
    expect(fieldOf(code, "26", "04")).toBe("20261221");
    expect(fieldOf(code, "62", "01")?.slice(0, 13)).toBe(given.bill.code);
    expect(way).not.toHaveProperty("link");
    expect(way).not.toHaveProperty("canCopy");
  });

  it.each([
    ["ends with the bill", { expiresOn: "2026-12-05" }, "20261205"],
    ["ends after a month where the bill ends later", { expiresOn: "2027-05-30" }, "20261221"],
  ])("%s", (_case, ends, day) => {
    const way = payNowRail.offer(facts({ bill: { ...bill, ...ends }, rails }));
    expect(fieldOf(way?.code ?? "", "26", "04")).toBe(day);
  });

  it("counts its days where the biller is", () => {
    const now = Date.parse("2026-11-21T16:30:00Z");
    const way = payNowRail.offer(facts({ bill, rails, now }));
    expect(fieldOf(way?.code ?? "", "26", "04")).toBe("20261222");
  });

  it("lets the payer's bank change the amount only where the bill has no bounds", () => {
    const free = payNowRail.offer(facts({ bill: { ...bill, exactness: "ANY" }, rails }));
    expect(fieldOf(free?.code ?? "", "26", "03")).toBe("1");
    for (const bounded of [
      { exactness: "EXACT_DOWN" },
      { exactness: "EXACT_UP" },
      { exactness: "ANY", minimum: sgd(1_000) },
    ] as const) {
      expect(payNowRail.offer(facts({ bill: { ...bill, ...bounded }, rails }))).not.toHaveProperty("code");
    }
  });

  it("pays a mobile number where the biller has no UEN", () => {
    const way = payNowRail.offer(facts({ bill, rails: { payNow: { mobile: "+6581234567", payeeName: "Example" } } }));
    expect(fieldOf(way?.code ?? "", "26", "01")).toBe("0");
    expect(way?.payee?.address).toBe("+6581234567");
  });

  it.each([
    ["the biller takes none", { bill, rails: {} }],
    ["the bill is not in Singapore dollars", { rails }],
    ["the bill is paid", { bill: { ...bill, ...paid(8_540) }, rails }],
  ])("is not offered where %s", (_case, differing) => {
    expect(payNowRail.offer(facts(differing))).toBeUndefined();
  });

  it("starts with a code of the amount that was chosen, not to be changed", () => {
    if (payNowRail.kind !== "composed") throw new Error("PayNow asks nobody");
    const started = payNowRail.start(attempt({ bill: { ...bill, exactness: "ANY" }, rails }, sgd(5_000)));
    if (started.outcome !== "show-code") throw new Error("there is a code");
    expect(fieldOf(started.code, "54")).toBe("50.00");
    expect(fieldOf(started.code, "26", "03")).toBe("0");
  });
});
