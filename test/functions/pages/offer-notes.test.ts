import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import type { Money } from "../../../functions/domain/money.ts";
import type { PossibleOffer } from "../../../functions/domain/offer-view.ts";
import { formatFor } from "../../../functions/pages/format.ts";
import { awardText, offerNotes } from "../../../functions/pages/offer-notes.ts";
import { textsFor } from "../../../functions/pages/texts/texts-for.ts";

const rupees = (value: number): Money => ({ value, currency: "INR" }) as Money;
const worded = (language: string) => {
  const texts = textsFor(language);
  return { texts, format: formatFor(texts.language, "INR") };
};
const offer: PossibleOffer = { title: "First <three>", kind: "cashback", value: rupees(3_500) };
const noteOf = (language: string, shown: PossibleOffer): string => {
  return offerNotes({ ...worded(language), view: { offers: [shown] } }).join("");
};
const languages = ["en", "bn", "hi", "ta", "pt", "es"];

describe("what a page says of offers", () => {
  it("is a possibility and no promise, with what it takes, and the title as the biller wrote it", () => {
    const note = noteOf("en", { ...offer, rails: ["upi", "card"], until: "2027-01-31" as LocalDate });
    expect(note).toContain("You may get ₹35.00 back. Pay with UPI, card. Offer until 31 January 2027.");
    expect(note).not.toContain("Pay by");
    expect(note).toContain("First &lt;three&gt;");
  });

  it("is a coupon with what it is worth, where it is worth something by itself", () => {
    expect(noteOf("en", { ...offer, kind: "coupon" })).toContain("You may get a coupon worth ₹35.00.");
    expect(noteOf("en", { title: "A coupon", kind: "coupon" })).toContain("You may get a coupon.");
  });

  it.each(languages)("names the amount in %s, with no word missing", (language) => {
    for (const kind of ["cashback", "coupon"] as const) {
      const note = noteOf(language, { ...offer, kind, rails: ["upi"], until: "2027-01-31" as LocalDate });
      for (const part of ["35", "UPI", "2027"]) expect(note).toContain(part);
      expect(note).not.toContain("undefined");
    }
  });

  it("is nothing where there is none", () => {
    expect(offerNotes({ ...worded("en"), view: {} })).toEqual([]);
  });
});

describe("what a receipt says of an award", () => {
  it("is what comes back, or the coupon with its code", () => {
    const page = worded("en");
    expect(awardText(page, { title: "t", kind: "cashback", value: rupees(3_500) })).toBe("You get ₹35.00 back");
    const coupon = { title: "t", kind: "coupon" } as const;
    expect(awardText(page, { ...coupon, value: rupees(5_000), code: "AB12" })).toBe("Coupon ₹50.00: AB12");
    expect(awardText(page, { ...coupon, code: "AB12" })).toBe("Coupon: AB12");
    expect(awardText(page, coupon)).toBe("Coupon");
  });
});
