import { ComplianceRule } from "./compliance.ts";

/** A rule of a country, for the bills of these categories of all its billers. */
export type CountryRule = ComplianceRule & {
  /** ISO 3166. */
  readonly country: string;
  /** Where the rule is written. */
  readonly source: string;
};

const rule = (country: string, source: string, rest: Parameters<typeof ComplianceRule.parse>[0]): CountryRule => ({
  ...ComplianceRule.parse(rest),
  country,
  source,
});

/**
 * What the law asks of every biller of a country: only what is certain; anything else is a biller's own `rules`. A rule that speaks of
 * calls, or of bills that are overdue, is kept for every reminder of its categories. Times are the customer's, the end not included.
 */
export const complianceRules: readonly CountryRule[] = [
  rule(
    "IN",
    "Reserve Bank of India, RBI/2022-23/108, 12 August 2022: borrowers are not contacted for recovery before 8 a.m. or after 7 p.m.",
    { categories: ["loan", "loan-repayment", "loan-recovery"], window: { start: "08:00", end: "19:00" } },
  ),
  rule(
    "IN",
    "Reserve Bank of India, Regulatory Framework for Microfinance Loans, 14 March 2022: nor before 9 a.m. or after 6 p.m.",
    { categories: ["microfinance", "microfinance-loan"], window: { start: "09:00", end: "18:00" } },
  ),
  rule(
    "US",
    "Regulation F, 12 CFR 1006.6(b)(1): a debt collector's messages before 8 a.m. or after 9 p.m. are at an inconvenient time",
    { categories: ["debt-collection"], window: { start: "08:00", end: "21:00" } },
  ),
];
