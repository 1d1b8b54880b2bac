import { type CurrencyCode, exponentOf, type Money } from "../domain/money.ts";

/**
 * How Stripe counts the currencies that it does not count in hundredths: how many decimal places its amounts have, and what they must be a
 * multiple of (docs.stripe.com/currencies, "Zero-decimal", "Three-decimal" and "Special cases"). The króna and the Ugandan shilling have no
 * smaller unit any more, but are still written in hundredths.
 */
const counted: Readonly<Record<string, { readonly places: number; readonly step?: number }>> = {
  BIF: { places: 0 },
  CLP: { places: 0 },
  DJF: { places: 0 },
  GNF: { places: 0 },
  JPY: { places: 0 },
  KMF: { places: 0 },
  KRW: { places: 0 },
  MGA: { places: 0 },
  PYG: { places: 0 },
  RWF: { places: 0 },
  VND: { places: 0 },
  VUV: { places: 0 },
  XAF: { places: 0 },
  XOF: { places: 0 },
  XPF: { places: 0 },
  ISK: { places: 2, step: 100 },
  UGX: { places: 2, step: 100 },
  BHD: { places: 3, step: 10 },
  JOD: { places: 3, step: 10 },
  KWD: { places: 3, step: 10 },
  OMR: { places: 3, step: 10 },
  TND: { places: 3, step: 10 },
};

/** No more than eight digits, but for currencies of small units, which have more; Stripe tells those itself. */
const largest = 999_999_999_999;

/** The amount as Stripe counts it; undefined where Stripe cannot charge it to the last unit. */
export function stripeAmount({ value, currency }: Money): number | undefined {
  const ours = exponentOf(currency);
  const { places, step = 1 } = counted[currency] ?? { places: 2 };
  if (ours > 2 && !counted[currency]) return undefined;
  const amount = (value * 10 ** places) / 10 ** ours;
  return Number.isInteger(amount) && amount % step === 0 && amount <= largest ? amount : undefined;
}

/** An amount as Stripe counts it, in our minor units; undefined where it is no whole number of them, or no currency of Stripe's. */
export function fromStripeAmount(amount: number, currency: CurrencyCode): Money | undefined {
  const ours = exponentOf(currency);
  const { places } = counted[currency] ?? { places: 2 };
  if (ours > 2 && !counted[currency]) return undefined;
  const value = (amount * 10 ** ours) / 10 ** places;
  return Number.isSafeInteger(value) ? { value, currency } : undefined;
}
