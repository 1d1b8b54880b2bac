import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pixRail } from "../../../functions/adapters/rails/pix.ts";
import { RailSettings } from "../../../functions/domain/rail-settings.ts";
import { facts } from "../adapters/rails/pay-facts.ts";

const pixOf = (key: string) => ({ pix: { key, merchantName: "Luz Exemplo", merchantCity: "São Paulo" } });
const bill = { amountDue: { value: 12_990, currency: "BRL" }, title: "Conta de luz" };

describe("a Pix key", () => {
  it.each([
    "pagamentos@example.org",
    "39580525000189",
    "39580525001",
    "+5511987654321",
    "123e4567-e12b-12d1-a456-426655440000",
    `${"a".repeat(64)}@example.org`,
  ])("may be %s", (key) => {
    expect(RailSettings.safeParse(pixOf(key)).success).toBe(true);
  });

  it.each([
    "joão@example.org",
    "joao@exämple.org",
    "joao@example.org\u200b",
    "joao@example@org",
    "joao @example.org",
    `${"a".repeat(66)}@example.org`,
    "11987654321x",
    "",
  ])("must not be %j", (key) => {
    expect(RailSettings.safeParse(pixOf(key)).success).toBe(false);
  });

  it("that is taken can always be offered", () => {
    const anyText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 64 });
    const ascii = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 60 });
    const key = fc.oneof(fc.tuple(anyText, anyText), fc.tuple(ascii, ascii)).map((parts) => parts.join("@"));
    fc.assert(
      fc.property(key, (each) => {
        const settings = RailSettings.safeParse(pixOf(each));
        if (!settings.success) return;
        expect(pixRail.offer(facts({ bill, rails: pixOf(each) }))?.payee?.address).toBe(each);
      }),
    );
  });
});
