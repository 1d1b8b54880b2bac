import { describe, expect, it } from "vitest";
import { pixRail } from "../../../../functions/adapters/rails/pix.ts";
import { fieldOf, isSealed } from "../../domain/emv-reading.ts";
import { attempt, facts, paid } from "./pay-facts.ts";

const brl = (value: number) => ({ value, currency: "BRL" });
const rails = { pix: { key: "39580525000189", merchantName: "Luz Exemplo São Paulo S.A.", merchantCity: "São Paulo" } };
const psp = { url: "https://pix.example.com/v2", tokenUrl: "https://pix.example.com/oauth/token" };
const bill = { amountDue: brl(12_990), title: "Conta de luz, novembro 2026" };

describe("paying by a static Pix code", () => {
  it("is offered with the exact amount, to be scanned or copied, and leads back to the bill", () => {
    const given = facts({ bill, rails });
    const way = pixRail.offer(given);
    expect(way).toMatchObject({
      rail: "pix",
      fixed: true,
      canCopy: true,
      payee: { name: "Luz Exemplo São Paulo S.A.", address: "39580525000189" },
    });
    const code = way?.code ?? "";
    expect(isSealed(code)).toBe(true);
    expect(fieldOf(code, "26", "01")).toBe("39580525000189");
    expect(fieldOf(code, "26", "02")).toBe("Conta de luz, novembro 2026");
    expect(fieldOf(code, "54")).toBe("129.90");
    expect(fieldOf(code, "59")).toBe("Luz Exemplo Sao Paulo");
    expect(fieldOf(code, "60")).toBe("Sao Paulo");
    expect(fieldOf(code, "62", "05")).toMatch(new RegExp(`^${given.bill.code}[a-z0-9]{9}$`));
    expect(way).not.toHaveProperty("link");
  });

  it("leaves the amount to the payer only where the bill has no bounds", () => {
    const free = pixRail.offer(facts({ bill: { ...bill, exactness: "ANY" }, rails }));
    expect(free?.fixed).toBe(false);
    expect(fieldOf(free?.code ?? "", "54")).toBeUndefined();
    for (const bounded of [
      { exactness: "EXACT_DOWN" },
      { exactness: "EXACT_UP" },
      { exactness: "ANY", minimum: brl(1_000) },
    ] as const) {
      const way = pixRail.offer(facts({ bill: { ...bill, ...bounded }, rails }));
      expect(way?.fixed).toBe(false);
      expect(way).not.toHaveProperty("code");
    }
  });

  it("asks for the rest of a part-paid bill", () => {
    const way = pixRail.offer(facts({ bill: { ...bill, ...paid(10_000) }, rails }));
    expect(fieldOf(way?.code ?? "", "54")).toBe("29.90");
  });

  it.each([
    ["the biller takes none", { bill, rails: {} }],
    ["the biller's bank makes the codes", { bill, rails: { pix: { ...rails.pix, psp } } }],
    ["the bill is not in reais", { rails }],
    ["the bill is paid", { bill: { ...bill, ...paid(12_990) }, rails }],
    ["no code can say the amount", { bill: { ...bill, amountDue: brl(1_000_000_000_000) }, rails }],
  ])("is not offered where %s", (_case, differing) => {
    expect(pixRail.offer(facts(differing))).toBeUndefined();
  });

  it("starts with a code for the amount that was chosen", () => {
    if (pixRail.kind !== "composed") throw new Error("static Pix asks nobody");
    const started = pixRail.start(attempt({ bill: { ...bill, exactness: "ANY" }, rails }, brl(5_000)));
    if (started.outcome !== "show-code") throw new Error("there is a code");
    expect(started.canCopy).toBe(true);
    expect(fieldOf(started.code, "54")).toBe("50.00");
  });
});
