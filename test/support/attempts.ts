import type { Biller } from "../../functions/domain/biller.ts";
import type { CurrencyCode } from "../../functions/domain/money.ts";
import type { Checkout, FormerCheckout, PaymentAttempt } from "../../functions/domain/payment-attempt.ts";
import type { RailAttempt } from "../../functions/domain/rail.ts";
import { aBill, aBiller } from "./builders.ts";
import { issueMorning } from "./memory-clock.ts";

/** A biller that is paid by every rail that asks a gateway. */
export const aGatewayBiller = (overrides: Parameters<typeof aBiller>[0] = {}): Biller =>
  aBiller({ rails: { razorpay: {}, stripe: {} }, ...overrides });

/** An electricity company in São Paulo whose bank offers the Pix API. */
export const aPixBiller = (): Biller =>
  aBiller({
    name: "Luz Exemplo",
    country: "BR",
    rails: {
      pix: {
        key: "39580525000189",
        merchantName: "Luz Exemplo SA",
        merchantCity: "São Paulo",
        psp: {
          url: "https://pix.bank.example.com/sandbox/gateways/pix/v2",
          tokenUrl: "https://pix.bank.example.com/sandbox/gateways/pix/oauth/token",
        },
      },
    },
  });

/** A payer who wants to pay the whole of `aBill()` at a gateway, on the morning of its issue. */
export const aRailAttempt = (overrides: Partial<RailAttempt> = {}): RailAttempt => ({
  bill: aBill(),
  biller: aGatewayBiller(),
  now: issueMorning,
  amount: { value: 124_900, currency: "INR" as CurrencyCode },
  mode: "open",
  returnUrl: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
  ...overrides,
});

/** What Razorpay made. */
export const aCheckout = (overrides: Partial<Checkout> = {}): Checkout => ({
  providerReference: "plink_Qf0000000000001",
  started: { outcome: "open", link: "https://rzp.io/rzp/AbCdEf1" },
  expiresAt: issueMorning + 20 * 60_000,
  ...overrides,
});

/** The same, as what an attempt for another amount replaces. */
export const aFormerCheckout = (overrides: Partial<FormerCheckout> = {}): FormerCheckout => ({
  providerReference: "plink_Qf0000000000001",
  expiresAt: issueMorning + 20 * 60_000,
  amount: { value: 50_000, currency: "INR" as CurrencyCode },
  startedAt: issueMorning - 1,
  ...overrides,
});

/** The first attempt to pay the whole of `aBill()` at Razorpay, not answered yet. */
export const anAttempt = (overrides: Partial<PaymentAttempt> = {}): PaymentAttempt => ({
  code: aBill().code,
  rail: "razorpay",
  n: 1,
  amount: { value: 124_900, currency: "INR" as CurrencyCode },
  startedAt: issueMorning,
  version: 1,
  ...overrides,
});
