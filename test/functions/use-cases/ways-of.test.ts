import { describe, expect, it } from "vitest";
import type { RailName, WayToPay } from "../../../functions/domain/rail.ts";
import type { Rail } from "../../../functions/ports.ts";
import { waysOf } from "../../../functions/use-cases/ways-of.ts";
import { facts } from "../adapters/rails/pay-facts.ts";

/** A rail that offers itself whatever the bill is in. */
function aRail(name: RailName, currencies?: readonly string[]): Rail {
  const least = { value: 100, currency: "INR" } as WayToPay["bounds"]["minimum"];
  return {
    name,
    kind: "composed",
    capabilities: { ...(currencies && { currencies }), amount: "flexible", reportsStatus: false, canBeCanceled: false },
    offer: () => ({ rail: name, bounds: { minimum: least }, fixed: false, formTargets: [] }),
    start: () => ({ outcome: "open", link: "https://example.com/" }),
  };
}

describe("the ways to pay a bill", () => {
  it("are those of the rails that take its currency, in their order", () => {
    const rails = [aRail("stripe"), aRail("pix", ["BRL"]), aRail("upi", ["INR"]), aRail("razorpay", ["SGD", "INR"])];
    expect(waysOf(rails, facts()).ways.map(({ rail }) => rail)).toEqual(["stripe", "upi", "razorpay"]);
    const inReais = facts({ bill: { amountDue: { value: 12_990, currency: "BRL" } } });
    expect(waysOf(rails, inReais).ways.map(({ rail }) => rail)).toEqual(["stripe", "pix"]);
  });
});
