import type { Rails } from "../ports.ts";
import type { RailMeans } from "./gateway-means.ts";
import { clickPayRail } from "./rails/click-pay.ts";
import { externalRail } from "./rails/external.ts";
import { payNowRail } from "./rails/pay-now.ts";
import { pixRail } from "./rails/pix.ts";
import { pixPspRail } from "./rails/pix-psp.ts";
import { razorpayRail } from "./rails/razorpay.ts";
import { stripeRail } from "./rails/stripe.ts";
import { upiRail } from "./rails/upi.ts";

/** Every rail, in the order in which pages offer them; without `means` they only offer, and no checkout can be made. */
export const rails = (means?: RailMeans): Rails => [
  upiRail,
  pixRail,
  pixPspRail(means),
  payNowRail,
  clickPayRail,
  razorpayRail(means),
  stripeRail(means),
  externalRail,
];
