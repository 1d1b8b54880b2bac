import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { externalRail } from "../../../../functions/adapters/rails/external.ts";
import { attempt, facts, paid } from "./pay-facts.ts";

const inr = (value: number) => ({ value, currency: "INR" });
const to = (url: string, label?: string) => ({ external: { url, ...(label && { label }) } });

describe("paying on a page of the biller's own", () => {
  it("is offered as its address, with what it asks for put in", () => {
    const url = "https://bills.example.com:8443/pay?bill={billId}&customer={customerId}&sum={amount}&cur={currency}";
    expect(externalRail.offer(facts({ rails: to(url, "Pay in our portal") }))).toMatchObject({
      rail: "external",
      fixed: true,
      label: "Pay in our portal",
      link: "https://bills.example.com:8443/pay?bill=EP-2026-11-10023&customer=10023&sum=1249.00&cur=INR",
      formTargets: ["https://bills.example.com:8443"],
    });
  });

  it("leaves braces that ask for nothing harmless", () => {
    const way = externalRail.offer(facts({ rails: to("https://example.com/{other}/{bil{billId}}/{") }));
    expect(way?.link).toBe("https://example.com/%7Bother%7D/%7BbilEP-2026-11-10023%7D/%7B");
  });

  it("lets the amount be chosen only where the address says one", () => {
    const bill = { exactness: "ANY" } as const;
    expect(externalRail.offer(facts({ bill, rails: to("https://example.com/?a={amount}") }))?.fixed).toBe(false);
    expect(externalRail.offer(facts({ bill, rails: to("https://example.com/") }))?.fixed).toBe(true);
  });

  it("is not offered where the biller has none, or nothing is owed", () => {
    expect(externalRail.offer(facts())).toBeUndefined();
    expect(externalRail.offer(facts({ bill: paid(124_900), rails: to("https://example.com/") }))).toBeUndefined();
  });

  it("starts with the amount that was chosen", () => {
    if (externalRail.kind !== "composed") throw new Error("the biller's page is only linked to");
    const rails = to("https://example.com/?a={amount}");
    expect(externalRail.start(attempt({ bill: { exactness: "ANY" }, rails }, inr(50_000)))).toEqual({
      outcome: "open",
      link: "https://example.com/?a=500.00",
    });
  });

  it("stays on the biller's host, whatever the bill and its customer are called", () => {
    const id = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
    const customer = fc.string({ unit: "binary", minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(id, customer, (billId, name) => {
        const { bill, biller, now } = facts({
          bill: { billId },
          rails: to("https://example.com/{customerId}/{billId}"),
        });
        const named = { ...bill, customer: { ...bill.customer, id: name as typeof bill.customer.id } };
        const link = externalRail.offer({ bill: named, biller, now })?.link ?? "";
        expect(link).toMatch(/^https:\/\/example\.com\/[A-Za-z0-9%._~-]+\/[A-Za-z0-9._-]+$/);
        expect(new URL(link).origin).toBe("https://example.com");
      }),
    );
  });
});
