import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { jsonOf } from "../webhook-body.ts";
import { razorpayPayments } from "./payments.ts";
import { verifyRazorpay } from "./verify.ts";

/** The events that tell of money; the state of their payment says what, in whatever order they come. */
const ofMoney: ReadonlySet<string> = new Set([
  "payment_link.paid",
  "payment_link.partially_paid",
  "payment.authorized",
  "payment.captured",
  "payment.failed",
  "payment.pending",
  "order.paid",
  "refund.processed",
]);

const Held = z.optional(z.object({ entity: z.unknown() }));
const Event = z.object({
  event: z.string(),
  payload: z.optional(z.object({ payment: Held, order: Held, payment_link: Held, refund: Held })),
});
type Event = z.output<typeof Event>;

const id = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_[A-Za-z0-9]{1,40}$`)));
const OfPayment = z.object({ payment_id: id("pay") });
const Link = z.object({ id: id("plink") });
const Order = z.object({ id: id("order") });

/** Reads Razorpay's webhooks, signed by `X-Razorpay-Signature`. An event without its payment is asked about. */
export function razorpayWebhookReader(ports: { readonly secrets: Pick<WebhookSecrets, "razorpay"> }) {
  return async ({ biller, body, headers }: WebhookCall): Promise<WebhookReading> => {
    const secrets = await ports.secrets.razorpay(biller);
    const verdict = verifyRazorpay(body, headers["x-razorpay-signature"], secrets);
    if (verdict !== "genuine") return { outcome: "refused", reason: verdict };
    const event = Event.safeParse(jsonOf(body)).data;
    return event ? read(biller, event) : malformed("body", "must be an event of Razorpay");
  };
}

function read(biller: BillerId, { event, payload = {} }: Event): WebhookReading {
  if (!ofMoney.has(event)) return { outcome: "genuine", deliveries: [], payments: [], skipped: 1 };
  const { payment, order, payment_link: link, refund } = payload;
  if (payment === undefined) return lookUp(biller, payload);
  const entities = { payment: payment.entity, order: order?.entity, paymentLink: link?.entity, refund: refund?.entity };
  const payments = razorpayPayments(biller, entities);
  if (payments === undefined) return malformed("payload.payment.entity", "must be a payment of Razorpay");
  return { outcome: "genuine", deliveries: [], payments, skipped: payments.length === 0 ? 1 : 0 };
}

function lookUp(biller: BillerId, { order, payment_link: link, refund }: NonNullable<Event["payload"]>) {
  const reference =
    OfPayment.safeParse(refund?.entity).data?.payment_id ??
    Link.safeParse(link?.entity).data?.id ??
    Order.safeParse(order?.entity).data?.id;
  if (reference === undefined) return malformed("payload.payment", "is required");
  const lookUps = [{ biller, gateway: "razorpay", reference } as const];
  return { outcome: "genuine", deliveries: [], payments: [], lookUps, skipped: 0 } as const;
}

const malformed = (path: string, message: string) => ({ outcome: "malformed", fields: [{ path, message }] }) as const;
