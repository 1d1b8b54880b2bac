/** What Stripe finds wrong with a session's parameters. */
export interface OrderFault {
  readonly message: string;
  readonly param: string;
  readonly code?: string;
}

const required = [
  "mode",
  "line_items[0][quantity]",
  "line_items[0][price_data][currency]",
  "line_items[0][price_data][unit_amount]",
  "line_items[0][price_data][product_data][name]",
  "expires_at",
  "success_url",
];

/** In hundredths, without a smaller unit. */
const wholeOnly = /^(isk|ugx)$/;
const inThousandths = /^(bhd|jod|kwd|omr|tnd)$/;
const mostName = 250;

/** The checks of Stripe that a bill's session can fail; `now` in seconds since 1970. */
export function orderFault(order: URLSearchParams, now: number): OrderFault | undefined {
  const missing = required.find((name) => (order.get(name) ?? "") === "");
  if (missing) return { param: missing, code: "parameter_missing", message: `Missing required param: ${missing}.` };
  const price = "line_items[0][price_data]";
  const currency = order.get(`${price}[currency]`) ?? "";
  const amount = Number(order.get(`${price}[unit_amount]`));
  const param = `${price}[unit_amount]`;
  if (!/^[a-z]{3}$/.test(currency)) return { param: `${price}[currency]`, message: `Invalid currency: ${currency}.` };
  if (!Number.isSafeInteger(amount) || amount < 1) return { param, message: "Invalid integer" };
  if (wholeOnly.test(currency) && amount % 100 !== 0)
    return { param, code: "invalid_charge_amount_no_decimal_compatible", message: "Invalid amount." };
  if (inThousandths.test(currency) && amount % 10 !== 0)
    return { param, message: "Invalid amount. The last digit must be 0." };
  if ((order.get(`${price}[product_data][name]`) ?? "").length > mostName)
    return { param: `${price}[product_data][name]`, message: "Invalid string: must be at most 250 characters" };
  const ahead = Number(order.get("expires_at")) - now;
  if (!(ahead >= 30 * 60 && ahead <= 24 * 3_600)) {
    const message =
      "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.";
    return { param: "expires_at", message };
  }
  return undefined;
}
