import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { Channel } from "../../../functions/domain/ids.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import { claimAt, decided, email, outcome, standing } from "./reminder-words.ts";

const issued = (overrides: Parameters<typeof standing>[2] = {}): Bill =>
  standing("issued 0 whatsapp 2026-11-15 10:00", {}, overrides);

describe("a reminder whose category asks for consent", () => {
  const settings = aBiller({ rules: [{ categories: ["electricity"], consent: "explicit" }] });
  const consenting = (...consents: Channel[]) => ({ customer: aCustomer({ consents }) });

  it("is sent by a channel that the customer has consented to", () => {
    expect(outcome(decided(issued(consenting("whatsapp")), "2026-11-15 10:01", [], settings))[0]).toBe(
      "send issued by whatsapp",
    );
  });

  it("is not sent by another: the next hop is tried", () => {
    expect(outcome(decided(issued(consenting("sms")), "2026-11-15 10:01", [], settings))).toEqual([
      "issued 0 whatsapp not sent: consent-missing",
      "then issued 1 sms 2026-11-15 10:01",
    ]);
  });

  it("is not sent at all where there is none, and the step ends", () => {
    const bill = standing("issued 2 email 2026-11-15 10:00", {}, { customer: aCustomer({ addresses: { email } }) });
    expect(outcome(decided(bill, "2026-11-15 10:01", [], settings))).toEqual([
      "issued 2 email not sent: consent-missing",
      "then due-soon 2 email 2026-11-27 10:00",
    ]);
  });

  it("needs none where no rule of its category asks for it", () => {
    expect(outcome(decided(issued({ category: "gas" }), "2026-11-15 10:01", [], settings))[0]).toBe(
      "send issued by whatsapp",
    );
  });
});

describe("a fallback under a rule", () => {
  it("goes by the narrower window of its category", () => {
    const bill = standing(
      "issued 1 sms 2026-11-15 18:59",
      { claim: claimAt("issued 0 whatsapp 2026-11-15 18:29") },
      { category: "loan" },
    );
    expect(outcome(decided(bill, "2026-11-15 19:05"))).toEqual(["wait for issued 1 sms 2026-11-16 09:00"]);
    expect(outcome(decided(issued({ category: "loan" }), "2026-11-15 19:05"))).toEqual([
      "wait for issued 0 whatsapp 2026-11-16 09:00",
    ]);
  });
});
