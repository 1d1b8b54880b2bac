import type { GatewayLedgers } from "../money-ports.ts";
import type { LedgerMeans } from "./gateway-means.ts";
import { mercadoPagoLedger } from "./mercado-pago/ledger.ts";
import { pixLedger } from "./pix/ledger.ts";
import { razorpayLedger } from "./razorpay/ledger.ts";
import { stripeLedger } from "./stripe/ledger.ts";

/** The books of every gateway that can be asked. */
export const ledgers = (means: LedgerMeans): GatewayLedgers => ({
  razorpay: razorpayLedger(means),
  stripe: stripeLedger(means),
  "mercado-pago": mercadoPagoLedger(means),
  pix: pixLedger(means),
});
