/** The version of Stripe's API that requests and answers are written in, whatever the account's own is. */
export const stripeApiVersion = "2026-10-28.endive";
