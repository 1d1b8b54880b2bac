import { describe, expect, it } from "vitest";
import { clickPayRail } from "../../../../functions/adapters/rails/click-pay.ts";
import { attempt, facts, paid } from "./pay-facts.ts";

const clickPayUrl = "https://bbps.io/pay/Ab12Cd34";
const detail = { clickPayUrl };

describe("paying by the bill's own ClickPay link", () => {
  it("is offered as that link, where nothing is to be chosen on our page", () => {
    for (const exactness of ["EXACT", "EXACT_DOWN", "ANY"] as const) {
      expect(clickPayRail.offer(facts({ bill: { exactness }, detail }))).toMatchObject({
        rail: "click-pay",
        fixed: true,
        link: clickPayUrl,
        formTargets: ["https://bbps.io"],
      });
    }
  });

  it.each([
    ["the bill has none", {}],
    ["the bill is not in rupees", { detail, bill: { amountDue: { value: 1, currency: "SGD" } } }],
    ["the bill is paid", { detail, bill: paid(124_900) }],
  ])("is not offered where %s", (_case, differing) => {
    expect(clickPayRail.offer(facts(differing))).toBeUndefined();
  });

  it("starts with that link", () => {
    if (clickPayRail.kind !== "composed") throw new Error("ClickPay asks nobody");
    const started = clickPayRail.start(attempt({ detail }, { value: 124_900, currency: "INR" }));
    expect(started).toEqual({ outcome: "open", link: clickPayUrl });
  });
});
