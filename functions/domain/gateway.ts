import * as z from "zod/mini";

/** The gateways that can be asked what was paid. `pix` is the biller's bank by its Pix API. */
export const GatewayName = z.enum(["razorpay", "stripe", "mercado-pago", "pix"]);
export type GatewayName = z.output<typeof GatewayName>;

export const gatewayNames = GatewayName.options;
