import { describe, expect, it } from "vitest";
import { upiRail } from "../../../../functions/adapters/rails/upi.ts";
import { attempt, facts, paid } from "./pay-facts.ts";

const inr = (value: number) => ({ value, currency: "INR" });
const parametersOf = (link: string | undefined) => new URLSearchParams(link?.split("?")[1]);

describe("paying by UPI", () => {
  it("is offered with the exact amount, as a link and as a code, to the biller's own address", () => {
    const way = upiRail.offer(facts());
    expect(way).toMatchObject({
      rail: "upi",
      fixed: true,
      payee: { name: "Example Power", address: "examplepower@icici" },
      formTargets: ["upi:"],
      link: expect.stringMatching(/^upi:\/\/pay\?pa=examplepower@icici&.*&am=1249\.00&cu=INR&mode=04$/),
      code: expect.stringMatching(/^upi:\/\/pay\?pa=examplepower@icici&.*&am=1249\.00&cu=INR&mode=01$/),
    });
    expect(parametersOf(way?.link).has("mam")).toBe(false);
  });

  it("lets the app hold the least amount of a bill that may be paid in parts", () => {
    const way = upiRail.offer(facts({ bill: { exactness: "EXACT_DOWN", minimum: inr(10_000) } }));
    expect(way?.fixed).toBe(false);
    expect(parametersOf(way?.link).get("mam")).toBe("100.00");
    expect(parametersOf(way?.code).get("mam")).toBe("100.00");
  });

  it("asks for the rest of a part-paid bill", () => {
    expect(parametersOf(upiRail.offer(facts({ bill: paid(50_000) }))?.code).get("am")).toBe("749.00");
  });

  it.each([
    ["the biller takes none", { rails: {} }],
    ["the bill is not in rupees", { bill: { amountDue: { value: 8_540, currency: "SGD" } } }],
    ["the bill is paid", { bill: paid(124_900) }],
    ["the bill is canceled", { bill: { canceled: { at: 1 } } }],
  ])("is not offered where %s", (_case, differing) => {
    expect(upiRail.offer(facts(differing))).toBeUndefined();
  });

  it("starts with the amount that was chosen and no other, opened or scanned", () => {
    const flexible = { bill: { exactness: "ANY" } } as const;
    if (upiRail.kind !== "composed") throw new Error("UPI asks nobody");
    const opened = upiRail.start(attempt(flexible, inr(50_000)));
    expect(opened).toMatchObject({ outcome: "open", link: expect.stringContaining("&am=500.00&cu=INR&mode=04") });
    const shown = upiRail.start(attempt(flexible, inr(50_000), "code"));
    expect(shown).toMatchObject({ outcome: "show-code", code: expect.stringContaining("&am=500.00&cu=INR&mode=01") });
    for (const text of Object.values({ ...opened, ...shown })) expect(text).not.toContain("mam=");
  });
});
